/**
 * Addresses that nodes announce themselves, given from pools in the cluster (S8.5). Whoever gives them keeps a book of
 * what is given, since Services may share an address under conditions of their own.
 */
import type { Node } from '../../kinds/node/node-spec.ts';
import type { Service } from '../../kinds/service/service-spec.ts';
import type { IpFamily } from '../../manifests/ip.ts';
import type { Refusal } from './provider.ts';

export interface AnnouncedPools {
  /** One address per family of the Service, or why it stays without. */
  readonly allocate: (key: string, service: Service) => { readonly kind: 'given'; readonly addresses: readonly string[] } | Refusal;
  /** How the addresses are announced, and by which nodes; null: by nobody, since no advertisement covers them. */
  readonly announcement: (service: Service, addresses: readonly string[]) => Announcement | null;
}

export interface Announcement {
  readonly mode: 'l2' | 'bgp';
  readonly isFrom: (node: Node) => boolean;
  /** The election of one node takes the highest first. */
  readonly preference: (node: Node) => number;
}

/** Who has an address, and with whom it may be shared. */
export interface AddressBook {
  /** Who stands in the way, as a Service key or empty for something else; null: the Service may have the address. */
  readonly conflict: (ip: string, service: Service, sharing: string) => string | null;
  /** Writes down that the Service has the address, under a key of sharing; an empty key shares with nobody. */
  readonly give: (ip: string, key: string, service: Service, sharing: string) => void;
}

/** `taken`: addresses that nodes or others hold, which are never given. */
export function addressBook(taken: Iterable<string>): AddressBook {
  const entries = new Map<string, { readonly sharing: string; readonly backend: string; readonly owner: string; readonly ports: Set<string> }>();
  for (const ip of taken) entries.set(ip, { sharing: '', backend: '', owner: '', ports: new Set() });
  return {
    conflict: (ip, service, sharing) => {
      const entry = entries.get(ip);
      if (entry === undefined) return null;
      const isShared = sharing !== '' && entry.sharing === sharing && entry.backend === backendOf(service);
      return isShared && portsOf(service).every((port) => !entry.ports.has(port)) ? null : entry.owner;
    },
    give: (ip, key, service, sharing) => {
      const entry = entries.get(ip);
      const ports = portsOf(service);
      if (entry === undefined) entries.set(ip, { sharing, backend: backendOf(service), owner: key, ports: new Set(ports) });
      else for (const port of ports) entry.ports.add(port);
    },
  };
}

export function familiesOf({ ipFamilies }: Service): readonly IpFamily[] {
  return ipFamilies.length === 0 ? ['IPv4'] : ipFamilies;
}

function portsOf({ ports }: Service): readonly string[] {
  return ports.map(({ port, protocol }) => `${port}/${protocol}`);
}

/** With policy Local, only Services of the very same Pods can stand behind one address (S8.5.2). */
function backendOf({ externalTrafficPolicy, selector }: Service): string {
  if (externalTrafficPolicy !== 'Local') return '';
  return JSON.stringify(Object.entries(selector ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
