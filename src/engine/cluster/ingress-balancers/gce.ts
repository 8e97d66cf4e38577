/**
 * The Ingress controller of Google Kubernetes Engine: for every Ingress a load balancer of its own with one URL map
 * (S8.3.2). It reads the class from the annotation alone. A mistake keeps it from making or changing the load balancer.
 * https://cloud.google.com/kubernetes-engine/docs/concepts/ingress
 */
import { msg, type Message } from '../../../catalogue/message.ts';
import type { Ingress, IngressBackend, IngressPath } from '../../kinds/ingress/ingress-spec.ts';
import type { Service } from '../../kinds/service/service-spec.ts';
import type { RuleId } from '../../manifests/finding.ts';
import { nameKey } from '../../manifests/object-ref.ts';
import type { FieldPath } from '../../manifests/source.ts';
import type { Cluster, IngressBalancer } from '../cluster.ts';
import { CLASS_ANNOTATION } from '../controllers/claims.ts';
import type { BalancerPlan, Planner, PlanInput } from './balancer-plan.ts';
import { member, parseJson } from './loose-json.ts';

type Trouble = NonNullable<IngressBalancer['trouble']>;

export const PRE_SHARED_CERT = 'ingress.gcp.kubernetes.io/pre-shared-cert';
export const MANAGED_CERTIFICATES = 'networking.gke.io/managed-certificates';
const STATIC_IP = 'kubernetes.io/ingress.regional-static-ip-name';
export const ALLOW_HTTP = 'kubernetes.io/ingress.allow-http';

/** Of the ranges 130.211.0.0/22 and 35.191.0.0/16, from which Google's front ends connect to backends. */
const FRONT_END = '35.191.0.10';

export const gce: Planner = (input) => input.ingresses.map((ingress) => planOf(ingress, input));

function planOf(ingress: Ingress, input: PlanInput): BalancerPlan {
  const name = nameKey(ingress.ref.namespace, ingress.ref.name);
  const isInternal = isInternalClass(ingress);
  const http = allowsHttp(ingress) ? [{ containerPort: 80, scheme: 'http' as const }] : [];
  const https = hasCertificates(ingress) ? [{ containerPort: 443, scheme: 'https' as const }] : [];
  return {
    name,
    product: 'GKE Ingress',
    claims: [name],
    scheme: isInternal ? 'internal' : 'internet-facing',
    inbound: [],
    listens: [...http, ...https],
    hostname: null,
    source: isInternal ? null : FRONT_END,
    trouble: troubleIn(ingress, input),
    why: isInternal ? msg('cluster.gce.internal', { ingress: name }) : msg('cluster.gce.external', { ingress: name }),
  };
}

export function isInternalClass({ metadata }: Ingress): boolean {
  return metadata.annotations[CLASS_ANNOTATION] === 'gce-internal';
}

function allowsHttp({ metadata }: Ingress): boolean {
  return metadata.annotations[ALLOW_HTTP] !== 'false';
}

function hasCertificates({ tls, metadata: { annotations } }: Ingress): boolean {
  return tls.length > 0 || annotations[PRE_SHARED_CERT] !== undefined || annotations[MANAGED_CERTIFICATES] !== undefined;
}

/** Whether the load balancer sends to Pods (a network endpoint group) and not to nodes: stated by the Service, else assumed of the cluster. */
export function sendsToPods(service: Service, { assume }: Pick<Cluster['environment'], 'assume'>): boolean {
  return statesPods(service) ?? assume['neg'] !== false;
}

/** What the Service says about it; null where it says nothing. */
export function statesPods({ metadata }: Service): boolean | null {
  const text = metadata.annotations['cloud.google.com/neg'];
  const stated = text === undefined ? undefined : member(parseJson(text), 'ingress');
  return typeof stated === 'boolean' ? stated : null;
}

function at({ ref }: Ingress, path: FieldPath, why: Message, rules: readonly RuleId[] = []): Trouble {
  return { why, rules: ['S8.3.2', ...rules], because: [{ object: ref, path }] };
}

function troubleIn(ingress: Ingress, input: PlanInput): Trouble | null {
  if (!allowsHttp(ingress) && !hasCertificates(ingress)) return at(ingress, ['metadata', 'annotations', ALLOW_HTTP], msg('cluster.gce.no-port'));
  // An internal one has a single address for both only where it was reserved.
  if (isInternalClass(ingress) && allowsHttp(ingress) && hasCertificates(ingress) && ingress.metadata.annotations[STATIC_IP] === undefined)
    return at(ingress, ['metadata', 'annotations', ALLOW_HTTP], msg('cluster.gce.internal-both'));
  for (const [rule, { paths }] of ingress.rules.entries()) {
    for (const [index, path] of paths.entries()) {
      const where: FieldPath = ['spec', 'rules', rule, 'http', 'paths', index];
      const trouble = troubleOfBackend(ingress, path.backend, [...where, 'backend'], input) ?? troubleOfPath(ingress, path, [...where, 'path']);
      if (trouble !== null) return trouble;
    }
  }
  const { defaultBackend } = ingress;
  const ofDefault = defaultBackend === null ? null : troubleOfBackend(ingress, defaultBackend, ['spec', 'defaultBackend'], input);
  return ofDefault ?? troubleOfSecrets(ingress, input);
}

function troubleOfBackend(ingress: Ingress, backend: IngressBackend, path: FieldPath, { services, environment }: PlanInput): Trouble | null {
  if (backend.kind === 'resource')
    return at(ingress, [...path, 'resource'], msg('cluster.gce.resource', { what: `${backend.resourceKind}/${backend.name}` }), ['F-56']);
  const key = nameKey(ingress.ref.namespace, backend.name);
  const service = services.get(key);
  if (service === undefined) return at(ingress, [...path, 'service', 'name'], msg('cluster.gce.no-service', { service: key }), ['F-56']);
  const { port } = backend;
  if (!service.ports.some((own) => ('number' in port ? own.port === port.number : own.name === port.name)))
    return at(
      ingress,
      [...path, 'service', 'port'],
      msg('cluster.gce.service-port', { service: key, port: 'number' in port ? String(port.number) : port.name }),
      ['F-57'],
    );
  if (sendsToPods(service, environment) || service.type === 'NodePort' || service.type === 'LoadBalancer') return null;
  return {
    why: msg('cluster.gce.needs-node-port', { service: key, type: service.type }),
    rules: ['S8.3.2', 'F-50'],
    because: [{ object: service.ref, path: ['spec', 'type'] }],
  };
}

/** A `*` stands at the end, after a slash, and only where the type is ImplementationSpecific. */
function troubleOfPath(ingress: Ingress, { path, pathType }: IngressPath, where: FieldPath): Trouble | null {
  const isFine = pathType === 'ImplementationSpecific' ? !path.replace(/\/\*$/, '').includes('*') : path !== '' && !path.includes('*');
  return isFine ? null : at(ingress, where, msg('cluster.gce.wildcard', { path, pathType }));
}

function troubleOfSecrets(ingress: Ingress, { secrets }: PlanInput): Trouble | null {
  for (const [index, { secretName }] of ingress.tls.entries()) {
    const where: FieldPath = ['spec', 'tls', index];
    if (secretName === null) return at(ingress, where, msg('cluster.gce.no-secret-name'), ['F-65']);
    const key = nameKey(ingress.ref.namespace, secretName);
    if (secrets.get(key)?.usableForTls !== true) return at(ingress, [...where, 'secretName'], msg('cluster.gce.secret', { secret: key }), ['F-65']);
  }
  return null;
}
