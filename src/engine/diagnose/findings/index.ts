/** The registry of findings: a file per family, a line here. The order counts where one hop says several things. */
import type { Message } from '../../../catalogue/message.ts';
import type { FailureId } from '../../manifests/finding.ts';
import type { Decided, FindingKind } from '../finding-kind.ts';
import { admission } from './admission.ts';
import { backends } from './backends.ts';
import { clientAddresses } from './client-addresses.ts';
import { dns } from './dns.ts';
import { endpoints } from './endpoints.ts';
import { gatewayRules } from './gateway-rules.ts';
import { gateways } from './gateways.ts';
import { ingressBalancers } from './ingress-balancers.ts';
import { ingressClasses } from './ingress-classes.ts';
import { ingressRules } from './ingress-rules.ts';
import { ingressTls } from './ingress-tls.ts';
import { loadBalancers } from './load-balancers.ts';
import { network } from './network.ts';
import { networkPolicies } from './network-policies.ts';
import { pods } from './pods.ts';
import { selectors } from './selectors.ts';
import { services } from './services.ts';
import { targetPorts } from './target-ports.ts';

/** Families as the page of all failures shows them. */
export const findingFamilies = {
  admission,
  selectors,
  targetPorts,
  endpoints,
  backends,
  gateways,
  ingressClasses,
  dns,
  services,
  loadBalancers: [...ingressBalancers, ...loadBalancers],
  network,
  networkPolicies,
  // An Ingress that is left out is why its certificate is not shown.
  ingressRules: [...clientAddresses, ...ingressRules],
  ingressTls,
  pods,
  gatewayRules,
} as const satisfies Readonly<Record<string, readonly FindingKind[]>>;

export const findingKinds: readonly FindingKind[] = Object.values(findingFamilies).flat();

interface Entry {
  readonly kind: FindingKind;
  readonly failure: FailureId | null;
  readonly order: number;
}

const entries = new Map<string, Entry[]>();
for (const kind of findingKinds) {
  for (const [id, failure] of Object.entries(kind.decisions)) {
    const known = entries.get(id) ?? [];
    entries.set(id, [...known, { kind, failure, order: entries.size }]);
  }
}

const ROLES: Readonly<Record<'fault' | 'note' | 'opening' | 'astray' | 'any', readonly FindingKind['role'][]>> = {
  fault: ['cause', 'symptom'],
  note: ['note'],
  opening: ['opening'],
  astray: ['astray'],
  any: ['cause', 'symptom', 'note'],
};

/** The fault among what one decision says: the one whose kind stands first in the registry. Null when it states none. */
export function kindOf(said: readonly Message[], which: keyof typeof ROLES = 'fault'): Decided | null {
  let best: (Entry & { readonly message: Message }) | null = null;
  for (const message of said) {
    for (const entry of entries.get(message.id) ?? []) {
      if (!ROLES[which].includes(entry.kind.role) || entry.kind.applies?.(message) === false) continue;
      if (best === null || entry.order < best.order) best = { ...entry, message };
    }
  }
  return best;
}
