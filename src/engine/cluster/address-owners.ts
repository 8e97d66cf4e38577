/** Who answers for an address: the routing table of the whole network around the cluster, by canonical IP. */
import type { Node } from '../kinds/node/node-spec.ts';
import type { Pod } from '../kinds/pod/pod-spec.ts';
import type { Service } from '../kinds/service/service-spec.ts';
import { nameKey } from '../manifests/object-ref.ts';
import type { AddressOwner, Controller, LoadBalancer } from './cluster.ts';

/** The first to claim an address keeps it: nodes and Pods really hold theirs, Services only on paper. */
export function addressOwners(
  nodes: ReadonlyMap<string, Node>,
  pods: ReadonlyMap<string, Pod>,
  services: ReadonlyMap<string, Service>,
  loadBalancers: ReadonlyMap<string, LoadBalancer>,
  controllers: readonly Controller[],
): Map<string, AddressOwner> {
  const owners = new Map<string, AddressOwner>();
  const claim = (ip: string, owner: AddressOwner) => {
    if (!owners.has(ip)) owners.set(ip, owner);
  };
  for (const [name, node] of nodes) {
    for (const { type, address } of node.addresses) {
      if (type === 'InternalIP' || type === 'ExternalIP') claim(address, { kind: 'node', node: name, external: type === 'ExternalIP' });
    }
  }
  for (const [key, pod] of pods) {
    if (pod.spec.hostNetwork || pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed') continue;
    for (const ip of pod.status.podIPs) claim(ip, { kind: 'pod', pod: key });
  }
  for (const [service, balancer] of loadBalancers) {
    if (balancer.state === 'active') for (const ip of balancer.addresses) claim(ip, { kind: 'load-balancer', service });
  }
  for (const { balancer } of controllers) for (const ip of balancer?.addresses ?? []) claim(ip, { kind: 'ingress-balancer', name: balancer!.name });
  for (const service of services.values()) {
    const key = nameKey(service.ref.namespace, service.ref.name);
    for (const ip of service.clusterIPs) claim(ip, { kind: 'cluster-ip', service: key });
    for (const ip of service.externalIPs) claim(ip, { kind: 'external-ip', service: key });
  }
  return owners;
}
