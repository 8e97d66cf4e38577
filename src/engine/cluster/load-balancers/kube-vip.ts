/**
 * kube-vip (S8.5.6): one node holds the address on an interface of its own (ARP), or every node tells the routers of it
 * (BGP). The addresses come from the ConfigMap of its cloud provider; where it was not pasted, one of 203.0.113.0/24.
 * https://kube-vip.io/docs/usage/kubernetes-services/
 */
import { asText } from '../../manifests/json.ts';
import { msg } from '../../../catalogue/message.ts';
import type { Service } from '../../kinds/service/service-spec.ts';
import type { Manifests } from '../../manifests/document.ts';
import { canonicalIp } from '../../manifests/ip.ts';
import { type AddressBook, type AnnouncedPools, type Announcement, familiesOf } from './announced.ts';
import { firstFree, ipRange } from './ip-ranges.ts';
import { announcementNote, honoursLoadBalancerIP, type Offer, PLAIN, type Refusal, refuse } from './provider.ts';

/** Id of the assumption that it elects a leader per Service, among nodes with an endpoint where the policy is Local. */
export const KUBE_VIP_ELECTION = 'kube-vip-election';

const CLASS = 'kube-vip.io/kube-vip-class';
const ADDRESS = 'kube-vip.io/loadbalancerIPs';
/** Asks for an address by DHCP, which nobody knows beforehand. */
const DHCP = '0.0.0.0';

export function kubeVip(service: Service, mode: Announcement['mode'], electsPerService: boolean): Offer | Refusal {
  if (service.loadBalancerClass !== null && service.loadBalancerClass !== CLASS) {
    return refuse(msg('cluster.lb.class-unknown', { class: service.loadBalancerClass }), ['S8.1.2'], ['spec', 'loadBalancerClass']);
  }
  const asked = askedAddresses(service)[0] ?? null;
  return {
    ...PLAIN,
    kind: 'offer',
    product: 'kube-vip',
    mode: 'passthroughVip',
    why: mode === 'l2' ? msg('cluster.lb.kube-vip-arp') : msg('cluster.lb.kube-vip-bgp'),
    rules: ['S8.5.6'],
    requestedIP: asked,
    announced: { spread: mode === 'l2' ? 'one-node' : 'all-nodes', needsEndpoint: false, perService: mode === 'bgp' || electsPerService },
    sourceFilter: 'nodes',
    notes: [announcementNote(mode, 'S8.5.6'), ...honoursLoadBalancerIP(service)],
  };
}

/** Null when its ConfigMap was not pasted. */
export function kubeVipPools(manifests: Manifests, mode: Announcement['mode'], book: AddressBook): AnnouncedPools | null {
  const data = configuredPools(manifests);
  if (data === null) return null;
  return {
    allocate: (key, service) => {
      const { namespace } = service.ref;
      const sharing = data[`allow-share-${namespace}`] === 'true' ? namespace : '';
      const asked = askedAddresses(service);
      const ranges = poolTexts(data, namespace).flatMap(ipRange);
      const found = familiesOf(service).flatMap((family) => firstFree(ranges, family, (ip) => book.conflict(ip, service, sharing) === null) ?? []);
      const addresses = asked.length > 0 ? asked : found;
      if (addresses.length === 0) return refuse(msg('cluster.lb.kube-vip-no-pool', { namespace }), ['S8.5.6', 'F-47'], ['spec', 'type']);
      for (const ip of addresses) book.give(ip, key, service, sharing);
      return { kind: 'given', addresses };
    },
    announcement: () => ({ mode, isFrom: () => true, preference: () => 0 }),
  };
}

/** The data of the ConfigMap in which its cloud provider looks for pools. */
function configuredPools(manifests: Manifests): Readonly<Record<string, string>> | null {
  const found = manifests.objects.find(({ ref }) => ref.kind === 'ConfigMap' && ref.namespace === 'kube-system' && ref.name === 'kubevip');
  const data = found?.value['data'];
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return null;
  return Object.fromEntries(Object.entries(data).map(([key, text]) => [key, asText(text)]));
}

/** The pools of the namespace, else those of all. */
function poolTexts(data: Readonly<Record<string, string>>, namespace: string): readonly string[] {
  const of = (scope: string) => [data[`cidr-${scope}`], data[`range-${scope}`]].flatMap((text) => text?.split(',') ?? []);
  const own = of(namespace);
  return own.length > 0 ? own : of('global');
}

function askedAddresses(service: Service): readonly string[] {
  const texts = service.metadata.annotations[ADDRESS]?.split(',') ?? (service.loadBalancerIP === null ? [] : [service.loadBalancerIP]);
  return texts.map((text) => canonicalIp(text.trim()) ?? text.trim()).filter((ip) => ip !== '' && ip !== DHCP);
}
