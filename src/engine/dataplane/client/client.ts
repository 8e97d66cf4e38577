/**
 * The client: resolves the name it is asked to dial and sends the first packet. Each name that its
 * resolver asks for is one `dns` hop; a literal address makes none. It never decides what the network does with the packet.
 */
import { msg, type Message } from '../../../catalogue/message.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { canonicalIp, isLoopback, parseIp } from '../../manifests/ip.ts';
import type { ObjectRef } from '../../manifests/object-ref.ts';
import { RECORD_TYPES, type Flow } from '../../trace/flow.ts';
import type { Memory } from '../../trace/memory.ts';
import type { Packet } from '../../trace/packet.ts';
import { printHost } from '../../trace/request.ts';
import type { Carry, Component, Decision, HopDecision, Place, State } from '../component.ts';
import { askedInVain, lookupHop, resolutionHop } from '../dns/dns-hop.ts';
import { resolve } from '../dns/resolve.ts';
import { externalAddress } from '../external/address.ts';
import { dialOf } from './dial.ts';
import { rememberedHop, securedFlow } from './hsts.ts';
import { firstPacket } from './first-packet.ts';
import { senderOf, type Client } from './origin.ts';

/** The state in which a flow begins. `carry` is that of the answer that redirected here, if one did. */
export function firstState(cluster: Cluster, flow: Flow, memory: Memory, carry?: Carry): State {
  const sender = senderOf(cluster, flow.from);
  const client = 'client' in sender ? sender.client : { kind: kindOf(flow), ips: [''], node: null, pod: null };
  const dial = dialOf(cluster, flow);
  return {
    place: { kind: 'client' },
    packet: firstPacket(flow, client, memory, dial.kind === 'host' ? dial : flow),
    carry: {
      client: {
        kind: client.kind,
        ip: client.ips[0] ?? '',
        node: client.node,
        pod: client.pod === null ? null : `${client.pod.ref.namespace}/${client.pod.ref.name}`,
      },
      resolution: { name: flow.host, rcode: 'NONE', addresses: [], cname: null },
      service: null,
      source: 'preserved',
      redirects: carry === undefined ? 0 : carry.redirects + 1,
      visited: [...(carry?.visited ?? []), urlOf(flow)],
      certificateNames: [],
      terminatedAt: null,
      responseHeaders: {},
      flow,
    },
  };
}

function kindOf(flow: Flow): Client['kind'] {
  return flow.from.kind === 'workload' ? 'pod' : flow.from.kind;
}

/** The URL of a flow, with its port: equal URLs ask for the same. */
export function urlOf(flow: Flow): string {
  return `${flow.scheme}://${printHost(flow.host)}:${flow.port}${flow.path}`;
}

export const client: Component = (state, { cluster, memory }): Decision => {
  const { flow } = state.carry;
  const sender = senderOf(cluster, flow.from);
  if ('trouble' in sender) return nothingSent(state, sender.trouble, sender.object);
  const secured = securedFlow(flow);
  if (secured !== null) return rememberedHop(state, flow, firstState(cluster, secured, memory));
  const dial = dialOf(cluster, flow);
  if (dial.kind === 'nothing') return nothingSent(state, dial.trouble, null);

  const literal = dial.host.toLowerCase() === 'localhost' ? '127.0.0.1' : canonicalIp(dial.host);
  if (literal === null) {
    const type = RECORD_TYPES.find((each) => flow.scheme === 'dns' && each === flow.method) ?? null;
    const resolved = resolve(cluster, sender.client, dial.host, type);
    const asked = state.place.kind === 'client' ? (state.place.asked ?? 0) : 0;
    if (asked < resolved.queries.length - 1) return askedInVain(cluster, state, sender.client, resolved, asked);
    if (type !== null) return lookupHop(cluster, state, sender.client, resolved, type);
    const addresses = resolved.final.external === null ? resolved.final.addresses : [externalAddress(resolved.final.external)];
    const states = addresses.map((ip) => depart(cluster, state, sender.client, ip));
    return resolutionHop(cluster, state, sender.client, resolved, states);
  }
  const address = parseIp(literal);
  if (address !== null && isLoopback(address) && sender.client.kind === 'external') {
    return {
      ...nothingSent(state, msg('client.loopback', { ip: literal }), null),
      becomes: { kind: 'end', outcome: { code: 'CONN_REFUSED' }, stage: 'connect' },
    };
  }
  if (!(address !== null && isLoopback(address)) && !sender.client.ips.some((ip) => ip.includes(':') === literal.includes(':'))) {
    return nothingSent(state, msg('client.other-family', { ip: literal, own: sender.client.ips }), sender.client.pod?.ref ?? null);
  }
  const to = depart(cluster, state, sender.client, literal);
  const resolution = { name: dial.host, rcode: 'NONE' as const, addresses: [literal], cname: null };
  return { kind: 'pass', to: { ...to, carry: { ...to.carry, resolution } } };
};

/** The packet on its way to one address, in the first kernel or network that receives it. */
function depart(cluster: Cluster, state: State, from: Client, ip: string): State {
  const address = parseIp(ip);
  // The loopback interface is a way of its own: what leaves through it carries its address.
  const src = address !== null && isLoopback(address) ? ip : (from.ips.find((own) => own.includes(':') === ip.includes(':')) ?? from.ips[0] ?? '');
  const packet: Packet = { ...state.packet, src: { ...state.packet.src, ip: src }, dst: { ...state.packet.dst, ip } };
  return { place: placeFor(cluster, state.carry.flow, from, ip), packet, carry: { ...state.carry, client: { ...state.carry.client, ip: src } } };
}

function placeFor(cluster: Cluster, flow: Flow, from: Client, ip: string): Place {
  if (from.kind === 'external') {
    const via = flow.viaNode;
    return via !== undefined && cluster.nodes.has(via) ? { kind: 'node', node: via, entered: 'network' } : { kind: 'network', from: 'internet' };
  }
  const node = from.node ?? '';
  if (from.pod === null) return { kind: 'node', node, entered: 'local' };
  const address = parseIp(ip);
  if (!from.pod.spec.hostNetwork && address !== null && isLoopback(address)) {
    return { kind: 'pod', pod: `${from.pod.ref.namespace}/${from.pod.ref.name}` };
  }
  return { kind: 'node', node, entered: from.pod.spec.hostNetwork ? 'local' : 'pod' };
}

/** The request ends before a packet leaves. */
function nothingSent(state: State, why: Message, object: ObjectRef | null): HopDecision {
  const { client: from } = state.carry;
  return {
    kind: 'hop',
    hop: 'network',
    actor: { component: 'client', instance: from.pod, node: from.node, namespace: null },
    layer: 'L3',
    verb: msg('client.verb'),
    title: msg('client.nothing-sent'),
    why: [why],
    rules: ['S1.1'],
    because: [],
    object,
    becomes: { kind: 'end', outcome: { code: 'NO_ROUTE' }, stage: 'connect' },
  };
}
