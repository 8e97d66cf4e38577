/** A packet for an address of the node itself: health checks that kube-proxy answers (S7.10), pings, or nobody listens. */
import type { Message } from '../../../catalogue/message.ts';
import { msg } from '../../../catalogue/message.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { endpointsOf } from '../../cluster/endpoints.ts';
import type { Node } from '../../kinds/node/node-spec.ts';
import type { Service } from '../../kinds/service/service-spec.ts';
import type { Packet } from '../../trace/packet.ts';
import { formatSocket } from '../../trace/packet.ts';
import type { HopDecision, State } from '../component.ts';
import { familyOf } from '../../cluster/address-family.ts';
import { isLoopback } from '../network/ip-text.ts';
import { assumptionsOf, because, keyOf, nodeRef, proxyName } from './service-hop.ts';

const PROXY_HEALTH_PORT = 10256;

/** The node answers or refuses: the packet goes no further. */
export function nodeProcess(state: State, cluster: Cluster, node: Node): HopDecision {
  const { packet } = state;
  const name = node.ref.name;
  if (packet.protocol === 'ICMP') return answerPing(cluster, name, packet);
  if (packet.protocol === 'TCP' && packet.http !== null && packet.tls.mode === 'none') {
    const health = healthOf(cluster, node, packet.dst.port, packet.http.path);
    if (health !== null) return answerHealth(state, cluster, name, health);
  }
  return refuse(cluster, node, packet);
}

function answerPing(cluster: Cluster, node: string, packet: Packet): HopDecision {
  return {
    ...base(cluster, node),
    title: msg('node.title.ping', { node }),
    why: [own(packet, node), msg('node.why.ping')],
    rules: ['S7.4.1'],
    because: [{ object: nodeRef(node), path: ['status', 'addresses'] }],
    becomes: { kind: 'end', outcome: { code: 'ACCEPTED' }, stage: null },
  };
}

interface Health {
  readonly status: 200 | 503;
  readonly service: Service | null;
  readonly count: number;
}

function healthOf(cluster: Cluster, node: Node, port: number | '*', path: string): Health | null {
  // S7.10.2: `/livez` tells of kube-proxy alone; `/healthz` asks load balancers away from a node that is about to go.
  if (port === PROXY_HEALTH_PORT) return { status: node.leaving && !path.startsWith('/livez') ? 503 : 200, service: null, count: 0 };
  for (const service of cluster.services.values()) {
    if (service.healthCheckNodePort === 0 || service.healthCheckNodePort !== port || service.externalTrafficPolicy !== 'Local') continue;
    const count = readyLocalEndpoints(cluster, service, node.ref.name);
    return { status: count > 0 ? 200 : 503, service, count };
  }
  return null;
}

/** How many addresses behind the Service are ready on the node: what `healthCheckNodePort` reports (S7.10.1). */
function readyLocalEndpoints(cluster: Cluster, service: Service, node: string): number {
  const ips = new Set<string>();
  for (const port of service.ports) {
    for (const endpoint of endpointsOf(cluster, keyOf(service), port)) if (endpoint.ready && endpoint.node === node) ips.add(endpoint.ip);
  }
  return ips.size;
}

function answerHealth({ packet }: State, cluster: Cluster, node: string, { status, service, count }: Health): HopDecision {
  const port = Number(packet.dst.port);
  return {
    ...base(cluster, node),
    actor: { component: proxyName(cluster), instance: node, node, namespace: null },
    layer: 'L7',
    verb: msg('kube-proxy.verb.answer'),
    title: msg('node.title.health', { node, status }),
    why:
      service === null
        ? [msg('node.why.health-proxy'), ...(status === 503 ? [msg('node.why.health-leaving', { node })] : [])]
        : [msg('node.why.health-local', { port, service: keyOf(service) }), msg('node.why.health-count', { count, node })],
    rules: [service === null ? 'S7.10.2' : 'S7.10.1'],
    because: service === null ? [] : because(service, ['spec', 'healthCheckNodePort']),
    becomes: {
      kind: 'end',
      outcome: { code: 'HTTP', status, producer: 'app' },
      stage: null,
      backend: {
        service: null,
        workload: null,
        pod: null,
        endpoint: formatSocket(packet.dst),
        request: packet.http,
        tls: { encrypted: false, sni: null, clientCertificate: null },
        source: { kind: 'preserved', ip: packet.src.ip },
      },
    },
  };
}

function refuse(cluster: Cluster, node: Node, packet: Packet): HopDecision {
  const name = node.ref.name;
  const port = Number(packet.dst.port);
  const service = nodePortService(cluster, packet);
  return {
    ...base(cluster, name),
    verb: msg('node.verb.refuse'),
    title: msg('node.title.refused', { node: name, port }),
    why:
      service === null
        ? [own(packet, name), msg('node.why.refused')]
        : [msg('node.why.node-port-not-here', { port, service: keyOf(service) }), notHere(cluster, service, packet)],
    rules: service === null ? ['S7.4.1'] : ['S7.4.1', 'F-31'],
    because: service === null ? [] : because(service, ['spec', 'ports', service.ports.findIndex(({ nodePort }) => nodePort === port), 'nodePort']),
    assumptions: assumptionsOf(cluster, [nodeRef(name)], service === null ? [] : ['proxyMode']),
    becomes: { kind: 'end', outcome: { code: 'CONN_REFUSED' }, stage: 'connect' },
  };
}

/** The Service whose node port this is, although this address does not take it. */
function nodePortService(cluster: Cluster, { dst, protocol }: Packet): Service | null {
  if (dst.port === '*' || dst.port === 0) return null;
  for (const service of cluster.services.values()) {
    if (service.ports.some((own) => own.nodePort === dst.port && own.protocol === protocol)) return service;
  }
  return null;
}

function notHere(cluster: Cluster, service: Service, { dst }: Packet): Message {
  const { nodePortAddresses } = cluster.environment;
  const family = familyOf(dst.ip);
  if (!service.ipFamilies.some((own) => own === family)) return msg('node.why.node-port-family');
  if (isLoopback(dst.ip)) return msg(family === 'IPv6' ? 'node.why.node-port-loopback-ipv6' : 'node.why.node-port-loopback');
  if (typeof nodePortAddresses === 'string') return msg('node.why.node-port-primary');
  return msg('node.why.node-port-addresses', { addresses: nodePortAddresses });
}

function own(packet: Packet, node: string): Message {
  return isLoopback(packet.dst.ip) ? msg('node.why.loopback', { address: packet.dst.ip, node }) : msg('node.why.own-address', { address: packet.dst.ip, node });
}

function base(cluster: Cluster, node: string): Omit<HopDecision, 'title' | 'why' | 'rules' | 'because' | 'becomes'> {
  return {
    kind: 'hop',
    hop: 'node',
    actor: { component: 'node', instance: node, node, namespace: null },
    layer: 'L4',
    verb: msg('kube-proxy.verb.answer'),
    object: nodeRef(node),
    assumptions: assumptionsOf(cluster, [nodeRef(node)]),
    commands: [{ line: 'ss -lntup', shows: msg('node.command.listeners', { node }) }],
  };
}
