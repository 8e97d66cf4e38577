/** What all kube-proxy hops have in common: who acts, where, for which Service. */
import type { Message } from '../../../catalogue/message.ts';
import { msg } from '../../../catalogue/message.ts';
import type { Cluster, Endpoint } from '../../cluster/cluster.ts';
import type { Service } from '../../kinds/service/service-spec.ts';
import type { ObjectRef } from '../../manifests/object-ref.ts';
import { nameKey, refKey } from '../../manifests/object-ref.ts';
import type { Command, Consulted } from '../../trace/hop.ts';
import type { SocketAddress } from '../../trace/packet.ts';
import { formatSocket } from '../../trace/packet.ts';
import type { HopDecision, Reason } from '../component.ts';

export function keyOf(service: Service): string {
  return nameKey(service.ref.namespace, service.ref.name);
}

export function nodeRef(name: string): ObjectRef {
  return { kind: 'Node', namespace: '', name };
}

/** Name of what translates on nodes in this environment. */
export function proxyName(cluster: Cluster): string {
  return cluster.environment.proxyMode === 'ebpf' ? 'eBPF data plane' : 'kube-proxy';
}

export function proxyHop(
  cluster: Cluster,
  node: string,
  decision: Omit<HopDecision, 'kind' | 'hop' | 'actor' | 'layer' | 'verb' | 'object'> & { readonly verb?: Message },
): HopDecision {
  return {
    verb: msg('kube-proxy.verb'),
    ...decision,
    kind: 'hop',
    hop: 'kube-proxy',
    actor: { component: proxyName(cluster), instance: node, node, namespace: null },
    layer: 'L4',
    object: nodeRef(node),
  };
}

/** The Service as the address the packet carried: solid on the map. */
export function addressed(service: Service): Consulted {
  return { object: service.ref, role: 'addressed', address: service.clusterIPs[0] ?? null };
}

/** Ids of assumptions that brought these objects into being, and of the defaults named that the cluster really takes. */
export function assumptionsOf(cluster: Cluster, refs: readonly ObjectRef[], defaults: readonly string[] = []): readonly string[] {
  const out = new Set<string>();
  for (const ref of refs) {
    const assumption = cluster.provenance.get(refKey(ref))?.assumption;
    if (assumption != null) out.add(assumption);
  }
  for (const id of defaults) if (cluster.assumptions.get(id)?.origin === 'default') out.add(id);
  return [...out];
}

export function podRefs(cluster: Cluster, endpoints: readonly Endpoint[]): readonly ObjectRef[] {
  return endpoints.flatMap(({ pod }) => (pod === null ? [] : (cluster.pods.get(pod)?.ref ?? [])));
}

export function because(service: Service, ...paths: readonly Reason['path'][]): readonly Reason[] {
  return paths.map((path) => ({ object: service.ref, path }));
}

export function endpointsCommand({ ref }: Service): Command {
  return { line: `kubectl get endpointslices -n ${ref.namespace} -l kubernetes.io/service-name=${ref.name}`, shows: msg('kube-proxy.command.endpoints') };
}

export function serviceCommand({ ref }: Service): Command {
  return { line: `kubectl get service -n ${ref.namespace} ${ref.name} -o yaml`, shows: msg('kube-proxy.command.service') };
}

/** The rules as the kernel of the node lists them. In iptables mode those that reject or drop stand in another table. */
export function rulesCommand(cluster: Cluster, node: string, service: Service, dst: SocketAddress, protocol: string, table: 'nat' | 'filter' = 'nat'): Command {
  switch (cluster.environment.proxyMode) {
    case 'iptables':
      if (table === 'filter') return { line: `iptables-save -t filter | grep '${keyOf(service)}'`, shows: msg('kube-proxy.command.iptables-filter', { node }) };
      return { line: `iptables-save -t nat | grep '${keyOf(service)}'`, shows: msg('kube-proxy.command.iptables', { node }) };
    case 'nftables':
      return { line: `nft -s list ruleset | grep '${keyOf(service)}'`, shows: msg('kube-proxy.command.nftables', { node }) };
    case 'ipvs':
      return { line: `ipvsadm -Ln -${protocol === 'UDP' ? 'u' : 't'} ${formatSocket(dst)}`, shows: msg('kube-proxy.command.ipvs', { node }) };
    case 'ebpf':
      return { line: `cilium-dbg service list | grep '${formatSocket(dst)}'`, shows: msg('kube-proxy.command.iptables', { node }) };
  }
}
