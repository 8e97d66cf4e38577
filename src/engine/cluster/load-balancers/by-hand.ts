/** Proxies outside the cluster that somebody set up before a Service's node ports (S8.5.6, last row of S8.6). */
import { msg } from '../../../catalogue/message.ts';
import type { Node } from '../../kinds/node/node-spec.ts';
import type { ProxySpec } from '../../kinds/scenario/scenario-spec.ts';
import type { Service } from '../../kinds/service/service-spec.ts';
import { canonicalIp } from '../../manifests/ip.ts';
import type { LoadBalancer } from '../cluster.ts';

export function proxyByHand(proxy: ProxySpec, service: Service, nodes: ReadonlyMap<string, Node>): LoadBalancer {
  const address = canonicalIp(proxy.address) ?? proxy.address;
  const hasNodePorts = service.ports.some(({ nodePort }) => nodePort !== 0);
  const all = [...nodes.values()];
  return {
    service: proxy.service,
    product: proxy.product ?? proxy.name,
    state: hasNodePorts ? 'active' : 'pending',
    why: hasNodePorts
      ? msg('cluster.lb.by-hand', { proxy: proxy.name, service: proxy.service })
      : msg('cluster.lb.by-hand-no-node-port', { proxy: proxy.name, service: proxy.service }),
    rules: ['S8.5.6', 'S8.6'],
    decidedBy: hasNodePorts ? null : ['spec', 'type'],
    mode: 'proxy',
    ingress: [{ ip: address, hostname: null, ipMode: 'Proxy' }],
    addresses: [address],
    ownAddress: address,
    scheme: 'internet-facing',
    preservesClientIP: false,
    proxyProtocol: proxy.proxyProtocol === true,
    tls: null,
    http: false,
    announced: false,
    // Whoever set it up decided about its health checks too.
    heedsLocal: false,
    sourceFilter: 'own',
    hashesSource: false,
    notes: [],
    nodes: all.filter((node) => node.ready).map((node) => node.ref.name),
    excluded: all.filter((node) => !node.ready).map((node) => ({ what: node.ref.name, why: msg('cluster.lb.node-not-ready', { node: node.ref.name }) })),
    assumption: null,
  };
}
