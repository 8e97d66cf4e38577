/** What is wrong between Ingresses and what they name: Services, ports, Secrets. */
import { msg, type Message } from '../../../catalogue/message.ts';
import type { Ingress, IngressBackend } from '../../kinds/ingress/ingress-spec.ts';
import type { Service } from '../../kinds/service/service-spec.ts';
import { nameKey } from '../../manifests/object-ref.ts';
import type { FieldPath } from '../../manifests/source.ts';
import type { Issuance } from '../cert-manager.ts';
import type { Cluster } from '../cluster.ts';
import { isAction } from '../ingress-balancers/alb-rules.ts';
import { type Ledger, recordFinding } from '../ledger.ts';
import { suggest } from '../../manifests/near-miss.ts';

/** `waiting`: certificates that cert-manager has not issued yet. */
export function reportIngresses(cluster: Cluster, waiting: readonly Issuance[], ledger: Ledger): void {
  const namesByNamespace = new Map<string, string[]>();
  for (const { ref } of cluster.services.values()) {
    const names = namesByNamespace.get(ref.namespace) ?? [];
    namesByNamespace.set(ref.namespace, names);
    names.push(ref.name);
  }
  const byNginx = new Set(cluster.controllers.flatMap(({ implementation, claims }) => (implementation === 'ingress-nginx' ? claims : [])));
  const byAlb = new Set(cluster.controllers.flatMap(({ implementation, claims }) => (implementation === 'aws-alb' ? claims : [])));
  const rejected = new Set(ledger.rejections.map(({ object }) => `${object.kind} ${nameKey(object.namespace, object.name)}`));
  for (const ingress of cluster.ingresses.values()) {
    const isAlb = byAlb.has(nameKey(ingress.ref.namespace, ingress.ref.name));
    for (const { backend, path } of backendsWithPaths(ingress)) {
      // It names an action of an annotation, not a Service.
      if (isAlb && isAction(backend)) continue;
      const key = nameKey(ingress.ref.namespace, backend.name);
      const service = cluster.services.get(key);
      if (service === undefined) {
        const at = { object: ingress, path: [...path, 'name'] };
        const message = whyMissing(key, backend.name, ingress, cluster, namesByNamespace.get(ingress.ref.namespace) ?? [], rejected.has(`Service ${key}`));
        recordFinding(ledger, 'backend-service-missing', 'error', at, message, [
          'S9.9',
          'S4.4.11',
          message.id === 'cluster.backend.elsewhere' ? 'F-06' : 'F-56',
        ]);
      } else if (!hasPort(service, backend)) {
        const at = { object: ingress, path: [...path, 'port', 'number' in backend.port ? 'number' : 'name'] };
        const takesTarget = byNginx.has(nameKey(ingress.ref.namespace, ingress.ref.name)) && isTargetPort(service, backend);
        recordFinding(
          ledger,
          'backend-port-missing',
          takesTarget ? 'warning' : 'error',
          at,
          takesTarget ? msg('cluster.backend-port.is-target.nginx', portArgs(key, backend)) : portMessage(key, service, backend),
          takesTarget ? ['S9.9', 'S10.10', 'F-57'] : ['S9.9', 'F-57'],
          [{ object: service, path: ['spec', 'ports'] }],
        );
      }
    }
    for (const [index, { secretName }] of ingress.tls.entries()) {
      // Its certificates come from ACM.
      if (secretName === null || isAlb) continue;
      const key = nameKey(ingress.ref.namespace, secretName);
      const secret = cluster.secrets.get(key);
      const at = { object: ingress, path: ['spec', 'tls', index, 'secretName'] };
      const issuance = secret?.usableForTls === true ? undefined : waiting.find((each) => each.secret === key);
      if (issuance !== undefined) {
        recordFinding(ledger, 'certificate-not-issued', 'warning', at, whyWaiting(issuance, cluster), ['S14.7', 'S10.15', 'F-66']);
      } else if (secret === undefined) {
        const elsewhere = [...cluster.secrets.values()].find(({ ref }) => ref.name === secretName);
        const message =
          elsewhere === undefined
            ? msg('cluster.secret-missing', { secret: key })
            : msg('cluster.secret-elsewhere', { secret: secretName, namespace: elsewhere.ref.namespace, wanted: ingress.ref.namespace });
        recordFinding(ledger, 'tls-secret-missing', 'warning', at, message, ['S9.8', 'S10.15', elsewhere === undefined ? 'F-65' : 'F-06']);
      } else if (!secret.usableForTls) {
        recordFinding(
          ledger,
          'tls-secret-unusable',
          'warning',
          at,
          msg('cluster.secret-unusable', { secret: key }),
          ['S9.8', 'F-65'],
          [{ object: secret, path: ['data'] }],
        );
      }
    }
  }
}

