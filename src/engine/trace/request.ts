/**
 * From what a person typed to the request that is sent: nothing is resolved, nothing is normalised that a client
 * would put on the wire as typed (S1.1.3, RFC 3986).
 */
import { msg, type Message } from '../../catalogue/message.ts';
import type { Finding } from '../manifests/finding.ts';
import { parseIp } from '../manifests/ip.ts';
import { RECORD_TYPES, type ConnectTo, type Flow, type Origin, type Scheme } from './flow.ts';
import { toAsciiHost } from './punycode.ts';
import type { RequestDraft } from './request-draft.ts';

/** The default place on the Internet from which an outside client asks (RFC 5737, TEST-NET-3). */
export const EXTERNAL_CLIENT = '203.0.113.7';
export const EXTERNAL_CLIENT_V6 = '2001:db8:ffff::7';

/** A scheme as typed: what it is on the wire, and the port it implies; 0 where one has to be said. */
const SCHEMES: Readonly<Record<string, { readonly scheme: Scheme; readonly port: number }>> = {
  http: { scheme: 'http', port: 80 },
  https: { scheme: 'https', port: 443 },
  grpc: { scheme: 'http', port: 80 },
  grpcs: { scheme: 'https', port: 443 },
  ws: { scheme: 'http', port: 80 },
  wss: { scheme: 'https', port: 443 },
  tls: { scheme: 'tls', port: 443 },
  tcp: { scheme: 'tcp', port: 0 },
  telnet: { scheme: 'tcp', port: 23 },
  udp: { scheme: 'udp', port: 0 },
  sctp: { scheme: 'sctp', port: 0 },
  ping: { scheme: 'icmp', port: 0 },
  icmp: { scheme: 'icmp', port: 0 },
  dns: { scheme: 'dns', port: 53 },
};

/** RFC 9110: a method and a header name are tokens. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const KNOWN_METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT']);

/**
 * `flow` is null when the draft cannot be sent; the findings then say what to write instead. Findings beside a flow
 * say what was left out. The path is kept byte for byte (dot segments, escapes), the fragment is not sent.
 */
export function readRequest(draft: RequestDraft): { readonly flow: Flow | null; readonly findings: readonly Finding[] } {
  const url = splitUrl(draft.url);
  if ('wrong' in url) return { flow: null, findings: [finding(url.wrong)] };
  const isHttp = url.scheme === 'http' || url.scheme === 'https';
  const isGrpc = url.typed === 'grpc' || url.typed === 'grpcs';
  const method = isGrpc ? 'POST' : readMethod(draft.method);
  const problems: Finding[] = [];
  if (isHttp && !TOKEN.test(method)) problems.push(finding(msg('request.method', { method })));
  const headers: (readonly [string, string])[] = [];
  for (const [name, value] of draft.headers) {
    if (name.trim() === '') continue;
    if (TOKEN.test(name.trim()) && !/[\r\n\0]/.test(value)) headers.push([name.trim(), value.trim()]);
    else problems.push(finding(msg('request.header', { name })));
  }
  const connectTo = readConnectTo(draft.connectTo, url.host, url.port);
  if (connectTo !== null && 'wrong' in connectTo) problems.push(finding(connectTo.wrong));
  const type = recordType(url.path);
  if (url.scheme === 'dns' && !RECORD_TYPES.some((each) => each === type)) problems.push(finding(msg('request.record-type', { type, allowed: RECORD_TYPES })));
  if (problems.length > 0) return { flow: null, findings: problems };

  const wants = (name: string) => !headers.some(([given]) => given.toLowerCase() === name);
  if (isGrpc && wants('content-type')) headers.push(['content-type', 'application/grpc']);
  if ((url.typed === 'ws' || url.typed === 'wss') && wants('upgrade')) headers.push(['connection', 'Upgrade'], ['upgrade', 'websocket']);
  const flow: Flow = {
    from: draft.from,
    method: isHttp ? method : url.scheme === 'dns' ? type : '',
    scheme: url.scheme,
    host: url.host,
    port: url.port,
    portGiven: url.portGiven,
    path: isHttp ? url.path : '/',
    headers: isHttp ? headers : [],
    ...(isGrpc && { httpVersion: url.scheme === 'http' ? ('h2c' as const) : ('h2' as const) }),
    ...(connectTo !== null && !('wrong' in connectTo) && { connectTo }),
    ...(draft.followRedirects && { followRedirects: true }),
    ...(draft.insecure && { insecure: true }),
    ...draft.details,
  };
  return { flow, findings: url.userInfo ? [finding(msg('request.user'), 'info')] : [] };
}

