/** The DefaultIngressClass admission plugin (S3.15): the default class of an Ingress that names none. */
import { msg } from '../../../catalogue/message.ts';
import { nameKey, refKey } from '../../manifests/object-ref.ts';
import { isReadFromCluster } from '../evidence.ts';
import type { Environment } from '../environment.ts';
import type { IngressClass } from '../../kinds/ingress-class/ingress-class-spec.ts';
import { type Ledger, recordFinding } from '../ledger.ts';
import type { Objects } from '../objects.ts';
import { chosen, DEFAULT_CLASSES, listed } from '../open-points.ts';
import { wantedClass } from './claims.ts';

/** As the API server of newer releases sorts them; undated ones as they stand in the texts, the last as the newest. */
function newestFirst(a: IngressClass, b: IngressClass): number {
  const [one, other] = [a.metadata.creationTimestamp, b.metadata.creationTimestamp];
  if (one === null || other === null) return b.order - a.order;
  return one === other ? (a.ref.name < b.ref.name ? -1 : 1) : one < other ? 1 : -1;
}

/** Only at creation: an Ingress read from a cluster has the class it has. With two defaults it is rejected (S4.4.13, U5). */
export function applyDefaultIngressClass(objects: Objects, environment: Environment, ledger: Ledger): void {
  const defaults = [...objects.ingressClasses.values()].filter((candidate) => candidate.isDefault).sort(newestFirst);
  const [first, second] = defaults;
  if (first === undefined) return;
  const names = defaults.map((candidate) => candidate.ref.name);
  const refuses = second !== undefined && chosen(environment, DEFAULT_CLASSES) === 'refused';
  if (second !== undefined) {
    const path = ['metadata', 'annotations', 'ingressclass.kubernetes.io/is-default-class'];
    recordFinding(
      ledger,
      'two-default-ingress-classes',
      'warning',
      { object: second, path },
      msg('cluster.two-default-classes', { classes: names }),
      ['S4.4.13', 'U5'],
      [{ object: first, path }],
    );
  }
  for (const ingress of objects.ingresses.values()) {
    if (wantedClass(ingress) !== null || isReadFromCluster(ingress)) continue;
    const key = nameKey(ingress.ref.namespace, ingress.ref.name);
    if (second !== undefined) for (const open of listed(environment, [DEFAULT_CLASSES])) ledger.assumptions.set(open.id, open);
    if (refuses) {
      ledger.rejections.push({
        object: ingress.ref,
        path: ['spec', 'ingressClassName'],
        category: 'Forbidden',
        message: msg('cluster.rejected.two-default-classes', { classes: names }),
        rule: 'S4.4.13',
      });
      objects.ingresses.delete(key);
      continue;
    }
    objects.ingresses.set(key, { ...ingress, ingressClassName: first.ref.name });
    const known = ledger.defaults.get(refKey(ingress.ref)) ?? {};
    ledger.defaults.set(refKey(ingress.ref), { ...known, 'spec.ingressClassName': { value: first.ref.name, rule: 'S3.15' } });
  }
}
