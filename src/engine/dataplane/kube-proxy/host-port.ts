/**
 * `hostPort`: the network plugin of a node translates nodeIP:hostPort to a Pod of that node; no Service takes part
 * (S7.4.5). A Pod with `hostNetwork` needs no translation: it listens on the node's own addresses.
 */
import { msg } from '../../../catalogue/message.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { Node } from '../../kinds/node/node-spec.ts';
import type { ContainerPort, Pod } from '../../kinds/pod/pod-spec.ts';
import { canonicalIp } from '../../manifests/ip.ts';
import type { FieldPath } from '../../manifests/source.ts';
import type { Packet } from '../../trace/packet.ts';
import { formatSocket } from '../../trace/packet.ts';
import type { HopDecision, State } from '../component.ts';
import { familyOf } from '../../cluster/address-family.ts';
import { isLoopback } from '../network/ip-text.ts';
import { masqueraded } from './masquerade.ts';
import { assumptionsOf, nodeRef } from './service-hop.ts';

interface Listener {
  readonly pod: string;
  readonly object: Pod;
  readonly port: ContainerPort;
  readonly path: FieldPath;
}

const memo = new WeakMap<Cluster, ReadonlyMap<string, readonly Listener[]>>();

/** The Pod with `hostNetwork` that declares the port on this node, by key; null when none does. */
export function hostNetworkListener(cluster: Cluster, node: string, packet: Packet): string | null {
  const found = listeners(cluster, node, packet).find(({ object }) => object.spec.hostNetwork);
  return found?.pod ?? null;
}

/** Hands the packet to the Pod that has this `hostPort` on this node; null when none has. */
export function hostPort(state: State, cluster: Cluster, node: Node): HopDecision | null {
  const { packet, carry } = state;
  const name = node.ref.name;
  const family = familyOf(packet.dst.ip);
  const found = listeners(cluster, name, packet).find(({ object }) => !object.spec.hostNetwork);
  const ip = found?.object.status.podIPs.map(canonicalIp).find((own) => own !== null && familyOf(own) === family);
  if (found === undefined || ip == null) return null;
  const snat = isLoopback(packet.src.ip) || packet.src.ip === ip ? masqueraded(node, family) : null;
  return {
    kind: 'hop',
    hop: 'node',
    actor: { component: 'portmap', instance: name, node: name, namespace: null },
    layer: 'L4',
    verb: msg('kube-proxy.verb'),
    title: msg('node.title.host-port', { node: name, port: Number(packet.dst.port) }),
    why: [msg('node.why.host-port', { pod: found.pod, address: formatSocket(packet.dst) }), msg('node.why.host-port-node', { node: name })],
    rules: ['S7.4.5'],
    because: [{ object: found.object.ref, path: found.path }],
    object: nodeRef(name),
    assumptions: assumptionsOf(
      cluster,
      [found.object.ref, nodeRef(name)],
      carry.client.kind === 'external' && packet.src.ip === carry.client.ip ? ['externalReachesNodes'] : [],
    ),
    commands: [{ line: `iptables-save -t nat | grep CNI-HOSTPORT`, shows: msg('node.command.host-ports', { node: name }) }],
    becomes: {
      kind: 'forward',
      to: [
        {
          place: { kind: 'pod', pod: found.pod },
          packet: { ...packet, src: snat ?? packet.src, dst: { ip, port: found.port.containerPort } },
          carry: { ...carry, source: snat === null ? carry.source : 'node' },
          probability: 1,
        },
      ],
    },
  };
}

function listeners(cluster: Cluster, node: string, { dst, protocol }: Packet): readonly Listener[] {
  let index = memo.get(cluster);
  if (index === undefined) memo.set(cluster, (index = build(cluster)));
  return (index.get(`${node} ${dst.port}/${protocol}`) ?? []).filter(({ port }) => bindsTo(port.hostIP, dst.ip));
}

function bindsTo(hostIP: string | null, ip: string): boolean {
  if (hostIP === null || hostIP === '') return true;
  const own = canonicalIp(hostIP);
  return own === '0.0.0.0' || own === '::' || own === ip;
}

/** By node, port and protocol; Pods with `hostNetwork` under their container ports. */
function build(cluster: Cluster): ReadonlyMap<string, readonly Listener[]> {
  const out = new Map<string, Listener[]>();
  for (const [pod, object] of cluster.pods) {
    if (object.node === null || object.status.phase !== 'Running') continue;
    for (const [containerIndex, container] of object.spec.containers.entries()) {
      for (const [portIndex, port] of container.ports.entries()) {
        const number = object.spec.hostNetwork ? port.containerPort : port.hostPort;
        if (number === null || number === 0) continue;
        const key = `${object.node} ${number}/${port.protocol}`;
        const listener = { pod, object, port, path: ['spec', 'containers', containerIndex, 'ports', portIndex, 'hostPort'] };
        const others = out.get(key);
        if (others === undefined) out.set(key, [listener]);
        else others.push(listener);
      }
    }
  }
  return out;
}
