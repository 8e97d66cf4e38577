/** A proxy that somebody sets up outside the cluster, before the node ports of a Service (S8.5.6). */
import { msg } from '../../../catalogue/message.ts';
import type { Json } from '../../manifests/document.ts';
import { callsOf } from './load-balancer.ts';
import { balancerOf, dialled, keyOf, writtenService } from './reading.ts';
import { newService, serviceManifest } from './service-manifest.ts';
import type { Way } from './way.ts';

export const ownProxy: Way = {
  id: 'own-proxy',
  title: msg('compare.way.own-proxy'),
  insideOnly: false,
  hasController: false,
  carrier: () => null,
  find: (situation) => {
    const proxied = new Set(situation.cluster.environment.proxies.map(({ service }) => service));
    return writtenService(situation, ({ type, ref }) => type === 'NodePort' && proxied.has(keyOf(ref)));
  },
  make: (situation) => {
    const ref = newService(situation, 'node-port');
    const { proxies } = situation.cluster.environment;
    const taken = new Set(proxies.map(({ address }) => address));
    // From the second documentation range (RFC 5737), as outside the cluster as the proxy.
    let last = 20;
    while (taken.has(`198.51.100.${last}`)) last++;
    const proxy: Json = { name: 'edge', product: 'NGINX', address: `198.51.100.${last}`, service: keyOf(ref) };
    const says = msg('compare.what-if.proxy', { address: `198.51.100.${last}` });
    return {
      object: ref,
      service: ref,
      objects: [serviceManifest(situation, ref, { spec: { type: 'NodePort' } })],
      environment: [{ path: ['spec', 'environment', 'proxies', proxies.length], value: proxy, says }],
    };
  },
  publishes: ({ service }) => ({ service: keyOf(service) }),
  takes: (trace, { service }, cluster) => {
    const to = dialled(trace);
    return to !== null && (balancerOf(cluster, service)?.addresses.includes(to.ip) ?? false);
  },
  calls: callsOf,
  detail: ({ service }, cluster) => msg('compare.detail.own-proxy', { product: balancerOf(cluster, service)?.product ?? 'NGINX' }),
};
