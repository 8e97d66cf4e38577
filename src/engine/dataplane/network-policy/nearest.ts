/** Of the rules that do not match, the one that comes closest: what a person most probably meant to be enough. */
import { isMatch, type RuleResult } from './evaluate.ts';
import type { PeerMiss } from './peers.ts';
import type { PortMiss } from './ports.ts';

/** The rules that do not match, the closest first; equals in the order of policies and rules. */
export function byNearness(rules: readonly RuleResult[]): readonly RuleResult[] {
  return rules.filter((rule) => !isMatch(rule)).toSorted((a, b) => closeness(b) - closeness(a));
}

/** The entry of a rule that comes closest, of those that all miss; null where one matches. */
export function nearestPeer({ peerMisses }: RuleResult): PeerMiss | null {
  return best(peerMisses, peerCloseness);
}

export function nearestPort({ portMisses }: RuleResult): PortMiss | null {
  return best(portMisses, portCloseness);
}

function best<T>(misses: readonly T[], score: (miss: T) => number): T | null {
  let found: T | null = null;
  for (const miss of misses) if (found === null || score(miss) > score(found)) found = miss;
  return found;
}

/** A rule for the right peer and another port is nearer than one for the right port and somebody else. */
function closeness(rule: RuleResult): number {
  const peer = nearestPeer(rule);
  const port = nearestPort(rule);
  return 2 * (peer === null ? 4 : peerCloseness(peer)) + (port === null ? 2 : portCloseness(port));
}

function peerCloseness(miss: PeerMiss): number {
  switch (miss.kind) {
    case 'pod-labels':
      return (miss.namespaceFits && miss.isBoth ? 1 : 0.5) + slip(miss.label.isNear, miss.label.found);
    case 'namespace-labels':
      return (miss.podFits && miss.isBoth ? 1 : 0.5) + slip(miss.label.isNear, miss.label.found);
    case 'other-namespace':
      return miss.podFits ? 1.5 : 0.2;
    case 'range-skips-pods':
      return 2;
    case 'excepted':
      return 1.2;
    case 'outside-range':
      return 0.1;
    case 'no-pod':
      return 0;
  }
}

function slip(isNear: boolean, found: string | null): number {
  return isNear ? 1.5 : found === null ? 0 : 0.3;
}

function portCloseness(miss: PortMiss): number {
  switch (miss.kind) {
    case 'number':
      return 0.8;
    case 'name':
      return miss.declared.length > 0 ? 0.9 : 0.7;
    case 'protocol':
      return 0.3;
    case 'name-without-pod':
      return 0;
  }
}
