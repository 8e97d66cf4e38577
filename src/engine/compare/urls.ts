/** The same request at another address: method, path and headers stay, scheme, host and port change. */
import { readsLikePublicName } from '../dataplane/dns/public-name.ts';
import { parseIp } from '../manifests/ip.ts';
import type { Flow, Origin } from '../trace/flow.ts';
import { printHost } from '../trace/request.ts';
import type { RequestDraft } from '../trace/request-draft.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { ObjectRef } from '../manifests/object-ref.ts';

/** Without and with TLS, as a person types them; and the port that each implies. */
const PAIRS: readonly (readonly [plain: string, encrypted: string])[] = [
  ['http', 'https'],
  ['grpc', 'grpcs'],
  ['ws', 'wss'],
  ['tcp', 'tls'],
];
const IMPLIED: Readonly<Record<string, number>> = { http: 80, grpc: 80, ws: 80, https: 443, grpcs: 443, wss: 443, tls: 443 };

/** The scheme as typed, in the form without or with TLS; one that has no such form stays. */
export function schemeOf(asked: RequestDraft, encrypted: boolean): string {
  const typed = /^([A-Za-z][A-Za-z0-9+.-]*):\/\//.exec(asked.url.trim())?.[1]?.toLowerCase() ?? 'http';
  const pair = PAIRS.find((names) => names.includes(typed));
  return pair?.[encrypted ? 1 : 0] ?? typed;
}

export const isEncrypted = ({ scheme }: Flow): boolean => scheme === 'https' || scheme === 'tls';
export const isHttp = ({ scheme }: Flow): boolean => scheme === 'http' || scheme === 'https';

export function transportOf({ scheme }: Flow): 'TCP' | 'UDP' | 'SCTP' {
  return scheme === 'udp' ? 'UDP' : scheme === 'sctp' ? 'SCTP' : 'TCP';
}

/** A Host header of its own would speak of another server, so it goes; `connectTo` went to another address. */
export function callAt(asked: RequestDraft, flow: Flow, scheme: string, host: string, port: number, path = flow.path): RequestDraft {
  const authority = `${printHost(host)}${IMPLIED[scheme] === port || flow.scheme === 'icmp' ? '' : `:${port}`}`;
  const headers = asked.headers.filter(([name]) => name.toLowerCase() !== 'host');
  return { ...asked, url: `${scheme}://${authority}${isHttp(flow) ? path : ''}`, headers, connectTo: '' };
}

/** As asked first, then in the other form: a client has to speak what is spoken there. */
export function bothForms(asked: RequestDraft, flow: Flow, host: string, port: number): readonly RequestDraft[] {
  const first = schemeOf(asked, isEncrypted(flow));
  const other = schemeOf(asked, !isEncrypted(flow));
  return first === other ? [callAt(asked, flow, first, host, port)] : [first, other].map((scheme) => callAt(asked, flow, scheme, host, port));
}

/** As short as the client’s search list lets it be (S6.7); whole for who has none. */
export function serviceHost({ namespace, name }: ObjectRef, from: Origin, cluster: Cluster): string {
  if (from.kind === 'external' || from.kind === 'node') return `${name}.${namespace}.svc.${cluster.environment.clusterDomain}`;
  return from.namespace === namespace ? name : `${name}.${namespace}`;
}

/** The host, where it is a name of public DNS: one that a record or an Ingress knows, or that reads like one; else null. */
export function publicHostOf(flow: Flow, cluster: Cluster): string | null {
  const host = flow.host.toLowerCase().replace(/\.$/, '');
  const zone = cluster.environment.clusterDomain.toLowerCase();
  if (parseIp(host) !== null || host === zone || host.endsWith(`.${zone}`)) return null;
  const names = [...cluster.publicRecords.keys(), ...[...cluster.ingresses.values()].flatMap(({ rules }) => rules.map((rule) => rule.host.toLowerCase()))];
  const isKnown = names.some((name) => name === host || (name.startsWith('*.') && host.endsWith(name.slice(1))));
  return isKnown || readsLikePublicName(cluster, host) ? host : null;
}
