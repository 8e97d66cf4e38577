/** Which nodes a load balancer may send to, and why not the others (S8.1.4, S8.5.3, S8.5.4). */
import { type Message, msg } from '../../../catalogue/message.ts';
import type { Node } from '../../kinds/node/node-spec.ts';
import type { Service } from '../../kinds/service/service-spec.ts';
import type { LoadBalancer } from '../cluster.ts';
import { hash } from '../hash.ts';
import type { ReadyEndpoints } from '../local-endpoints.ts';
import { matchesLabels } from '../selectors.ts';
import type { Announcement } from './announced.ts';
import type { Offer } from './provider.ts';

export interface EligibleNodes {
  readonly eligible: readonly string[];
  readonly excluded: LoadBalancer['excluded'];
}

/** `announcement`: null where no pool says how the address is announced. */
export function eligibleNodes(
  key: string,
  service: Service,
  offer: Offer,
  nodes: ReadonlyMap<string, Node>,
  local: ReadyEndpoints,
  announcement: Announcement | null,
  address: string,
): EligibleNodes {
  const excluded: { what: string; why: Message }[] = [];
  if (offer.mode === 'ipTarget') return { eligible: [], excluded };
  const candidates: Node[] = [];
  for (const [what, node] of nodes) {
    const why = whyNot(node, service, offer, local, announcement);
    if (why === null) candidates.push(node);
    else excluded.push({ what, why });
  }
  const { announced } = offer;
  // Whoever follows endpoints announces nothing while none can serve.
  if (announced?.needsEndpoint === true && !local.serving.any) {
    for (const { ref } of candidates) excluded.push({ what: ref.name, why: msg('cluster.lb.not-announced', { service: key }) });
    return { eligible: [], excluded };
  }
  const names = candidates.map(({ ref }) => ref.name);
  if (announced?.spread !== 'one-node') return { eligible: names, excluded };
  const chosen = elected(candidates, announcement, announced.perService ? address : offer.product);
  for (const node of names) if (node !== chosen) excluded.push({ what: node, why: msg('cluster.lb.not-announcing', { node, address, chosen: chosen! }) });
  return { eligible: chosen === null ? [] : [chosen], excluded };
}

function whyNot(node: Node, service: Service, offer: Offer, local: ReadyEndpoints, announcement: Announcement | null): Message | null {
  const { name } = node.ref;
  if (node.excludedFromLoadBalancers) return msg(node.leaving ? 'cluster.lb.node-leaving' : 'cluster.lb.node-excluded', { node: name });
  if (!node.ready) return msg('cluster.lb.node-not-ready', { node: name });
  if (!matchesLabels(node.metadata.labels, offer.targetLabels)) return msg('cluster.lb.node-not-selected', { node: name });
  if (announcement?.isFrom(node) === false) return msg('cluster.lb.speaker-not-selected', { node: name, product: offer.product });
  if (service.externalTrafficPolicy !== 'Local' || offer.announced?.perService === false) return null;
  if (offer.announced === null)
    return local.nodes.has(name) ? null : msg('cluster.lb.node-without-endpoint', { node: name, port: service.healthCheckNodePort });
  return local.serving.nodes.has(name) ? null : msg('cluster.lb.speaker-without-endpoint', { node: name, product: offer.product });
}

/** The node that answers: the preferred ones first, among them by a hash that gives each subject of an election its own order. */
function elected(candidates: readonly Node[], announcement: Announcement | null, subject: string): string | null {
  const rank = (node: Node) => announcement?.preference(node) ?? 0;
  const order = ({ ref }: Node) => hash(`${ref.name}#${subject}`);
  return candidates.toSorted((a, b) => rank(b) - rank(a) || order(a) - order(b))[0]?.ref.name ?? null;
}
