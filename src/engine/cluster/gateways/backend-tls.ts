/** How Gateways dial Service ports with TLS, and the conditions of BackendTLSPolicies (S12.12.3). */
import { msg, type Message } from '../../../catalogue/message.ts';
import type { BackendTLSPolicy } from '../../kinds/backend-tls-policy/backend-tls-policy-spec.ts';
import type { Service } from '../../kinds/service/service-spec.ts';
import { nameKey, type ObjectRef } from '../../manifests/object-ref.ts';
import { byAgeThenName } from './age.ts';
import { authority, type BadReference, type Stores } from './certificates.ts';
import type { BackendTLS, Condition, SettledPolicy } from './settled.ts';

/** A Gateway whose routes lead to a Service. */
export interface Ancestor {
  readonly parent: ObjectRef;
  readonly controllerName: string;
}

export interface SettledBackendTLS {
  readonly policies: ReadonlyMap<string, SettledPolicy>;
  /** By `namespace/name:port`. */
  readonly byPort: ReadonlyMap<string, BackendTLS>;
}

/** `ancestorsOf`: by key of the Service. */
export function settleBackendTLS(
  policies: readonly BackendTLSPolicy[],
  services: ReadonlyMap<string, Service>,
  ancestorsOf: ReadonlyMap<string, readonly Ancestor[]>,
  stores: Stores,
): SettledBackendTLS {
  const settled = new Map<string, SettledPolicy>();
  /** By Service key and section: the oldest policy holds, then the first by name. */
  const holders = new Map<string, { readonly policy: BackendTLSPolicy; readonly index: number }>();
  for (const policy of [...policies].sort(byAgeThenName)) {
    const found: Fate[] = policy.targetRefs.map((target, index) => {
      const fate = fateOf(policy, target, services, holders);
      if (fate === 'holds') holders.set(sectionKey(policy, target), { policy, index });
      return fate;
    });
    const targets = new Set(policy.targetRefs.map(({ name }) => nameKey(policy.ref.namespace, name)));
    const ancestors = new Map<string, Ancestor>();
    for (const target of targets) for (const one of ancestorsOf.get(target) ?? []) ancestors.set(`${one.parent.namespace}/${one.parent.name}`, one);
    const conditions = conditionsOf(policy, found, trustOf(policy, stores).bad);
    const key = nameKey(policy.ref.namespace, policy.ref.name);
    settled.set(key, { policy: key, ancestors: [...ancestors.values()].map((one) => ({ ...one, conditions })) });
  }
  return { policies: settled, byPort: portsOf(services, holders, stores) };
}

type Fate = 'holds' | 'conflicted' | 'not-found';
type Target = BackendTLSPolicy['targetRefs'][number];

function sectionKey({ ref }: BackendTLSPolicy, { name, sectionName }: Target): string {
  return `${nameKey(ref.namespace, name)}#${sectionName ?? ''}`;
}

function fateOf(policy: BackendTLSPolicy, target: Target, services: ReadonlyMap<string, Service>, holders: ReadonlyMap<string, unknown>): Fate {
  if (target.group !== '' || target.kind !== 'Service') return 'not-found';
  const service = services.get(nameKey(policy.ref.namespace, target.name));
  if (service === undefined) return 'not-found';
  if (target.sectionName !== null && !service.ports.some(({ name }) => name === target.sectionName)) return 'not-found';
  return holders.has(sectionKey(policy, target)) ? 'conflicted' : 'holds';
}

function trustOf(policy: BackendTLSPolicy, stores: Stores): { readonly trusts: BackendTLS['trusts']; readonly bad: readonly BadReference[] } {
  // A set of authorities of an implementation's own is one that nobody here knows.
  if (policy.caCertificateRefs.length === 0) return { trusts: policy.wellKnownCACertificates === 'System' ? 'system' : [], bad: [] };
  const bad: BadReference[] = [];
  const trusts = policy.caCertificateRefs.flatMap((ref) => {
    const found = authority(policy.ref, { ...ref, namespace: policy.ref.namespace }, stores);
    if (found.kind === 'good') return [found.key];
    bad.push(found);
    return [];
  });
  return { trusts, bad };
}

function conditionsOf(policy: BackendTLSPolicy, fates: readonly Fate[], bad: readonly BadReference[]): readonly Condition[] {
  const refused = (reason: string, message: Message): Condition => ({ type: 'Accepted', status: 'False', reason, message });
  const [fault] = bad;
  const resolved: Condition =
    fault === undefined
      ? { type: 'ResolvedRefs', status: 'True', reason: 'ResolvedRefs', message: msg('gateway-api.policy-resolved') }
      : { type: 'ResolvedRefs', status: 'False', reason: fault.fault === 'kind' ? 'InvalidKind' : 'InvalidCACertificateRef', message: fault.why };
  const lacksTrust = policy.caCertificateRefs.length > 0 && bad.length === policy.caCertificateRefs.length;
  const isUnknown = policy.caCertificateRefs.length === 0 && policy.wellKnownCACertificates !== 'System';
  const accepted = fates.includes('holds')
    ? lacksTrust
      ? refused('NoValidCACertificate', fault?.why ?? msg('gateway-api.policy-trusts-nobody'))
      : isUnknown
        ? refused('Invalid', msg('gateway-api.policy-well-known', { value: policy.wellKnownCACertificates ?? '' }))
        : ({ type: 'Accepted', status: 'True', reason: 'Accepted', message: msg('gateway-api.policy-accepted') } satisfies Condition)
    : fates.includes('conflicted')
      ? refused('Conflicted', msg('gateway-api.policy-conflicted'))
      : refused('TargetNotFound', msg('gateway-api.policy-target', { target: policy.targetRefs[0]?.name ?? '' }));
  return [accepted, resolved];
}

/** A policy for one port goes before one for the whole Service. */
function portsOf(
  services: ReadonlyMap<string, Service>,
  holders: ReadonlyMap<string, { readonly policy: BackendTLSPolicy; readonly index: number }>,
  stores: Stores,
): ReadonlyMap<string, BackendTLS> {
  const out = new Map<string, BackendTLS>();
  if (holders.size === 0) return out;
  for (const [key, { ports }] of services) {
    for (const { name, port } of ports) {
      const holder = (name === '' ? undefined : holders.get(`${key}#${name}`)) ?? holders.get(`${key}#`);
      if (holder === undefined) continue;
      const { policy, index } = holder;
      out.set(`${key}:${port}`, {
        policy: nameKey(policy.ref.namespace, policy.ref.name),
        path: ['spec', 'targetRefs', index],
        hostname: policy.hostname,
        subjectAltNames: policy.subjectAltNames.length > 0 ? policy.subjectAltNames : [{ type: 'Hostname', value: policy.hostname }],
        trusts: trustOf(policy, stores).trusts,
      });
    }
  }
  return out;
}
