/** The DefaultIngressClass admission plugin (S3.15): the default class of an Ingress that names none. */
import { msg } from '../../../catalogue/message.ts';
import { nameKey, refKey } from '../../manifests/object-ref.ts';
import { isReadFromCluster } from '../evidence.ts';
import { type Ledger, recordFinding } from '../ledger.ts';
import type { Objects } from '../objects.ts';
import { wantedClass } from './claims.ts';

/** Only at creation: an Ingress read from a cluster has the class it has. With two defaults it is rejected (S4.4.13, U5). */
export function applyDefaultIngressClass(objects: Objects, ledger: Ledger): void {
  const defaults = [...objects.ingressClasses.values()].filter((candidate) => candidate.isDefault);
  const [first, second] = defaults;
  if (first === undefined) return;
  const names = defaults.map((candidate) => candidate.ref.name);
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
    if (second !== undefined) {
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
