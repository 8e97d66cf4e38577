/** What a client that follows redirects asks for next (RFC 9110 section 15.4, as curl does it). */
import type { ConnectTo, Flow } from '../../trace/flow.ts';
import type { Outcome } from '../../trace/outcome.ts';

const STATUS = new Set([301, 302, 303, 307, 308]);
const DEFAULT_PORT: Readonly<Record<'http' | 'https', number>> = { http: 80, https: 443 };

/** The Location that a client would follow; null for every other outcome. */
export function locationOf(outcome: Outcome): string | null {
  return outcome.code === 'HTTP' && STATUS.has(outcome.status) ? (outcome.location ?? null) : null;
}

/** The next request, or null where the Location is none that this client can follow (`ftp:`, no host). */
export function redirectedFlow(flow: Flow, status: number, location: string): Flow | null {
  const target = resolveLocation(flow, location);
  if (target === null) return null;
  const sameHost = target.host === flow.host;
  const { sni, connectTo, ...rest } = flow;
  const next = connectTo === undefined || !sameHost ? undefined : reconnect(connectTo, flow, target.port);
  return {
    ...rest,
    ...target,
    method: status === 303 ? (flow.method === 'HEAD' ? 'HEAD' : 'GET') : flow.method === 'POST' && status < 303 ? 'GET' : flow.method,
    headers: sameHost ? flow.headers : flow.headers.filter(([name]) => name.toLowerCase() !== 'host'),
    ...(sni !== undefined && sameHost && { sni }),
    ...(next !== undefined && { connectTo: next }),
  };
}

/** `connectTo` stands for the host; its port moves with the URL's when it was the same. */
function reconnect(to: ConnectTo, flow: Flow, port: number): ConnectTo {
  return to.port === flow.port || to.kind === 'ingress' || to.kind === 'gateway' ? { ...to, port } : to;
}

type Target = Pick<Flow, 'scheme' | 'host' | 'port' | 'portGiven' | 'path'>;

function resolveLocation(flow: Flow, location: string): Target | null {
  const text = location.replace(/#.*$/s, '');
  const absolute = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/is.exec(text) ?? (text.startsWith('//') ? [text, flow.scheme, text.slice(2)] : null);
  if (absolute !== null) {
    const scheme = (absolute[1] ?? '').toLowerCase();
    return scheme === 'http' || scheme === 'https' ? absoluteTarget(scheme, absolute[2] ?? '') : null;
  }
  const here: Target = { scheme: flow.scheme, host: flow.host, port: flow.port, portGiven: flow.portGiven, path: flow.path };
  if (text.startsWith('/')) return { ...here, path: text };
  const path = flow.path.replace(/\?.*$/s, '');
  if (text === '') return here;
  return { ...here, path: text.startsWith('?') ? `${path}${text}` : `${path.slice(0, path.lastIndexOf('/') + 1)}${text}` };
}

function absoluteTarget(scheme: 'http' | 'https', rest: string): Target | null {
  const match = /^(?:[^/?@]*@)?(\[[^\]]*\]|[^/:?]*)(?::(\d+))?([/?].*)?$/s.exec(rest);
  const host = match?.[1]?.replace(/^\[|\]$/g, '') ?? '';
  if (match === null || host === '') return null;
  const path = match[3] ?? '/';
  return {
    scheme,
    host: host.toLowerCase(),
    port: match[2] === undefined ? DEFAULT_PORT[scheme] : Number(match[2]),
    portGiven: match[2] !== undefined,
    path: path.startsWith('?') ? `/${path}` : path,
  };
}
