/**
 * The network between components: hands a packet to the owner of its destination address. It decides nothing about
 * Services; where nobody owns the address, or no way leads there from the sender's side, the packet is lost.
 */
import { msg, type Message } from '../../../catalogue/message.ts';
import type { AddressOwner, Cluster, LoadBalancer } from '../../cluster/cluster.ts';
import type { Service } from '../../kinds/service/service-spec.ts';
import { nameKey } from '../../manifests/object-ref.ts';
import { canonicalIp } from '../../manifests/ip.ts';
import type { FieldPath } from '../../manifests/source.ts';
import { formatSocket, type Packet } from '../../trace/packet.ts';
import type { Component, Decision, Place, State } from '../component.ts';
import { builtIns } from '../dns/built-in.ts';
import { externalAddress } from '../external/address.ts';
import { isDown } from '../../cluster/nodes.ts';
import { assumptionsOf } from '../kube-proxy/service-hop.ts';
import { dropped } from './dropped.ts';
import { toIngressBalancer } from './ingress-balancer.ts';
import { isInCidr, isPrivate } from './ip-text.ts';
import { lost } from './lost.ts';

export const network: Component = (state, { cluster }) => {
  const owner = cluster.addressOwners.get(state.packet.dst.ip);
  if (owner === undefined) return unowned(state, cluster);
  switch (owner.kind) {
    case 'pod':
      return toPod(state, cluster, owner.pod);
    case 'node':
      return toNode(state, cluster, owner);
    case 'cluster-ip':
      return toClusterIP(state, cluster, owner.service);
    case 'external-ip':
      return toExternalIP(state, cluster, owner.service);
    case 'load-balancer':
      return toLoadBalancer(state, cluster, sharerOf(cluster, state.packet, owner.service));
    case 'ingress-balancer':
      return toIngressBalancer(state, cluster, owner.name);
  }
};

function pass(state: State, place: Place): Decision {
  return { kind: 'pass', to: { ...state, place } };
}

function isFromInternet({ place }: State): boolean {
  return place.kind === 'network' && place.from === 'internet';
}

function toPod(state: State, cluster: Cluster, key: string): Decision {
  const pod = cluster.pods.get(key);
  const address = state.packet.dst.ip;
  if (isFromInternet(state)) {
    return lost({
      title: msg('network.title.pod-ip'),
      why: [msg('network.why.pod-ip', { address, pod: key }), msg('network.why.cluster-ip-instead')],
      rules: ['S1.6'],
      outcome: { code: 'NO_ROUTE' },
      object: pod?.ref ?? null,
    });
  }
  if (pod?.node != null && isDown(cluster, pod.node)) return nodeDown(state, pod.node);
  if (pod?.node != null && comesBack(state, pod.node)) return hairpin(state, pod.node);
  return pass(state, { kind: 'pod', pod: key });
}

function nodeDown({ packet }: State, node: string): Decision {
  return lost({
    title: msg('network.title.node-down', { node }),
    why: [msg('network.why.node-down', { address: formatSocket(packet.dst), node })],
    rules: ['F-96', 'S17.4'],
    outcome: dropped(packet),
    object: { kind: 'Node', namespace: '', name: node },
    commands: [{ line: 'kubectl get nodes -o wide', shows: msg('network.command.nodes') }],
  });
}

/** A load balancer that keeps the source sends a client of the cluster back to its own node (S8.2.8). */
function comesBack({ place, packet, carry }: State, node: string): boolean {
  return place.kind === 'network' && place.from === 'load-balancer' && carry.client.node === node && carry.client.ip === packet.src.ip;
}

function hairpin({ packet }: State, node: string): Decision {
  return lost({
    title: msg('network.title.hairpin', { node }),
    why: [msg('network.why.hairpin', { source: packet.src.ip, node }), msg('network.why.hairpin-instead')],
    rules: ['S8.2.8', 'F-49'],
    outcome: dropped(packet),
    object: { kind: 'Node', namespace: '', name: node },
  });
}

function toNode(state: State, cluster: Cluster, owner: Extract<AddressOwner, { kind: 'node' }>): Decision {
  const { packet } = state;
  const { node } = owner;
  if (isDown(cluster, node)) return nodeDown(state, node);
  if (comesBack(state, node)) return hairpin(state, node);
  const isPublic = owner.external || cluster.environment.externalReachesNodes === 'anyAddress';
  if (isFromInternet(state) && !isPublic && !isPrivate(packet.src.ip)) {
    const ref = { kind: 'Node', namespace: '', name: node };
    return lost({
      title: msg('network.title.private-node', { node }),
      why: [msg('network.why.private-node', { address: packet.dst.ip, node }), msg('network.why.firewall')],
      rules: ['S7.4.2', 'F-30'],
      outcome: dropped(packet),
      because: [{ object: ref, path: ['status', 'addresses'] }],
      object: ref,
      assumptions: assumptionsOf(cluster, [ref], ['externalReachesNodes']),
      commands: [{ line: 'kubectl get nodes -o wide', shows: msg('network.command.nodes') }],
    });
  }
  return pass(state, { kind: 'node', node, entered: 'network' });
}

