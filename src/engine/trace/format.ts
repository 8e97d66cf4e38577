/**
 * The one text rendering of a trace: for terminals, tests, and the transcript that a screen reader reads. Stable:
 * equal traces give equal text. No colours, no escape codes, no line is wrapped.
 */
import { msg, type Message } from '../../catalogue/message.ts';
import { renderText } from '../../catalogue/render.ts';
import type { Manifests } from '../manifests/document.ts';
import { refKey } from '../manifests/object-ref.ts';
import { formatFieldPath, type SourceRange } from '../manifests/source.ts';
import type { Flow, Origin } from './flow.ts';
import type { Considered, Evidence, Hop } from './hop.ts';
import { isDelivered, type Outcome } from './outcome.ts';
import { formatSocket, type Packet } from './packet.ts';
import { printHost } from './request.ts';
import type { Branch, ReplyStep, Trace } from './trace.ts';

const MOST_CHOICES = 12;
const MOST_WAYS = 20;

/** Evidence shows `file:line`; without manifests the file alone. */
export function formatTrace(trace: Trace, manifests?: Manifests): string {
  const hops = new Map(trace.hops.map((hop) => [hop.id, hop]));
  const taken = trace.branches[trace.taken];
  const stations = taken?.hops.flatMap((id) => hops.get(id) ?? []) ?? [];
  const parts = [
    head(trace),
    ...stations.map((hop, index) => station({ ...hop, after: stations[index + 1]?.before ?? null }, index + 1, manifests)),
    ways(trace, hops),
    taken === undefined ? [] : reply(taken, stations),
    section('trace.format.client-sees', trace.clientSees),
    section(
      'trace.format.causes',
      trace.causes.map(({ message, ranges }) => `${renderText(message)}${place(ranges[0] ?? null, manifests)}`),
    ),
    section(
      'trace.format.rejected',
      trace.rejected.map(
        ({ object, path, message, evidence }) => `${refKey(object)} ${formatFieldPath(path)}: ${renderText(message)}${place(evidence.range, manifests)}`,
      ),
    ),
    section(
      'trace.format.assumptions',
      trace.assumptions.map(({ id, origin, message }) => `${origin === 'inferred' ? '?' : '-'} ${renderText(message)} (${id})`),
    ),
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function head(trace: Trace): readonly string[] {
  return [`${formatFlow(trace.flow)}  ${renderText(msg('trace.format.from', { who: formatOrigin(trace.flow.from) }))}`, renderText(verdict(trace))];
}

function verdict({ verdict, summary, branches, taken }: Trace): Message {
  const args = { summary: renderText(summary) };
  const outcome = branches[taken]?.outcome;
  const arrives = outcome !== undefined && isDelivered(outcome);
  switch (verdict.kind) {
    case 'delivered':
      if (isRedirect(outcome)) return msg('trace.format.redirected', args);
      return msg(arrives ? 'trace.format.delivered' : 'trace.format.answered', args);
    case 'fails':
      return msg('trace.format.fails', args);
    case 'depends':
      if (verdict.ifTrue === 'fails') return msg('trace.format.depends-fails', args);
      return msg(arrives ? 'trace.format.depends-delivered' : 'trace.format.depends-answered', args);
  }
}

const isRedirect = (outcome: Outcome | undefined) => outcome?.code === 'HTTP' && outcome.location !== undefined;

/** `GET https://shop.example.com/api`, `tcp://db:5432`, `ping api`. */
export function formatFlow(flow: Flow): string {
  switch (flow.scheme) {
    case 'icmp':
      return `ping ${flow.host}`;
    case 'dns':
      return formatUrl(flow);
    case 'http':
    case 'https':
      return `${flow.method} ${formatUrl(flow)}`;
    case 'tcp':
    case 'udp':
    case 'sctp':
    case 'tls':
      return `${flow.scheme}://${printHost(flow.host)}:${flow.port}`;
  }
}

/** `https://shop.example.com:8443/api`, with the port where it was given. */
export function formatUrl({ scheme, host, port, portGiven, path, method }: Flow): string {
  if (scheme === 'dns') return `dns://${printHost(host)}?type=${method}`;
  return `${scheme}://${printHost(host)}${portGiven ? `:${port}` : ''}${path}`;
}

/** `203.0.113.7`, `Pod shop/web-0`, `Deployment shop/web`, `Node node-a`. */
export function formatOrigin(origin: Origin): string {
  switch (origin.kind) {
    case 'external':
      return origin.ip;
    case 'pod':
      return `Pod ${origin.namespace}/${origin.name}`;
    case 'workload':
      return `${origin.workloadKind} ${origin.namespace}/${origin.name}`;
    case 'node':
      return `Node ${origin.name}`;
  }
}

function station(hop: Hop, number: number, manifests: Manifests | undefined): readonly string[] {
  const { actor } = hop;
  const instance =
    actor.instance === null || actor.instance === actor.component
      ? ''
      : ` ${actor.namespace === null || actor.instance.includes('/') ? '' : `${actor.namespace}/`}${actor.instance}`;
  const node = actor.node === null || actor.node === actor.instance ? '' : ` (${actor.node})`;
  const rows: [Parameters<typeof label>[0] | null, readonly string[]][] = [
    [null, [renderText(hop.title)]],
    ['trace.format.packet', [formatPacket(hop.before)]],
    ['trace.format.becomes', becomesLines(hop)],
    ['trace.format.why', hop.why.map((message) => renderText(message))],
    ['trace.format.yaml', unique(hop.evidence.map((evidence) => evidenceLine(evidence, manifests)))],
    [
      'trace.format.choices',
      capped(
        hop.considered.map((choice) => choiceLine(choice, manifests)),
        MOST_CHOICES,
      ),
    ],
    ['trace.format.rules', hop.rules.length === 0 ? [] : [hop.rules.join(' ')]],
    ['trace.format.commands', hop.commands.map(({ line }) => line)],
  ];
  return [
    `${String(number).padStart(2)}  ${renderText(hop.verb)} · ${actor.component}${instance}${node}`,
    ...rows.flatMap(([id, lines]) => lines.map((line, index) => `    ${(index === 0 && id !== null ? label(id) : '').padEnd(id === null ? 0 : WIDTH)}${line}`)),
  ];
}

const WIDTH = 9;

function label(
  id:
    | 'trace.format.packet'
    | 'trace.format.becomes'
    | 'trace.format.why'
    | 'trace.format.yaml'
    | 'trace.format.choices'
    | 'trace.format.rules'
    | 'trace.format.commands',
): string {
  return renderText(msg(id));
}

function becomesLines({ before, after }: Hop): readonly string[] {
  if (after === null) return [];
  const is = formatPacket(after);
  return [...(is === formatPacket(before) ? [] : [is]), ...headerChanges(before, after)];
}

/** `10.0.0.1:49200 → 10.0.0.2:80 TCP, GET shop.example.com/api`. */
export function formatPacket(packet: Packet): string {
  const { tls, http } = packet;
  const parts = [`${formatSocket(packet.src)} → ${formatSocket(packet.dst)} ${packet.protocol}`];
  if (packet.proxyProtocol !== undefined) parts.push(`PROXY ${formatSocket(packet.proxyProtocol)}`);
  if (tls.mode === 'tls') parts.push(tls.sni === null ? 'TLS' : `TLS ${tls.sni}`);
  if (http !== null) parts.push(`${http.method} ${http.host}${http.path}`);
  return parts.join(', ');
}

function headerChanges(before: Packet, after: Packet): readonly string[] {
  const was = before.http?.headers ?? {};
  const is = after.http?.headers ?? {};
  if (after.http === null || before.http === null) return [];
  return [
    ...Object.keys(was)
      .filter((name) => !(name in is))
      .map((name) => `- ${name}: ${was[name]}`),
    ...Object.entries(is)
      .filter(([name, value]) => was[name] !== value)
      .map(([name, value]) => `+ ${name}: ${value}`),
  ];
}

function evidenceLine({ object, path, defaulted, within = [], range }: Evidence, manifests: Manifests | undefined): string {
  const field = `${refKey(object)} ${formatFieldPath(path)}`;
  const unwritten = defaulted ?? (within.length === 0 ? undefined : within.map((inner) => `${inner.field}: ${inner.value}`).join(', '));
  const value = unwritten === undefined ? '' : `  ${renderText(msg('trace.format.default', { value: unwritten }))}`;
  return `${range === null ? '' : `${lineOf(range, manifests)}  `}${field}${value}`;
}

function place(range: SourceRange | null, manifests: Manifests | undefined): string {
  return range === null ? '' : `  ${lineOf(range, manifests)}`;
}

/** `shop.yaml:12`, counted from 1. */
function lineOf(range: SourceRange, manifests: Manifests | undefined): string {
  const document = manifests?.documents.find(({ file, index }) => file === range.file && index === range.document);
  if (document === undefined) return range.file;
  return `${range.file}:${document.startLine + document.text.slice(0, range.from).split('\n').length}`;
}

const MARK: Readonly<Record<Considered['result'], string>> = { taken: '●', possible: '○', lost: '×', excluded: '–' };

function choiceLine(choice: Considered, manifests: Manifests | undefined): string {
  const share = choice.probability === undefined ? '' : ` ${formatShare(choice.probability)}`;
  const range = choice.evidence[0]?.range ?? null;
  return `${MARK[choice.result]} ${renderText(choice.what)}${share}: ${renderText(choice.why)}${place(range, manifests)}`;
}

/** Every way, when there is more than one. */
function ways({ branches, taken }: Trace, hops: ReadonlyMap<string, Hop>): readonly string[] {
  if (branches.length < 2) return [];
  const lines = branches.map((branch, index) => {
    const stops = branch.hops.flatMap((id) => hops.get(id) ?? []).map(({ actor }) => actor.instance ?? actor.component);
    return `${index === taken ? '●' : '○'} ${formatShare(branch.probability).padStart(6)}  ${stops.join(' → ')}: ${formatOutcome(branch.outcome)}`;
  });
  return section('trace.format.ways', capped(lines, MOST_WAYS));
}

/** `33.3 %`, `50 %`. */
function formatShare(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`;
}

/** `HTTP 200 (app)`, `CONN_REFUSED`, `TLS_ERROR (expired)`. */
export function formatOutcome(outcome: Outcome): string {
  switch (outcome.code) {
    case 'HTTP':
      return `HTTP ${outcome.status}${outcome.grpcStatus === undefined ? '' : `, gRPC ${outcome.grpcStatus}`} (${outcome.producer})`;
    case 'TLS_ERROR':
      return `TLS_ERROR (${outcome.kind})`;
    case 'DNS_NXDOMAIN':
    case 'DNS_NODATA':
    case 'DNS_TIMEOUT':
    case 'CONN_REFUSED':
    case 'NO_ROUTE':
    case 'CONN_TIMEOUT':
    case 'CONN_RESET':
    case 'ACCEPTED':
    case 'REDIRECT_LOOP':
    case 'UDP_SILENT':
      return outcome.code;
  }
}

function reply(branch: Branch, stations: readonly Hop[]): readonly string[] {
  const heading = isDelivered(branch.outcome) || branch.reply.length > 0 ? branch.reply : [];
  return section(
    'trace.format.reply',
    heading.map((step) => replyLine(step, stations)),
  );
}

function replyLine({ hop, before, after, why }: ReplyStep, stations: readonly Hop[]): string {
  const number = stations.findIndex(({ id }) => id === hop) + 1;
  const from = `${formatSocket(before.src)} → ${formatSocket(before.dst)}`;
  const to = `${formatSocket(after.src)} → ${formatSocket(after.dst)}`;
  return `${String(number).padStart(2)}  ${from === to ? from : `${from} ⇒ ${to}`}  ${renderText(why)}`;
}

function section(
  heading:
    | 'trace.format.ways'
    | 'trace.format.reply'
    | 'trace.format.client-sees'
    | 'trace.format.causes'
    | 'trace.format.rejected'
    | 'trace.format.assumptions',
  lines: readonly string[],
): readonly string[] {
  return lines.length === 0 ? [] : [renderText(msg(heading)), ...lines.map((line) => `    ${line}`)];
}

function capped(lines: readonly string[], most: number): readonly string[] {
  return lines.length <= most ? lines : [...lines.slice(0, most), renderText(msg('trace.format.more', { count: lines.length - most }))];
}

const unique = (lines: readonly string[]) => [...new Set(lines)];
