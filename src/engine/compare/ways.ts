/** Every way of exposing a workload, in the order in which they are shown: a new way is a file in `ways/` and a line here. */
import type { Message } from '../../catalogue/message.ts';
import type { WayId } from './comparison.ts';
import { clusterIp } from './ways/cluster-ip.ts';
import { externalName } from './ways/external-name.ts';
import { gateway } from './ways/gateway.ts';
import { headless } from './ways/headless.ts';
import { ingress, ingressOnMetallb } from './ways/ingress.ts';
import { loadBalancer, loadBalancerIp, metallb } from './ways/load-balancer.ts';
import { nodePort } from './ways/node-port.ts';
import { ownProxy } from './ways/own-proxy.ts';
import type { Way } from './ways/way.ts';

/** What is shown unless somebody asks for others. */
const USUAL: readonly Way[] = [clusterIp, headless, nodePort, loadBalancer, loadBalancerIp, externalName, ingress, gateway];

/** Ways of clusters that no cloud provides for. */
const OTHERS: readonly Way[] = [ownProxy, metallb, ingressOnMetallb];

const ALL: readonly Way[] = [...USUAL, ...OTHERS];

/** In the order asked for; unknown ones are left out. */
export function waysOf(ids: readonly WayId[]): readonly Way[] {
  if (ids.length === 0) return USUAL;
  return ids.flatMap((id) => ALL.find((way) => way.id === id) ?? []);
}

export function titleOf(id: WayId): Message {
  const way = ALL.find((candidate) => candidate.id === id);
  if (way === undefined) throw new Error(`the way ${id} is not registered`);
  return way.title;
}
