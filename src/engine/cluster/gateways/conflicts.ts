/** Listeners that no traffic can be told apart by (S12.4). */
import type { Listener } from '../../kinds/gateway-api/listener-spec.ts';

export type Conflict = 'HostnameConflict' | 'ProtocolConflict';

/** A Gateway's own listeners, or those of one ListenerSet. */
export interface ListenerGroup {
  readonly listeners: readonly Listener[];
}

/**
 * The conflict of each listener, in the order of the groups; null: it has none. Within one group nobody wins
 * (S12.4.3); between groups the earlier one does (S12.4.4).
 *
 * @param mixesTls whether one port may end TLS for some hosts and pass it through for others
 */
export function findConflicts(groups: readonly ListenerGroup[], mixesTls: boolean): readonly (readonly (Conflict | null)[])[] {
  const standing: Listener[] = [];
  return groups.map(({ listeners }) => {
    const lost = listeners.map((listener) => firstConflict(listener, standing, mixesTls));
    // What lost to an earlier group takes nothing away from its own.
    const left = listeners.filter((_, index) => lost[index] === null);
    const found = listeners.map((listener, index) => lost[index] ?? firstConflict(listener, left, mixesTls));
    standing.push(...listeners.filter((_, index) => found[index] === null));
    return found;
  });
}

function firstConflict(listener: Listener, others: readonly Listener[], mixesTls: boolean): Conflict | null {
  for (const other of others) {
    const conflict = other === listener ? null : conflictOf(listener, other, mixesTls);
    if (conflict !== null) return conflict;
  }
  return null;
}

type Family = 'UDP' | 'TCP' | 'HTTP' | 'TLS' | 'other';

/** What tells the connections of a protocol apart: nothing, the Host, or the server name asked for. */
function familyOf({ protocol }: Listener): Family {
  switch (protocol) {
    case 'HTTP':
      return 'HTTP';
    case 'TCP':
      return 'TCP';
    case 'UDP':
      return 'UDP';
    case 'HTTPS':
    case 'TLS':
      return 'TLS';
    default:
      return 'other';
  }
}

function conflictOf(a: Listener, b: Listener, mixesTls: boolean): Conflict | null {
  const [family, other] = [familyOf(a), familyOf(b)];
  if (a.port !== b.port || family === 'other' || other === 'other' || (family === 'UDP') !== (other === 'UDP')) return null;
  if (family !== other || family === 'TCP' || family === 'UDP') return 'ProtocolConflict';
  if ((a.hostname?.toLowerCase() ?? null) === (b.hostname?.toLowerCase() ?? null)) return 'HostnameConflict';
  const isMixed = a.protocol === 'TLS' && b.protocol === 'TLS' && a.tls?.mode !== b.tls?.mode;
  return isMixed && !mixesTls ? 'ProtocolConflict' : null;
}
