/** Commands that show the same on a real cluster, with the names of this request filled in. */
import { msg } from '../../../catalogue/message.ts';
import type { ObjectRef } from '../../manifests/object-ref.ts';
import type { Flow } from '../../trace/flow.ts';
import type { Command } from '../../trace/hop.ts';
import { canonicalIp } from '../../manifests/ip.ts';
import type { Visit } from './proxy.ts';

export function listEndpoints(service: ObjectRef): Command {
  const { namespace, name } = service;
  return { line: `kubectl get endpointslices -n ${quote(namespace)} -l kubernetes.io/service-name=${quote(name)}`, shows: msg('proxy.command.endpoints') };
}

/** A Service that stands for a name has no endpoints to list. */
export function showAlias({ namespace, name }: ObjectRef): Command {
  return { line: `kubectl get service -n ${quote(namespace)} ${quote(name)}`, shows: msg('proxy.command.alias') };
}

/** None of a proxy that runs in no Pod. */
export function proxyLogs({ cluster, proxy }: Visit): readonly Command[] {
  if (proxy.pod === null) return [];
  const [namespace = '', name = ''] = proxy.pod.split('/');
  const owner = cluster.pods.get(proxy.pod)?.workload;
  const what = owner == null ? name : `${owner.kind.toLowerCase()}/${owner.name}`;
  return [{ line: `kubectl logs -n ${quote(namespace)} ${quote(what)}`, shows: msg('proxy.command.logs', { proxy: proxy.product }) }];
}

/** The request once more, sent to the same address under the same name. */
export function repeat(visit: Visit): Command {
  const { flow } = visit.state.carry;
  const address = publicAddress(visit);
  const dialled = flow.connectTo !== undefined && 'port' in flow.connectTo ? flow.connectTo.port : flow.port;
  const host = inUrl(flow.host);
  const shows = msg('proxy.command.curl');
  if (flow.scheme === 'tcp' || flow.scheme === 'udp') {
    return { line: `${inClient(visit)}nc -vz${flow.scheme === 'udp' ? 'u' : ''} ${quote(address)} ${dialled}`, shows };
  }
  if (flow.scheme === 'tls') {
    return { line: `${inClient(visit)}openssl s_client -servername ${quote(flow.sni ?? flow.host)} -connect ${quote(`${inUrl(address)}:${dialled}`)}`, shows };
  }
  const parts = [`${inClient(visit)}curl -v`];
  if (flow.insecure === true) parts.push('-k');
  const direct = canonicalIp(address) !== null && dialled === flow.port;
  if (!direct) parts.push(`--connect-to ${quote(`${host}:${flow.port}:${inUrl(address)}:${dialled}`)}`);
  // A URL that says the address already needs no name settled.
  else if (canonicalIp(flow.host) !== canonicalIp(address)) parts.push(`--resolve ${quote(`${flow.host}:${flow.port}:${inUrl(address)}`)}`);
  if (flow.method !== 'GET') parts.push(`-X ${quote(flow.method)}`);
  for (const [name, value] of flow.headers) parts.push(`-H ${quote(`${name}: ${value}`)}`);
  parts.push(quote(urlOf(flow)));
  return { line: parts.join(' '), shows };
}

/** A request of a Pod is sent from there: nobody else has its addresses and its mesh. */
function inClient({ state }: Visit): string {
  const { pod } = state.carry.client;
  if (pod === null) return '';
  const [namespace = '', name = ''] = pod.split('/');
  return `kubectl exec -n ${quote(namespace)} ${quote(name)} -- `;
}

export function showCertificate(visit: Visit): Command {
  const { flow } = visit.state.carry;
  const host = flow.sni ?? flow.host;
  return {
    line: `openssl s_client -servername ${quote(host)} -connect ${quote(`${publicAddress(visit)}:${flow.port}`)}`,
    shows: msg('proxy.command.certificate'),
  };
}

/** Where the client found the proxy: what its name resolved to, else what the proxy publishes. */
function publicAddress({ state, proxy }: Visit): string {
  const { connectTo } = state.carry.flow;
  if (connectTo?.kind === 'address') return connectTo.host;
  const published = proxy.publishes[0];
  return state.carry.resolution.addresses[0] ?? published?.ip ?? published?.hostname ?? state.packet.dst.ip;
}

/** The URL as the client wrote it. */
export function urlOf(flow: Flow): string {
  const host = inUrl(flow.host);
  return `${flow.scheme}://${flow.portGiven ? `${host}:${flow.port}` : host}${flow.path}`;
}

/** IPv6 addresses stand in brackets. */
function inUrl(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

/** One word for a shell, whatever a person named their things. */
export function quote(text: string): string {
  return /^[\w./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