function toClusterIP(state: State, cluster: Cluster, key: string): Decision {
  const { packet } = state;
  const service = cluster.services.get(key);
  const address = packet.dst.ip;
  if (isFromInternet(state)) {
    return lost({
      title: msg('network.title.cluster-ip'),
      why: [msg('network.why.cluster-ip', { address, service: key }), msg('network.why.cluster-ip-instead')],
      rules: ['F-26', 'S7.5.13'],
      outcome: dropped(packet),
      ...(service === undefined ? {} : aboutService(cluster, service, ['spec', 'type'])),
    });
  }
  // Nodes translate ClusterIPs before a packet gets here: this one is the result of a translation (S5.6).
  return lost({
    title: msg('network.title.endpoint-is-cluster-ip'),
    why: [msg('network.why.endpoint-is-cluster-ip', { address, service: key })],
    rules: ['S5.6'],
    outcome: dropped(packet),
    ...(service === undefined ? {} : aboutService(cluster, service, ['spec', 'clusterIP'])),
  });
}

/** Someone routes external IPs to the nodes (S7.11): without more knowledge, to the first that is ready. */
function toExternalIP(state: State, cluster: Cluster, key: string): Decision {
  const { packet } = state;
  const address = packet.dst.ip;
  const service = cluster.services.get(key);
  const about = service === undefined ? {} : aboutService(cluster, service, ['spec', 'externalIPs']);
  if (!isFromInternet(state)) return noSuchPort(state, cluster, key);
  for (const [node, { ready }] of cluster.nodes) {
    if (ready && !isDown(cluster, node)) return pass(state, { kind: 'node', node, entered: 'network' });
  }
  return lost({
    title: msg('network.title.external-ip-without-node', { address }),
    why: [msg('network.why.external-ip', { address, service: key })],
    rules: ['S7.11'],
    outcome: dropped(packet),
    ...about,
  });
}

/** The sender's node knows the address, yet no rule took the packet: the port is none of the Service's. */
function noSuchPort({ packet }: State, cluster: Cluster, key: string): Decision {
  const service = cluster.services.get(key);
  return lost({
    title: msg('network.title.no-port', { service: key, port: `${packet.dst.port}/${packet.protocol}` }),
    why: [
      msg('network.why.no-port', { address: packet.dst.ip, service: key, ports: (service?.ports ?? []).map(({ port, protocol }) => `${port}/${protocol}`) }),
    ],
    rules: ['S7.1.3', 'F-25'],
    outcome: dropped(packet),
    ...(service === undefined ? {} : aboutService(cluster, service, ['spec', 'ports'])),
  });
}

/** Services that share an address differ in their ports (S8.5.2): the one that has the packet's, else the first. */
function sharerOf(cluster: Cluster, { dst, protocol }: Packet, first: string): string {
  const serves = (key: string) => cluster.services.get(key)?.ports.some((own) => own.port === dst.port && own.protocol === protocol) === true;
  if (serves(first)) return first;
  for (const [key, { state, addresses }] of cluster.loadBalancers) if (state === 'active' && addresses.includes(dst.ip) && serves(key)) return key;
  return first;
}

function toLoadBalancer(state: State, cluster: Cluster, key: string): Decision {
  const { packet } = state;
  const loadBalancer = cluster.loadBalancers.get(key);
  const service = cluster.services.get(loadBalancer?.service ?? key);
  const about = service === undefined ? {} : aboutService(cluster, service, loadBalancer?.decidedBy ?? ['spec', 'type']);
  if (loadBalancer === undefined || loadBalancer.state === 'pending') {
    return lost({
      title: msg('network.title.pending', { service: key }),
      why: [msg('network.why.pending'), ...(loadBalancer === undefined ? [] : [loadBalancer.why])],
      rules: ['S8.1.1', 'F-40'],
      outcome: dropped(packet),
      ...about,
    });
  }
  if (loadBalancer.scheme === 'internal' && isFromInternet(state) && !isPrivate(packet.src.ip)) {
    return lost({
      title: msg('network.title.internal-load-balancer', { service: key }),
      why: [msg('network.why.internal', { client: packet.src.ip }), whyInternal(loadBalancer, service)],
      rules: ['S8.2.5', 'F-45'],
      outcome: dropped(packet),
      ...about,
    });
  }
  return pass(state, { kind: 'load-balancer', service: key });
}

