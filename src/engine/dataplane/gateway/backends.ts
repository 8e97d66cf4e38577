/**
 * The backends of a rule with their shares (S12.9): a weight counts whether or not its reference is valid, so the share
 * of an invalid one fails. Where each leads was settled by the control plane; here it becomes endpoints.
 */
import type { Message } from '../../../catalogue/message.ts';
import { msg } from '../../../catalogue/message.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { BackendResolution, BackendTLS } from '../../cluster/gateways/settled.ts';
import { chosen, GATEWAY_DIALS } from '../../cluster/open-points.ts';
import type { BackendRef } from '../../kinds/gateway-api/references.ts';
import type { Service } from '../../kinds/service/service-spec.ts';
import type { RuleId } from '../../manifests/finding.ts';
import { nameKey, type ObjectRef } from '../../manifests/object-ref.ts';
import type { FieldPath } from '../../manifests/source.ts';
import type { Consulted } from '../../trace/hop.ts';
import type { ConsideredChoice, Reason, Verification } from '../component.ts';
import { resolveExternalName, resolvePort } from '../proxy/backend.ts';
import { emptyChoices } from '../proxy/explain.ts';
import { isTarget, type Resolved, type Target, type Upstream } from '../proxy/proxy.ts';
import { authoritiesIn } from '../proxy/trust.ts';
import type { GatewayVisit } from './visit.ts';

export type Share =
  | { readonly kind: 'target'; readonly index: number; readonly share: number; readonly target: Target; readonly tls: Upstream['tls']; readonly notes: Notes }
  /** The share that fails, with the status an HTTP client gets. */
  | {
      readonly kind: 'fails';
      readonly index: number;
      readonly share: number;
      readonly status: 500 | 503;
      readonly name: string;
      readonly notes: Notes;
      readonly considered: readonly ConsideredChoice[];
    };

export interface Notes {
  readonly why: readonly Message[];
  readonly rules: readonly RuleId[];
  readonly because: readonly Reason[];
  readonly read: readonly ObjectRef[];
  /** Grants that let a reference cross namespaces. */
  readonly gates: readonly Consulted[];
}

/** `shop/api:80`, as sentences name a backend. */
export function backendName({ namespace, name, port, kind }: BackendRef): string {
  return `${kind === 'Service' ? '' : `${kind} `}${nameKey(namespace, name)}${port === null ? '' : `:${port}`}`;
}

/** Those with a weight above zero; shares sum to 1. Empty when there is none. `at` is the place of the list. */
export function sharesOf(
  visit: GatewayVisit,
  route: ObjectRef,
  refs: readonly BackendRef[],
  at: FieldPath,
  resolve: (at: FieldPath) => BackendResolution | undefined,
): readonly Share[] {
  const total = refs.reduce((sum, { weight }) => sum + weight, 0);
  return refs.flatMap((ref, index): readonly Share[] =>
    ref.weight === 0 ? [] : [shareOf(visit, ref, { index, share: ref.weight / total }, { object: route, path: [...at, index] }, resolve([...at, index]))],
  );
}

type Place = Pick<Share, 'index' | 'share'>;

function shareOf(visit: GatewayVisit, ref: BackendRef, place: Place, at: Reason, resolution: BackendResolution | undefined): Share {
  const name = backendName(ref);
  if (resolution === undefined || resolution.kind === 'invalid') {
    const why = resolution?.why ?? msg('gateway.backend.unresolved', { backend: name });
    const notes = {
      why: [why, msg('gateway.backend.invalid')],
      rules: ['S12.9.2', ...(resolution === undefined ? [] : [resolution.rule])] as const,
      because: [at],
      read: [],
      gates: [],
    };
    return { ...place, kind: 'fails', status: 500, name, notes, considered: [] };
  }
  const { cluster } = visit;
  const service = cluster.services.get(resolution.service);
  if (service === undefined) {
    const notes: Notes = { why: [msg('gateway.backend.unresolved', { backend: name })], rules: ['S12.9.2'], because: [at], read: [], gates: [] };
    return { ...place, kind: 'fails', status: 500, name, notes, considered: [] };
  }
  const resolved = endpointsOf(visit, service, resolution.port);
  const grant = grantNotes(resolution.grant);
  if (!isTarget(resolved)) {
    const empty = emptyNotes(resolved, name, service.ref);
    const notes: Notes = { ...empty, because: [at, ...empty.because], read: [service.ref], gates: [] };
    return { ...place, kind: 'fails', status: 503, name, notes, considered: emptyChoices(cluster, resolved) };
  }
  const session = sessionTo(visit, resolution);
  const notes: Notes = {
    why: [...grant.why, ...protocolNotes(resolution.appProtocol, name), ...session.why],
    rules: [...grant.rules, ...session.rules],
    because: [at, ...grant.because, ...session.because],
    read: [service.ref],
    gates: grant.gates,
  };
  if (session.tls === null) return { ...place, kind: 'fails', status: 503, name, notes, considered: [] };
  return { ...place, kind: 'target', target: resolved, tls: session.tls, notes };
}