/** `?type=SRV` (RFC 4501); addresses where none is said. */
function recordType(path: string): string {
  return (/[?&;]type=([A-Za-z]+)/.exec(path)?.[1] ?? 'A').toUpperCase();
}

function readMethod(text: string): string {
  const method = text.trim() || 'GET';
  return KNOWN_METHODS.has(method.toUpperCase()) ? method.toUpperCase() : method;
}

interface SplitUrl {
  /** The scheme as typed, `http` when none was. */
  readonly typed: string;
  readonly scheme: Scheme;
  readonly host: string;
  readonly port: number;
  readonly portGiven: boolean;
  readonly path: string;
  readonly userInfo: boolean;
}

type Wrong = { readonly wrong: Message };

/** A URL, or anything with a host that a person types for one. */
export function splitUrl(text: string): SplitUrl | Wrong {
  const trimmed = text.trim();
  if (trimmed === '') return { wrong: msg('request.empty') };
  if (/[\s\0]/.test(trimmed)) return { wrong: msg('request.space', { url: trimmed.replace(/\s+/g, '%20') }) };
  const match = /^(?:([A-Za-z][A-Za-z0-9+.-]*):\/\/)?([^/?#]*)([^#]*)/.exec(trimmed)!;
  const typed = match[1]?.toLowerCase() ?? 'http';
  const authority = match[2]!;
  const known = Object.hasOwn(SCHEMES, typed) ? SCHEMES[typed] : undefined;
  if (known === undefined) return { wrong: msg('request.scheme', { scheme: typed, allowed: Object.keys(SCHEMES) }) };
  const at = authority.lastIndexOf('@');
  const place = splitHostPort(authority.slice(at + 1));
  if (place === null || place.host === '') return { wrong: hostProblem(authority.slice(at + 1), match[3]!) };
  const host = readHost(place.host);
  if (host === null) return { wrong: msg('request.host', { host: place.host }) };
  if (place.port === '' && known.port === 0 && known.scheme !== 'icmp')
    return { wrong: msg('request.port-needed', { example: `${typed}://${printHost(host)}:5432` }) };
  const port = place.port === '' ? known.port : readPort(place.port);
  if (port === null) return { wrong: msg('request.port', { port: place.port }) };
  const path = match[3]!.startsWith('/') ? match[3]! : `/${match[3]!}`;
  return { typed, scheme: known.scheme, host, port: known.scheme === 'icmp' ? 0 : port, portGiven: place.port !== '', path, userInfo: at !== -1 };
}

function hostProblem(authority: string, path: string): Message {
  if (authority === '') return msg('request.no-host', { example: `http://shop.example.com${path === '' ? '/' : path}` });
  return authority.split(':').length > 2 ? msg('request.brackets', { example: `[${authority}]` }) : msg('request.host', { host: authority });
}

/** Null for an IPv6 address without brackets: its end cannot be told from a port. */
function splitHostPort(text: string): { readonly host: string; readonly port: string } | null {
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/.exec(text);
  if (bracketed !== null) return parseIp(bracketed[1]!)?.family === 'IPv6' ? { host: bracketed[1]!, port: bracketed[2] ?? '' } : null;
  const parts = text.split(':');
  return parts.length > 2 ? null : { host: parts[0]!, port: parts[1] ?? '' };
}

/** Lower case, as names are compared; an address in canonical form; null when DNS could not carry it. */
function readHost(text: string): string | null {
  const decoded = text.includes('%') ? decodePercent(text) : text;
  if (decoded === null) return null;
  const ip = parseIp(decoded);
  if (ip !== null) return ip.family === 'IPv6' || decoded.includes(':') ? ip.text : decoded;
  const host = toAsciiHost(decoded);
  const labels = host.replace(/\.$/, '').split('.');
  return host.length <= 254 && labels.every((label) => /^[a-z0-9_](?:[a-z0-9_-]{0,62})$/.test(label)) ? host : null;
}

function decodePercent(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function readPort(text: string): number | null {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65_535 ? port : null;
}

/**
 * `HOST:PORT` with either part left out, `[v6]:PORT`, `pod/ns/name:PORT`, `gateway/ns/name:PORT`, `ingress/*:PORT`; also curl's own
 * `HOST1:PORT1:HOST2:PORT2`, which counts only when its first half names the URL's host and port.
 */
function readConnectTo(text: string, host: string, port: number): ConnectTo | Wrong | null {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  const wrong = { wrong: msg('request.connect-to', { value: trimmed }) };
  const [, kind, namespace = '', name = '', given] = /^(pod|gateway|ingress)[/:](?:([^/:]+)\/)?([^/:]+)(?::(\d+))?$/.exec(trimmed) ?? [];
  const portThere = given === undefined ? port : readPort(given);
  if (portThere !== null && kind === 'ingress' && namespace === '' && name === '*') return { kind, port: portThere };
  if (portThere !== null && (kind === 'pod' || kind === 'gateway') && namespace !== '') return { kind, namespace, name, port: portThere };
  const bareIp = parseIp(trimmed);
  const parts = bareIp === null ? (trimmed.match(/\[[^\]]*\]|[^:]+|(?<=:|^)(?=:|$)/g) ?? []) : [];
  if (parts.length === 4) {
    const [fromHost = '', fromPort = '', toHost = '', toPort = ''] = parts;
    const applies = (fromHost === '' || unbracket(fromHost).toLowerCase() === host) && (fromPort === '' || Number(fromPort) === port);
    return applies ? readConnectTo(`${toHost}:${toPort}`, host, port) : null;
  }
  const place = bareIp?.family === 'IPv6' ? { host: bareIp.text, port: '' } : splitHostPort(trimmed);
  if (place === null) return wrong;
  const target = place.host === '' ? host : readHost(place.host);
  const targetPort = place.port === '' ? port : readPort(place.port);
  return target === null || targetPort === null ? wrong : { kind: 'address', host: target, port: targetPort };
}

function unbracket(text: string): string {
  return text.replace(/^\[|\]$/g, '');
}

/** As it stands in a URL: brackets around IPv6. */
export function printHost(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

export function finding(message: Message, severity: Finding['severity'] = 'error'): Finding {
  return { code: 'request', severity, message, ranges: [], rules: ['S1.1.3'] };
}

/** Names of workload kinds as kubectl takes them. */
const WORKLOADS: Readonly<Record<string, string>> = {
  deployment: 'Deployment',
  deploy: 'Deployment',
  replicaset: 'ReplicaSet',
  rs: 'ReplicaSet',
  statefulset: 'StatefulSet',
  sts: 'StatefulSet',
  daemonset: 'DaemonSet',
  ds: 'DaemonSet',
  job: 'Job',
  cronjob: 'CronJob',
};

/**
 * Who asks, as `--from` takes it: `external`, an address, `pod/ns/name`, `node/name`, `deployment/ns/name`. A colon may
 * stand for the first slash; a missing namespace is `default`. Null when it names nobody.
 */
export function parseOrigin(text: string): Origin | null {
  const trimmed = text.trim();
  if (/^(external|internet)$/i.test(trimmed)) return { kind: 'external', ip: EXTERNAL_CLIENT };
  const ip = parseIp(trimmed.replace(/^external[:/]/i, ''));
  if (ip !== null) return { kind: 'external', ip: ip.text };
  const match = /^([A-Za-z]+)[:/](?:([^/:\s]+)\/)?([^/:\s]+)$/.exec(trimmed);
  if (match === null) return null;
  const [, typed = '', namespace, name = ''] = match;
  const kind = typed.toLowerCase().replace(/s$/, '');
  if (kind === 'node' || kind === 'no') return namespace === undefined ? { kind: 'node', name } : null;
  if (kind === 'pod' || kind === 'po') return { kind: 'pod', namespace: namespace ?? 'default', name };
  const workload = [typed.toLowerCase(), kind].find((candidate) => Object.hasOwn(WORKLOADS, candidate));
  return workload === undefined ? null : { kind: 'workload', workloadKind: WORKLOADS[workload]!, namespace: namespace ?? 'default', name };
}