/** S8.2.5: the AWS Load Balancer Controller makes what names no scheme internal; Google and Azure ask for an annotation. */
function whyInternal({ product }: LoadBalancer, service: Service | undefined): Message {
  if (!product.startsWith('AWS')) return msg('network.why.internal-elsewhere');
  const isStated = Object.keys(service?.metadata.annotations ?? {}).some((name) => /aws-load-balancer-(scheme|internal)$/.test(name));
  return isStated ? msg('network.why.internal-use') : msg('network.why.internal-default');
}

function unowned(state: State, cluster: Cluster): Decision {
  const { packet, carry } = state;
  const address = packet.dst.ip;
  const { podCIDR, serviceCIDR } = cluster.environment;
  const name = [carry.resolution.cname, carry.resolution.name].find((own) => own !== null && externalAddress(own) === address);
  if (name != null) return pass(state, { kind: 'external', name });
  if (!isFromInternet(state)) {
    const endpointNode = endpointNodes(cluster).get(address);
    if (endpointNode != null && isDown(cluster, endpointNode)) return nodeDown(state, endpointNode);
    // Somebody listed the address as an endpoint: there is a host, though no Pod of these manifests.
    if (endpointNode !== undefined) return pass(state, { kind: 'external', name: address });
  }
  const builtIn = isFromInternet(state) ? undefined : builtIns(cluster).find((own) => own.address === address);
  if (builtIn !== undefined) {
    const { namespace, name: service } = builtIn.object;
    if (builtIn.ports.some(({ port, protocol }) => port === packet.dst.port && protocol === packet.protocol))
      return pass(state, { kind: 'external', name: `${service}.${namespace}` });
    return lost({
      title: msg('network.title.no-port', { service: nameKey(namespace, service), port: `${packet.dst.port}/${packet.protocol}` }),
      why: [
        msg('network.why.no-port', { address, service: nameKey(namespace, service), ports: builtIn.ports.map(({ port, protocol }) => `${port}/${protocol}`) }),
      ],
      rules: ['S7.1.3', 'F-25'],
      outcome: dropped(packet),
    });
  }
  const commands = [{ line: `kubectl get pods,services -A -o wide | grep -F ${address}`, shows: msg('network.command.who') }];
  if (podCIDR.some((range) => isInCidr(address, range))) {
    return lost({
      title: msg('network.title.no-pod', { address }),
      why: [msg('network.why.no-pod')],
      rules: ['S1.6'],
      outcome: { code: 'NO_ROUTE' },
      commands,
    });
  }
  if (serviceCIDR.some((range) => isInCidr(address, range))) {
    return lost({
      title: msg('network.title.no-service', { address }),
      why: [msg('network.why.no-service')],
      rules: ['S7.1.4'],
      outcome: dropped(packet),
      commands,
    });
  }
  if (!isFromInternet(state)) return pass(state, { kind: 'external', name: address });
  return lost({
    title: msg('network.title.unknown', { address }),
    why: [msg('network.why.unknown', { address })],
    rules: ['S1.6'],
    outcome: dropped(packet),
    assumptions: assumptionsOf(cluster, [], ['nodes']),
    commands: [...commands, { line: `kubectl get nodes -o wide | grep -F ${address}`, shows: msg('network.command.nodes') }],
  });
}

const memo = new WeakMap<Cluster, ReadonlyMap<string, string | null>>();

/** Every address that some EndpointSlice lists, and the node it names. */
function endpointNodes(cluster: Cluster): ReadonlyMap<string, string | null> {
  let nodes = memo.get(cluster);
  if (nodes === undefined) {
    const entries = [...cluster.endpointSlices.values()].flat().flatMap((slice) => slice.endpoints);
    nodes = new Map(entries.flatMap(({ addresses, nodeName }) => addresses.map((address) => [canonicalIp(address) ?? address, nodeName] as const)));
    memo.set(cluster, nodes);
  }
  return nodes;
}

function aboutService(cluster: Cluster, { ref }: Service, path: FieldPath) {
  return {
    because: [{ object: ref, path }],
    object: ref,
    assumptions: assumptionsOf(cluster, [ref]),
    commands: [{ line: `kubectl get service -n ${ref.namespace} ${ref.name} -o wide`, shows: msg('network.command.service') }],
  };
}
