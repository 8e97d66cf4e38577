/** Services of type LoadBalancer: by way of a node, straight to the Pods, by MetalLB (S8). */
import { msg, type Message } from '../../../catalogue/message.ts';
import type { Cluster, LoadBalancer } from '../../cluster/cluster.ts';
import type { Cloud } from '../../kinds/scenario/scenario-spec.ts';
import type { WayId } from '../comparison.ts';
import { bothForms } from '../urls.ts';
import { balancerOf, dialled, keyOf, portIn, publishedAddress, serviceIn, writtenService } from './reading.ts';
import { newService, serviceManifest } from './service-manifest.ts';
import type { EnvironmentEdit, Situation, Standing, Way } from './way.ts';

const AWS = 'service.beta.kubernetes.io/aws-load-balancer-';

/** What tells a provider to reach the Internet, and where to send: only the AWS controller has to be told (S8.2.5). */
export function providerAnnotations(cloud: Cloud, targets: 'instance' | 'ip'): Readonly<Record<string, string>> {
  return cloud === 'aws-lbc' ? { [`${AWS}type`]: 'external', [`${AWS}nlb-target-type`]: targets, [`${AWS}scheme`]: 'internet-facing' } : {};
}

interface Kind {
  readonly id: WayId;
  readonly title: Message;
  readonly suffix: string;
  readonly fits: (balancer: LoadBalancer) => boolean;
  /** The cloud it needs, given the one there is. */
  readonly cloud: (now: Cloud, isStated: boolean) => Cloud;
  /** How AWS is told where to send; other providers have one way each. */
  readonly targets: 'instance' | 'ip';
}

function way({ id, title, suffix, fits, cloud, targets }: Kind): Way {
  return {
    id,
    title,
    insideOnly: false,
    hasController: false,
    carrier: () => null,
    find: (situation) =>
      writtenService(situation, (service) => {
        const balancer = balancerOf(situation.cluster, service.ref);
        return service.type === 'LoadBalancer' && balancer !== null && fits(balancer);
      }),
    make: (situation) => {
      const ref = newService(situation, suffix);
      const { environment } = situation.cluster;
      const provider = cloud(environment.cloud, environment.stated.includes('cloud'));
      const annotations = providerAnnotations(provider, targets);
      const isLocal = situation.keepsClientAddress && targets === 'instance';
      const kept = targets === 'ip' && situation.keepsClientAddress ? { [`${AWS}target-group-attributes`]: 'preserve_client_ip.enabled=true' } : {};
      const spec = { type: 'LoadBalancer', ...(isLocal && { externalTrafficPolicy: 'Local' }) };
      return {
        object: ref,
        service: ref,
        objects: [serviceManifest(situation, ref, { annotations: { ...annotations, ...kept }, spec })],
        environment: provider === environment.cloud ? [] : [cloudEdit(provider)],
      };
    },
    publishes: ({ service }) => ({ service: keyOf(service) }),
    takes: (trace, { service }, cluster) => {
      const to = dialled(trace);
      return to !== null && (balancerOf(cluster, service)?.addresses.includes(to.ip) ?? false);
    },
    calls: callsOf,
    detail: detailOf,
  };
}

export function cloudEdit(cloud: Cloud): EnvironmentEdit {
  return { path: ['spec', 'environment', 'cloud'], value: cloud, says: msg('compare.what-if.cloud', { cloud }) };
}

/** By the public name where one is asked for, else by the address that the load balancer publishes. */
export function callsOf({ service }: Standing, cluster: Cluster, situation: Situation): ReturnType<Way['calls']> {
  const { asked, flow, publicHost } = situation;
  const found = serviceIn(cluster, service);
  const port = found === null ? null : portIn(found, situation);
  const host = publicHost ?? publishedAddress(balancerOf(cluster, service));
  return host === null ? [] : bothForms(asked, flow, host, port?.port ?? flow.port);
}

export function detailOf({ service }: Standing, cluster: Cluster): Message {
  const balancer = balancerOf(cluster, service);
  if (balancer === null || balancer.state === 'pending') return msg('compare.detail.pending');
  const { product } = balancer;
  switch (balancer.mode) {
    case 'ipTarget':
      return msg('compare.detail.ip-target', { product });
    case 'passthroughVip':
      return msg('compare.detail.by-node', { product });
    case 'proxy':
    case 'passthroughNodePort':
      return msg('compare.detail.by-node-port', { product });
  }
}

/** Without a known provider a plain one that sends to node ports is taken. */
const anyProvider = (now: Cloud, isStated: boolean): Cloud => (now === 'none' || (now === 'generic-passthrough' && !isStated) ? 'generic-proxy' : now);

export const loadBalancer = way({
  id: 'load-balancer',
  title: msg('compare.way.load-balancer'),
  suffix: 'load-balancer',
  fits: ({ mode }) => mode !== 'ipTarget',
  cloud: anyProvider,
  targets: 'instance',
});

export const loadBalancerIp = way({
  id: 'load-balancer-ip',
  title: msg('compare.way.load-balancer'),
  suffix: 'load-balancer-ip',
  fits: ({ mode }) => mode === 'ipTarget',
  cloud: () => 'aws-lbc',
  targets: 'ip',
});

export const metallb = way({
  id: 'metallb',
  title: msg('compare.way.metallb'),
  suffix: 'metallb',
  fits: ({ product }) => product === 'MetalLB',
  cloud: (now) => (now.startsWith('metallb') ? now : 'metallb-l2'),
  targets: 'instance',
});
