/** Requests that listeners and their routes invite, and those that routes of a mesh do. */
import type { Cluster } from '../cluster/cluster.ts';
import type { SettledGateway, SettledListener } from '../cluster/gateways/settled.ts';
import { nameKey } from '../manifests/object-ref.ts';
import type { Origin } from '../trace/flow.ts';
import { EXTERNAL_CLIENT, printHost } from '../trace/request.ts';
import type { RequestDraft, RequestSuggestion } from '../trace/request-draft.ts';
import { entriesOf, routeName, type Entry } from './gateway/entry.ts';

const MOST_OF_A_LISTENER = 12;

export function* gatewayRequests(cluster: Cluster, gateway: SettledGateway): Generator<RequestSuggestion> {
  const address = gateway.addresses[0]?.ip ?? gateway.addresses[0]?.hostname ?? null;
  if (address === null) return;
  for (const listener of gateway.listeners.filter(({ serves }) => serves)) {
    const connectTo = `${printHost(address)}:${listener.port}`;
    yield* ofListener(cluster, listener, { address, connectTo });
  }
}

interface Reached {
  readonly address: string;
  /** Where the name of a listener leads when no record says so. */
  readonly connectTo: string;
}

function* ofListener(cluster: Cluster, listener: SettledListener, reached: Reached): Generator<RequestSuggestion> {
  switch (listener.carrier) {
    case 'HTTP':
    case 'HTTPS':
      for (const entry of spread(entriesOf(cluster, listener)).slice(0, MOST_OF_A_LISTENER)) yield requestFor(cluster, listener, entry, reached);
      return;
    case 'TLS/Passthrough':
    case 'TLS/Terminate':
      for (const { hostnames, route } of listener.attached) {
        const host = concrete(hostnames[0] ?? listener.hostname ?? reached.address);
        yield suggestion(`https://${at(host, listener.port, 443)}/`, labelOf(route), { ...dialled(cluster, host, reached) });
      }
      return;
    case 'TCP':
    case 'UDP':
      for (const { route } of listener.attached.slice(0, 1))
        yield suggestion(`${listener.carrier.toLowerCase()}://${printHost(reached.address)}:${listener.port}`, labelOf(route));
      return;
    case null:
  }
}

/** One rule of each route first, so that a long route does not hide the others. */
function spread(entries: readonly Entry[]): readonly Entry[] {
  const seen = new Set<string>();
  const first: Entry[] = [];
  const later: Entry[] = [];
  for (const entry of entries) {
    const key = JSON.stringify([entry.hostname, entry.route.ref, entry.rule]);
    if (seen.has(key)) continue;
    seen.add(key);
    (first.some(({ route }) => route === entry.route) ? later : first).push(entry);
  }
  return [...first, ...later];
}

function requestFor(cluster: Cluster, { port, carrier }: SettledListener, entry: Entry, reached: Reached): RequestSuggestion {
  const host = concrete(entry.hostname ?? reached.address);
  const secure = carrier === 'HTTPS';
  const isCall = entry.route.protocol === 'grpc';
  const scheme = `${isCall ? 'grpc' : 'http'}${secure ? 's' : ''}`;
  const query = entry.queryParams.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('&');
  const url = `${scheme}://${at(host, port, secure ? 443 : 80)}${pathFor(entry)}${query === '' ? '' : `?${query}`}`;
  return suggestion(url, `${entry.route.ref.kind} ${routeName(entry)} ${pathFor(entry)}`, {
    ...dialled(cluster, host, reached),
    ...(entry.method !== null && { method: entry.method }),
    headers: entry.headers.filter(({ type }) => type === 'Exact').map(({ name, value }) => [name, value] as const),
  });
}

function pathFor({ path, grpc }: Entry): string {
  if (path === null) return `/${grpc?.service ?? 'package.Service'}/${grpc?.method ?? 'Method'}`;
  if (path.type !== 'RegularExpression') return path.value;
  const plain = path.value.replace(/[()[\]{}|*+?$^\\].*$/s, '');
  return plain.startsWith('/') ? plain : `/${plain}`;
}

/** Routes that bind to a Service, from a Pod of a namespace where they hold. */
export function* meshRequests(cluster: Cluster): Generator<RequestSuggestion> {
  for (const [service, bindings] of cluster.gatewayApi.mesh) {
    const [namespace = '', name = ''] = service.split('/');
    const binding = bindings[0];
    const wanted = binding?.consumerNamespace ?? namespace;
    const sender = [...cluster.pods.values()].find(({ ref, status }) => status.phase === 'Running' && ref.namespace === wanted && !ref.name.startsWith(name));
    const port = binding?.port ?? cluster.services.get(service)?.ports[0]?.port;
    if (binding === undefined || sender === undefined || port === undefined) continue;
    const from: Origin = { kind: 'pod', namespace: sender.ref.namespace, name: sender.ref.name };
    const host = wanted === namespace ? name : `${name}.${namespace}`;
    yield suggestion(`http://${at(host, port, 80)}/`, labelOf(binding.route), { from });
  }
}

function suggestion(url: string, label: string, more: Partial<RequestDraft> = {}): RequestSuggestion {
  const draft: RequestDraft = {
    from: { kind: 'external', ip: EXTERNAL_CLIENT },
    method: 'GET',
    url,
    headers: [],
    connectTo: '',
    followRedirects: false,
    insecure: false,
    ...more,
  };
  return { draft, label };
}

/** A name that public DNS leads to the Gateway needs no help; any other does. */
function dialled(cluster: Cluster, host: string, { address, connectTo }: Reached): Pick<RequestDraft, 'connectTo'> {
  const record = cluster.publicRecords.get(host) ?? cluster.publicRecords.get(`*${host.slice(Math.max(0, host.indexOf('.')))}`);
  return { connectTo: host === address || record !== undefined ? '' : connectTo };
}

const concrete = (host: string) => host.replace(/^\*\./, 'www.');
const at = (host: string, port: number, usual: number) => `${printHost(host)}${port === usual ? '' : `:${port}`}`;

/** `HTTPRoute/shop/web` as `HTTPRoute shop/web`. */
function labelOf(route: string): string {
  const [kind = '', namespace = '', name = ''] = route.split('/');
  return `${kind} ${nameKey(namespace, name)}`;
}
