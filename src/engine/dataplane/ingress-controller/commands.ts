/** Commands that show the same on a real cluster, with the names of this request filled in. */
import { msg } from '../../../catalogue/message.ts';
import type { Ingress } from '../../kinds/ingress/ingress-spec.ts';
import type { ObjectRef } from '../../manifests/object-ref.ts';
import type { Flow } from '../../trace/flow.ts';
import type { Command } from '../../trace/hop.ts';
import { canonicalIp } from '../../manifests/ip.ts';
import type { Visit } from './visit.ts';

export function describeIngress(ingress: Ingress): Command {
  const { namespace, name } = ingress.ref;
  return { line: `kubectl describe ingress -n ${quote(namespace)} ${quote(name)}`, shows: msg('ingress.command.describe') };
}

/** Where a host is missing, the hosts there are. */
export function listIngresses(): Command {
  return { line: 'kubectl get ingress --all-namespaces', shows: msg('ingress.command.list') };
}

export function listEndpoints(service: ObjectRef): Command {
  const { namespace, name } = service;
  return { line: `kubectl get endpointslices -n ${quote(namespace)} -l kubernetes.io/service-name=${quote(name)}`, shows: msg('ingress.command.endpoints') };
}

/** A Service that stands for a name has no endpoints to list. */
export function showAlias({ namespace, name }: ObjectRef): Command {
  return { line: `kubectl get service -n ${quote(namespace)} ${quote(name)}`, shows: msg('ingress.command.alias') };
}

export function controllerLogs({ view, pod, implementation }: Visit): Command {
  const [namespace = '', name = ''] = pod.split('/');
  const owner = view.cluster.pods.get(pod)?.workload;
  const what = owner == null ? name : `${owner.kind.toLowerCase()}/${owner.name}`;
  return { line: `kubectl logs -n ${quote(namespace)} ${quote(what)}`, shows: msg('ingress.command.logs', { controller: implementation.product }) };
}

/** The request once more, sent to the same address under the same name. */
export function repeat({ state, view }: Visit): Command {
  const { flow } = state.carry;
  const address = publicAddress({ state, view });
  const dialled = flow.connectTo !== undefined && 'port' in flow.connectTo ? flow.connectTo.port : flow.port;
  const host = inUrl(flow.host);
  const parts = ['curl -v'];
  if (flow.insecure === true) parts.push('-k');
  const direct = canonicalIp(address) !== null && dialled === flow.port;
  if (!direct) parts.push(`--connect-to ${quote(`${host}:${flow.port}:${inUrl(address)}:${dialled}`)}`);
  // A URL that says the address already needs no name settled.
  else if (canonicalIp(flow.host) !== canonicalIp(address)) parts.push(`--resolve ${quote(`${flow.host}:${flow.port}:${inUrl(address)}`)}`);
  if (flow.method !== 'GET') parts.push(`-X ${quote(flow.method)}`);
  for (const [name, value] of flow.headers) parts.push(`-H ${quote(`${name}: ${value}`)}`);
  parts.push(quote(urlOf(flow)));
  return { line: parts.join(' '), shows: msg('ingress.command.curl') };
}

export function showCertificate(visit: Visit): Command {
  const { flow } = visit.state.carry;
  const host = flow.sni ?? flow.host;
  return {
    line: `openssl s_client -servername ${quote(host)} -connect ${quote(`${publicAddress(visit)}:${flow.port}`)}`,
    shows: msg('ingress.command.certificate'),
  };
}

/** Where the client found the controller: what its name resolved to, else what the controller publishes. */
function publicAddress({ state, view }: Pick<Visit, 'state' | 'view'>): string {
  const { connectTo } = state.carry.flow;
  if (connectTo?.kind === 'address') return connectTo.host;
  const published = view.controller.publishes[0];
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
function quote(text: string): string {
  return /^[\w./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
