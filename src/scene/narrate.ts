/** What the player says at each stop: who acts, what changed in the packet, one sentence, and how it ended. */
import { msg, type Message } from '../catalogue/message.ts';
import { formatSocket, isDelivered, isFailure, type Hop, type Outcome, type Packet, type Trace } from '../engine/index.ts';
import type { CapsuleRow, SceneVerdict } from './scene.ts';

/** Rows beside the request line; more would hide the map. */
const MAX_CHANGES = 3;

/** The packet as it leaves a hop on this branch, changes first; as it came where nothing leaves. */
export function capsuleRows(hop: Hop, leaves: Packet | null, trace: Trace): readonly CapsuleRow[] {
  const { before } = hop;
  if (hop.kind === 'dns') return [{ label: null, value: hop.query?.name ?? trace.flow.host, was: null }, ...answers(hop)];
  const after = leaves ?? before;
  const changes = [
    row(msg('scene.capsule.to'), formatSocket(before.dst), formatSocket(after.dst)),
    row(msg('scene.capsule.from'), formatSocket(before.src), formatSocket(after.src)),
    row(msg('scene.capsule.path'), before.http?.path ?? '', after.http?.path ?? ''),
    row(msg('scene.capsule.host'), before.http?.host ?? '', after.http?.host ?? ''),
  ].filter((change) => change.was !== null);
  const to: CapsuleRow = { label: msg('scene.capsule.to'), value: formatSocket(after.dst), was: null };
  return [{ label: null, value: requestLine(after), was: null }, ...(changes.length > 0 ? changes.slice(0, MAX_CHANGES) : [to])];
}

/** What one query came to: an alias and addresses, or the reason that there are none. */
function answers({ query }: Hop): readonly CapsuleRow[] {
  if (query === undefined) return [];
  const { rcode, answers: found } = query;
  return (found.length > 0 ? found.slice(0, MAX_CHANGES) : [rcode]).map((value) => ({ label: msg('scene.capsule.answer'), value, was: null }));
}

function row(label: Message, was: string, value: string): CapsuleRow {
  return { label, value, was: was === value ? null : was };
}

function requestLine(packet: Packet): string {
  return packet.http === null ? packet.protocol : `${packet.http.method} ${packet.http.path}`;
}

/** A fact in a few characters, under the verb of the player's stop. */
export function stopFact(hop: Hop, leaves: Packet | null, trace: Trace): string {
  const to = leaves === null ? formatSocket(hop.before.dst) : `→ ${formatSocket(leaves.dst)}`;
  switch (hop.kind) {
    case 'dns':
      return hop.query?.name ?? trace.flow.host;
    case 'ingress-controller':
    case 'gateway': {
      const service = hop.consulted.find(({ object }) => object.kind === 'Service');
      if (service === undefined) return trace.flow.path;
      return service.label === undefined ? `→ ${service.object.name}` : `${service.label} → ${service.object.name}`;
    }
    case 'load-balancer':
    case 'kube-proxy':
      return to;
    case 'network-policy':
      return hop.actor.instance ?? formatSocket(hop.before.dst);
    case 'network':
    case 'pod':
    case 'node':
    case 'external':
      return formatSocket(hop.before.dst);
  }
}

export function sentenceOf(hop: Hop): Message {
  return hop.why[0] ?? hop.title;
}

/** Who wrote the answer, by name. */
export function answerer(trace: Trace): string {
  const branch = trace.branches[trace.taken];
  const last = trace.hops.find(({ id }) => id === branch?.hops.at(-1));
  return branch?.backend?.pod?.name ?? (last?.kind === 'pod' || last?.kind === 'external' ? last.actor.instance : null) ?? last?.actor.component ?? '';
}

export function verdictOf(trace: Trace): SceneVerdict | null {
  const branch = trace.branches[trace.taken];
  if (branch === undefined) return null;
  const who = answerer(trace);
  const text = trace.flow.scheme === 'dns' && branch.outcome.code === 'ACCEPTED' ? msg('scene.verdict.looked-up', { who }) : outcomeText(branch.outcome, who);
  // Other branches can fail while this request arrives: the player shows this one.
  const { outcome } = branch;
  const fails = isFailure(outcome);
  const arrives = isDelivered(outcome) && !(outcome.code === 'HTTP' && outcome.status >= 400);
  return {
    kind: trace.verdict.kind === 'depends' ? 'depends' : fails ? 'fails' : 'delivered',
    result: fails ? 'fails' : arrives ? 'delivered' : 'answered',
    text,
  };
}

function outcomeText(outcome: Outcome, who: string): Message {
  switch (outcome.code) {
    case 'HTTP':
      return msg('scene.verdict.http', { status: outcome.status, who });
    case 'ACCEPTED':
      return msg('scene.verdict.accepted', { who });
    case 'DNS_NXDOMAIN':
    case 'DNS_NODATA':
      return msg('scene.verdict.dns');
    case 'DNS_TIMEOUT':
      return msg('scene.verdict.dns-timeout');
    case 'CONN_REFUSED':
      return msg('scene.verdict.refused');
    case 'NO_ROUTE':
      return msg('scene.verdict.no-route');
    case 'CONN_TIMEOUT':
      return msg('scene.verdict.timeout');
    case 'CONN_RESET':
      return msg('scene.verdict.reset');
    case 'TLS_ERROR':
      return msg('scene.verdict.tls');
    case 'REDIRECT_LOOP':
      return msg('scene.verdict.redirect-loop');
    case 'UDP_SILENT':
      return msg('scene.verdict.silent');
  }
}

/** What the moving packet is called, there and back. */
export function labelsOf(trace: Trace): { readonly label: string; readonly answer: string } {
  const branch = trace.branches[trace.taken];
  const packet = trace.hops.find(({ kind }) => kind !== 'dns')?.before ?? trace.hops[0]?.before;
  const label = packet?.http?.method ?? packet?.protocol ?? '';
  return { label, answer: (branch === undefined ? '' : replyFact(branch.outcome)) || label };
}

/** In a few characters, under the reply: `200`, or nothing where words say it. */
export function replyFact(outcome: Outcome): string {
  return outcome.code === 'HTTP' ? String(outcome.status) : '';
}

/** A packet that was dropped, and a name that nobody answers for, come back as silence. */
export function hasReply(outcome: Outcome): boolean {
  return outcome.code !== 'CONN_TIMEOUT' && outcome.code !== 'UDP_SILENT' && outcome.code !== 'DNS_TIMEOUT';
}
