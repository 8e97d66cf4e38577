/**
 * What kube-proxy matches packets against: every address, port and protocol that stands for a Service (S7.1.3).
 * Headless Services and ExternalName have no frontend.
 */
import type { Cluster } from '../../cluster/cluster.ts';
import type { Node } from '../../kinds/node/node-spec.ts';
import type { Service, ServicePort } from '../../kinds/service/service-spec.ts';
import type { Packet } from '../../trace/packet.ts';
import { familyOf } from '../../cluster/address-family.ts';
import { clusterIPs } from './cluster-ip.ts';
import { externalIPs } from './external-ip.ts';
import { loadBalancerVIPs } from './load-balancer-vip.ts';
import { takesNodePorts } from './node-port.ts';

export interface Frontend {
  readonly kind: 'cluster-ip' | 'external-ip' | 'load-balancer-vip' | 'node-port';
  readonly service: Service;
  readonly port: ServicePort;
  /** Index in `spec.ports`. */
  readonly index: number;
}

interface FrontendIndex {
  readonly byAddress: ReadonlyMap<string, Frontend>;
  readonly byNodePort: ReadonlyMap<string, readonly Frontend[]>;
}

const memo = new WeakMap<Cluster, FrontendIndex>();

/** The frontend that takes the packet on this node, or null: then the packet is routed as it is. */
export function findFrontend(cluster: Cluster, node: Node, packet: Packet): Frontend | null {
  const { byAddress, byNodePort } = frontendsOf(cluster);
  const { ip, port } = packet.dst;
  const found = byAddress.get(`${ip} ${port}/${packet.protocol}`);
  if (found !== undefined) return found;
  const candidates = byNodePort.get(`${port}/${packet.protocol}`);
  if (candidates === undefined || !takesNodePorts(cluster, node, ip)) return null;
  const family = familyOf(ip);
  return candidates.find(({ service }) => service.ipFamilies.length === 0 || service.ipFamilies.some((own) => own === family)) ?? null;
}

function frontendsOf(cluster: Cluster): FrontendIndex {
  let index = memo.get(cluster);
  if (index === undefined) memo.set(cluster, (index = build(cluster)));
  return index;
}

function build(cluster: Cluster): FrontendIndex {
  const byAddress = new Map<string, Frontend>();
  const byNodePort = new Map<string, Frontend[]>();
  for (const service of cluster.services.values()) {
    if (service.type === 'ExternalName' || service.headless) continue;
    const addresses = [
      { kind: 'cluster-ip', ips: clusterIPs(service) },
      { kind: 'external-ip', ips: externalIPs(service) },
      { kind: 'load-balancer-vip', ips: loadBalancerVIPs(cluster, service) },
    ] as const;
    for (const [index, port] of service.ports.entries()) {
      for (const { kind, ips } of addresses) {
        for (const ip of ips) {
          const key = `${ip} ${port.port}/${port.protocol}`;
          // Two Services that claim one address and port: the first rule in the kernel's list wins.
          if (!byAddress.has(key)) byAddress.set(key, { kind, service, port, index });
        }
      }
      if (port.nodePort === 0) continue;
      const key = `${port.nodePort}/${port.protocol}`;
      const frontend: Frontend = { kind: 'node-port', service, port, index };
      const others = byNodePort.get(key);
      if (others === undefined) byNodePort.set(key, [frontend]);
      else others.push(frontend);
    }
  }
  return { byAddress, byNodePort };
}
