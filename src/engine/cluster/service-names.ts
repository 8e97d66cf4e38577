/**
 * Names of Services that begin with a digit (S4.1.1). Kubernetes takes them since 1.36, where the relaxed validation
 * is on by default; before, an API server refuses the Service, and an Ingress that names it.
 * https://kubernetes.io/docs/concepts/services-networking/service/#defining-a-service
 */
import { msg } from '../../catalogue/message.ts';
import type { Ingress } from '../kinds/ingress/ingress-spec.ts';
import { isStored } from '../kinds/metadata.ts';
import { isDns1035Label } from '../kinds/names.ts';
import { nameKey } from '../manifests/object-ref.ts';
import type { FieldPath } from '../manifests/source.ts';
import type { Environment } from './environment.ts';
import { type Ledger, recordFinding } from './ledger.ts';
import type { Objects } from './objects.ts';

/** Minor release of Kubernetes 1 whose API server first takes them. */
const RELAXED_SINCE = 36;

/** Takes out what the API server of the environment's release refuses; says which names need a newer one. */
export function applyServiceNames(objects: Objects, environment: Environment, ledger: Ledger): void {
  const isOld = minorOf(environment.kubernetesVersion) < RELAXED_SINCE;
  for (const [key, service] of objects.services) {
    if (isDns1035Label(service.ref.name) || service.manifest === null || isStored(service.manifest)) continue;
    const path = ['metadata', 'name'];
    if (isOld) {
      const message = msg('rejection.name.dns1035-label', { path: 'metadata.name', value: service.ref.name });
      ledger.rejections.push({ object: service.ref, path, category: 'Invalid', message, rule: 'S4.1.1' });
      objects.services.delete(key);
    } else if (!environment.stated.includes('kubernetesVersion')) {
      recordFinding(
        ledger,
        'service-name-needs-release',
        'warning',
        { object: service, path },
        msg('cluster.service-name-release', { name: service.ref.name }),
        ['S4.1.1'],
      );
    }
  }
  if (!isOld) return;
  for (const ingress of objects.ingresses.values()) {
    if (ingress.manifest === null || isStored(ingress.manifest)) continue;
    const refused = serviceNames(ingress).filter(({ name }) => !isDns1035Label(name));
    for (const { name, path } of refused) {
      const message = msg('rejection.name.dns1035-label', { path: path.join('.'), value: name });
      ledger.rejections.push({ object: ingress.ref, path, category: 'Invalid', message, rule: 'S4.4.8' });
      objects.ingresses.delete(nameKey(ingress.ref.namespace, ingress.ref.name));
    }
  }
}

/** Of `1.33.2`: 33. Releases that cannot be read are taken for current ones. */
function minorOf(version: string): number {
  return Number(/^v?1\.(\d+)/.exec(version)?.[1] ?? RELAXED_SINCE);
}

function serviceNames(ingress: Ingress): readonly { readonly name: string; readonly path: FieldPath }[] {
  const backends = [
    { backend: ingress.defaultBackend, path: ['spec', 'defaultBackend'] },
    ...ingress.rules.flatMap(({ paths }, i) => paths.map(({ backend }, j) => ({ backend, path: ['spec', 'rules', i, 'http', 'paths', j, 'backend'] }))),
  ];
  return backends.flatMap(({ backend, path }) => (backend?.kind === 'service' ? [{ name: backend.name, path: [...path, 'service', 'name'] }] : []));
}
