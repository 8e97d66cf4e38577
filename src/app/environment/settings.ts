import { msg, type Message } from '../../catalogue/message.ts';
import type { Environment, Json } from '../../engine/index.ts';

/** One key of `spec.environment`, and how a person sets it. Keys and defaults are those of S1.3. */
export type Setting = { readonly key: keyof Environment; readonly label: Message; readonly help: Message } & (
  | { readonly kind: 'choice'; readonly choices: readonly (readonly [value: string, label: Message])[] }
  | { readonly kind: 'switch' }
  /** A list is written with commas. */
  | { readonly kind: 'text'; readonly isList: boolean }
);

export const settings: readonly Setting[] = [
  { key: 'complete', kind: 'switch', label: msg('app.env.complete'), help: msg('app.env.complete.help') },
  {
    key: 'cloud',
    kind: 'choice',
    label: msg('app.env.cloud'),
    help: msg('app.env.cloud.help'),
    choices: [
      ['none', msg('app.env.cloud.none')],
      ['aws-lbc', msg('app.env.cloud.aws-lbc')],
      ['aws-intree', msg('app.env.cloud.aws-intree')],
      ['gcp', msg('app.env.cloud.gcp')],
      ['azure', msg('app.env.cloud.azure')],
      ['metallb-l2', msg('app.env.cloud.metallb-l2')],
      ['metallb-bgp', msg('app.env.cloud.metallb-bgp')],
      ['kube-vip-arp', msg('app.env.cloud.kube-vip-arp')],
      ['kube-vip-bgp', msg('app.env.cloud.kube-vip-bgp')],
      ['generic-passthrough', msg('app.env.cloud.generic-passthrough')],
      ['generic-proxy', msg('app.env.cloud.generic-proxy')],
    ],
  },
  {
    key: 'proxyMode',
    kind: 'choice',
    label: msg('app.env.proxy-mode'),
    help: msg('app.env.proxy-mode.help'),
    choices: [
      ['iptables', msg('app.env.proxy-mode.iptables')],
      ['nftables', msg('app.env.proxy-mode.nftables')],
      ['ipvs', msg('app.env.proxy-mode.ipvs')],
      ['ebpf', msg('app.env.proxy-mode.ebpf')],
    ],
  },
  {
    key: 'externalReachesNodes',
    kind: 'choice',
    label: msg('app.env.reach'),
    help: msg('app.env.reach.help'),
    choices: [
      ['anyAddress', msg('app.env.reach.any')],
      ['externalIPOnly', msg('app.env.reach.external')],
    ],
  },
  {
    key: 'nodePortAddresses',
    kind: 'choice',
    label: msg('app.env.node-port-addresses'),
    help: msg('app.env.node-port-addresses.help'),
    choices: [
      ['all', msg('app.env.node-port-addresses.all')],
      ['primary', msg('app.env.node-port-addresses.primary')],
    ],
  },
  { key: 'masqueradeAll', kind: 'switch', label: msg('app.env.masquerade-all'), help: msg('app.env.masquerade-all.help') },
  { key: 'detectLocal', kind: 'switch', label: msg('app.env.detect-local'), help: msg('app.env.detect-local.help') },
  { key: 'localhostNodePorts', kind: 'switch', label: msg('app.env.localhost-node-ports'), help: msg('app.env.localhost-node-ports.help') },
  {
    key: 'podDnsMode',
    kind: 'choice',
    label: msg('app.env.pod-dns'),
    help: msg('app.env.pod-dns.help'),
    choices: [
      ['insecure', msg('app.env.pod-dns.insecure')],
      ['verified', msg('app.env.pod-dns.verified')],
      ['disabled', msg('app.env.pod-dns.disabled')],
    ],
  },
  { key: 'clusterDomain', kind: 'text', isList: false, label: msg('app.env.cluster-domain'), help: msg('app.env.cluster-domain.help') },
  { key: 'nodeSearchDomains', kind: 'text', isList: true, label: msg('app.env.node-search'), help: msg('app.env.node-search.help') },
  { key: 'date', kind: 'text', isList: false, label: msg('app.env.date'), help: msg('app.env.date.help') },
  { key: 'podCIDR', kind: 'text', isList: true, label: msg('app.env.pod-cidr'), help: msg('app.env.pod-cidr.help') },
  { key: 'serviceCIDR', kind: 'text', isList: true, label: msg('app.env.service-cidr'), help: msg('app.env.service-cidr.help') },
  { key: 'nodePortRange', kind: 'text', isList: false, label: msg('app.env.node-port-range'), help: msg('app.env.node-port-range.help') },
  { key: 'kubernetesVersion', kind: 'text', isList: false, label: msg('app.env.version'), help: msg('app.env.version.help') },
];

/** The value as it stands in a text field. */
export function shown(environment: Environment, key: Setting['key']): string {
  const value = environment[key];
  if (key === 'nodePortRange') return environment.nodePortRange.join('-');
  if (Array.isArray(value)) return value.join(', ');
  if (value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** What a text field says as a value of the Scenario; undefined gives the default back. */
export function stated(text: string, isList: boolean): Json | undefined {
  const items = text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
  if (items.length === 0) return undefined;
  return isList ? items : items.join(',');
}
