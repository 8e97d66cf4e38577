/** Gives every load balancer that is planned for Ingresses its addresses, and finds one by the name it publishes. */
import type { LoadBalancerIngress } from '../../kinds/service/service-spec.ts';
import type { Ingress } from '../../kinds/ingress/ingress-spec.ts';
import type { Controller, IngressBalancer } from '../cluster.ts';
import type { AddressPool } from '../load-balancers/address-pool.ts';
import type { BalancerPlan } from './balancer-plan.ts';

/** What the status of its Ingresses shows outweighs what is made up here. */
export function settleBalancer(plan: BalancerPlan, ingresses: ReadonlyMap<string, Ingress>, pool: AddressPool): Pick<Controller, 'balancer' | 'publishes'> {
  const { name, product, scheme, inbound, trouble, why } = plan;
  const shown = plan.claims.flatMap((key) => ingresses.get(key)?.statusIngress ?? []);
  const ownAddress = plan.source ?? pool.internal('IPv4');
  const common: Omit<IngressBalancer, 'addresses'> = { name, product, scheme, inbound, trouble, why, ownAddress };
  const published: readonly LoadBalancerIngress[] = shown.slice(0, 1).map((entry) => ({ ...entry, ipMode: 'Proxy' }));
  // Without a status nothing shows that there ever was one.
  if (trouble !== null && published.length === 0) return { balancer: { ...common, addresses: [] }, publishes: [] };
  const address = published[0]?.ip ?? (scheme === 'internal' ? pool.internal('IPv4') : pool.external('IPv4'));
  const publishes = published.length > 0 ? published : [plan.hostname === null ? entry(address, null) : entry(null, plan.hostname)];
  return { balancer: { ...common, addresses: [address] }, publishes };
}

function entry(ip: string | null, hostname: string | null): LoadBalancerIngress {
  return { ip, hostname, ipMode: 'Proxy' };
}