/** Why cert-manager has not issued a certificate, as far as the texts tell (S14.7). */
function whyWaiting({ secret, hosts, issuer, ready }: Issuance, { environment }: Cluster): Message {
  const wildcard = hosts.find((host) => host.startsWith('*.'));
  const issuerName = issuer.namespace === '' ? issuer.name : nameKey(issuer.namespace, issuer.name);
  if (issuer.solvers === null && environment.complete) return msg('cluster.issuer-missing', { secret, kind: issuer.kind, issuer: issuerName });
  if (wildcard !== undefined && issuer.solvers !== null && issuer.solvers.length > 0 && issuer.solvers.every(({ kind }) => kind !== 'dns01'))
    return msg('cluster.challenge-wildcard', { secret, host: wildcard, issuer: issuerName });
  if (ready !== null && ready.message !== '') return msg('cluster.certificate-waits-because', { secret, reason: ready.message });
  return msg('cluster.certificate-waits', { secret });
}

type ServiceBackend = Extract<IngressBackend, { kind: 'service' }>;

function backendsWithPaths(ingress: Ingress): readonly { readonly backend: ServiceBackend; readonly path: FieldPath }[] {
  const out: { backend: ServiceBackend; path: FieldPath }[] = [];
  const { defaultBackend } = ingress;
  if (defaultBackend?.kind === 'service') out.push({ backend: defaultBackend, path: ['spec', 'defaultBackend', 'service'] });
  for (const [i, rule] of ingress.rules.entries()) {
    for (const [j, { backend }] of rule.paths.entries()) {
      if (backend.kind === 'service') out.push({ backend, path: ['spec', 'rules', i, 'http', 'paths', j, 'backend', 'service'] });
    }
  }
  return out;
}

function whyMissing(key: string, name: string, ingress: Ingress, cluster: Cluster, names: readonly string[], wasRejected: boolean): Message {
  if (wasRejected) return msg('cluster.backend.rejected', { service: key });
  const near = suggest(name, names);
  if (near !== null) return msg('cluster.backend.near', { service: key, near });
  const elsewhere = [...cluster.services.values()].find(({ ref }) => ref.name === name && ref.namespace !== ingress.ref.namespace);
  return elsewhere === undefined
    ? msg('cluster.backend.missing', { service: key })
    : msg('cluster.backend.elsewhere', { name, namespace: elsewhere.ref.namespace, wanted: ingress.ref.namespace });
}

function hasPort(service: Service, { port }: ServiceBackend): boolean {
  // An ExternalName Service needs no ports: nothing translates them.
  if (service.type === 'ExternalName' && service.ports.length === 0) return true;
  return service.ports.some((own) => ('number' in port ? own.port === port.number : own.name === port.name));
}

/** S10.10: ingress-nginx takes a target port, by number or by name, for the port. */
function isTargetPort(service: Service, backend: ServiceBackend): boolean {
  const { wanted } = portArgs('', backend);
  return service.ports.some((own) => own.protocol === 'TCP' && (String(own.targetPort) === wanted || own.name === wanted || String(own.port) === wanted));
}

function portArgs(service: string, { port }: ServiceBackend): { readonly service: string; readonly wanted: string } {
  return { service, wanted: 'number' in port ? String(port.number) : port.name };
}

function portMessage(key: string, service: Service, { port }: ServiceBackend): Message {
  const wanted = 'number' in port ? String(port.number) : port.name;
  const byTarget = service.ports.find((own) => String(own.targetPort) === wanted);
  if (byTarget !== undefined) return msg('cluster.backend-port.is-target', { service: key, wanted, port: byTarget.port });
  const own = service.ports.map((candidate) => ('number' in port || candidate.name === '' ? String(candidate.port) : candidate.name));
  return own.length === 0 ? msg('cluster.backend-port.none', { service: key }) : msg('cluster.backend-port.missing', { service: key, wanted, ports: own });
}
