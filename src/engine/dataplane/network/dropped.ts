import type { Outcome } from '../../trace/outcome.ts';
import type { Packet } from '../../trace/packet.ts';

/** What the client sees when its packet vanishes: a datagram gives no sign at all (S1.6). */
export function dropped(packet: Packet): Outcome {
  return packet.protocol === 'UDP' ? { code: 'UDP_SILENT' } : { code: 'CONN_TIMEOUT' };
}