/** S12.9.3: the number is the Service's port; the new connection goes to its endpoints. */
function endpointsOf({ cluster, voice }: GatewayVisit, service: Service, number: number): Resolved {
  const port = service.ports.find((candidate) => candidate.port === number);
  if (service.type === 'ExternalName') return resolveExternalName(cluster, service, port, number);
  if (port === undefined) return { kind: 'no-port', service, port: String(number) };
  const resolved = resolvePort(cluster, service, port);
  const ip = service.clusterIPs[0];
  const dialsService = voice !== 'mesh' && chosen(cluster.environment, GATEWAY_DIALS) === 'cluster-ip' && ip !== undefined && ip !== 'None';
  return dialsService && resolved.kind === 'endpoints' ? { kind: 'cluster-ip', service, ip, port: port.port } : resolved;
}

function emptyNotes(empty: Exclude<Resolved, Target>, name: string, service: ObjectRef): Pick<Notes, 'why' | 'rules' | 'because'> {
  if (empty.kind === 'no-endpoints') {
    const why = [msg('gateway.backend.empty', { service: nameKey(service.namespace, service.name) })];
    return { why, rules: ['S12.9.2', 'S5.3', 'F-81'], because: [{ object: service, path: ['spec', 'selector'] }] };
  }
  return { why: [msg('gateway.backend.unresolved', { backend: name })], rules: ['S12.9.2', 'F-80'], because: [{ object: service, path: ['spec'] }] };
}

/** S12.9.5: the ReferenceGrant that lets the route name a Service of another namespace. */
function grantNotes(grant: string | null): Omit<Notes, 'read'> {
  if (grant === null) return { why: [], rules: [], because: [], gates: [] };
  const [namespace = '', name = ''] = grant.split('/');
  const object: ObjectRef = { kind: 'ReferenceGrant', namespace, name };
  return {
    why: [msg('gateway.backend.grant', { grant })],
    rules: ['S12.9.5'],
    because: [{ object, path: ['spec', 'from'] }],
    gates: [{ object, role: 'consulted', address: null }],
  };
}

function protocolNotes(appProtocol: string | null, backend: string): readonly Message[] {
  if (appProtocol === 'kubernetes.io/h2c') return [msg('gateway.backend.h2c', { backend })];
  return appProtocol === 'kubernetes.io/ws' || appProtocol === 'kubernetes.io/wss' ? [msg('gateway.backend.ws', { backend })] : [];
}

interface Session {
  /** Null: no connection can be made. */
  readonly tls: Upstream['tls'] | null;
  readonly why: readonly Message[];
  readonly rules: readonly RuleId[];
  readonly because: readonly Reason[];
}

const PLAIN: Session = { tls: { kind: 'plain' }, why: [], rules: [], because: [] };

/** S12.12.3: TLS toward a backend, when a BackendTLSPolicy asks for it. */
function sessionTo(visit: GatewayVisit, { service, port, appProtocol }: Extract<BackendResolution, { kind: 'service' }>): Session {
  const policy = visit.cluster.gatewayApi.backendTLS.get(`${service}:${port}`);
  if (policy === undefined) return appProtocol === 'kubernetes.io/wss' ? { ...PLAIN, tls: { kind: 'encrypt', sni: null } } : PLAIN;
  const [namespace = '', name = ''] = policy.policy.split('/');
  const because = [{ object: { kind: 'BackendTLSPolicy', namespace, name }, path: ['spec', 'validation'] }];
  const rules: readonly RuleId[] = ['S12.12.3'];
  const args = { policy: policy.policy, host: policy.hostname };
  const verifies = verificationOf(visit.cluster, policy);
  if (verifies === null) return { tls: null, why: [msg('gateway.backend.tls-no-ca', args)], rules, because };
  const clientCertificate = backendCertificate(visit);
  const tls: Upstream['tls'] = { kind: 'encrypt', sni: policy.hostname, verifies, ...(clientCertificate !== null && { clientCertificate }) };
  const shown = clientCertificate === null ? [] : [msg('gateway.backend.client-certificate', { secret: clientCertificate })];
  return { tls, why: [msg('gateway.backend.tls', args), ...shown], rules, because };
}

/** Null when there is no authority that could be trusted: every handshake then fails. */
function verificationOf(cluster: Cluster, { trusts, subjectAltNames, hostname }: BackendTLS): Verification | null {
  const names = subjectAltNames.length > 0 ? subjectAltNames : [{ type: 'Hostname' as const, value: hostname }];
  if (trusts === 'system') return { trusts, names };
  if (trusts.length === 0) return null;
  return { trusts: authoritiesIn(cluster, trusts), names };
}

/** The certificate that a Gateway shows its backends; a Secret of another namespace or without a key is none. */
function backendCertificate({ cluster, gateway }: GatewayVisit): string | null {
  const ref = gateway === null ? null : (cluster.gateways.get(gateway)?.backendClientCertificate ?? null);
  if (ref === null) return null;
  const key = nameKey(ref.namespace, ref.name);
  return cluster.secrets.get(key)?.usableForTls === true ? key : null;
}
