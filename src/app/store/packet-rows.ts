import { msg, type Message } from '../../catalogue/message.ts';
import { formatSocket, type Packet } from '../../engine/index.ts';

/** One property of the packet: as it came and as it leaves; null where it is not there. */
export interface PacketRow {
  readonly id: string;
  readonly label: Message;
  readonly before: string | null;
  readonly after: string | null;
}

const tls = (packet: Packet): string | null => {
  if (packet.tls.mode === 'none') return null;
  return packet.tls.alpn === undefined ? (packet.tls.sni ?? '—') : `${packet.tls.sni ?? '—'} (${packet.tls.alpn})`;
};

/** What a person would compare between two captures of the packet. `after` is null when it ends here: nothing leaves. */
export function packetRows(before: Packet, after: Packet | null): readonly PacketRow[] {
  const then = after ?? before;
  const rows: PacketRow[] = [
    { id: 'from', label: msg('app.packet.from'), before: formatSocket(before.src), after: formatSocket(then.src) },
    { id: 'to', label: msg('app.packet.to'), before: formatSocket(before.dst), after: formatSocket(then.dst) },
  ];
  const add = (id: string, label: Message, was: string | null, is: string | null) => {
    if (was !== null || is !== null) rows.push({ id, label, before: was, after: is });
  };
  if (before.protocol !== 'TCP') add('protocol', msg('app.packet.protocol'), before.protocol, then.protocol);
  add('tls', msg('app.packet.tls'), tls(before), tls(then));
  add('method', msg('app.packet.method'), before.http?.method ?? null, then.http?.method ?? null);
  add('host', msg('app.packet.host'), before.http?.host ?? null, then.http?.host ?? null);
  add('path', msg('app.packet.path'), before.http?.path ?? null, then.http?.path ?? null);
  const proxy = (packet: Packet) => (packet.proxyProtocol ? formatSocket(packet.proxyProtocol) : null);
  add('proxy', msg('app.packet.proxy-protocol'), proxy(before), proxy(then));
  return [...rows, ...headerRows(before.http?.headers ?? {}, then.http?.headers ?? {})];
}

type Headers = Readonly<Record<string, string>>;

function headerRows(before: Headers, after: Headers): readonly PacketRow[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].map((name) => {
    const line = (headers: Headers) => (headers[name] === undefined ? null : `${name}: ${headers[name]}`);
    const label = before[name] === undefined ? msg('app.packet.added') : msg('app.packet.header');
    return { id: `header ${name}`, label, before: line(before), after: line(after) };
  });
}
