/** Load balancers for several Services, and what they cost (S17.5). */
import { msg } from '../../../catalogue/message.ts';
import type { Trial } from '../column.ts';
import type { Part } from '../comparison.ts';
import { breakEven as leastServices, formatAmount, monthlyCost } from '../cost.ts';
import { balancerOf } from '../ways/reading.ts';
import { byRule, type Circumstances, type RowKind } from './row.ts';

/** Controllers that live in a cloud make a load balancer for every Ingress (S8.2.16, S8.3.2). */
const ONE_PER_OBJECT = new Set(['AWS ALB', 'GKE Ingress', 'Azure Application Gateway']);

/** Load balancers that a cloud bills, for so many Services exposed this way. */
export function balancersFor(trial: Trial, services: number): number {
  const { way, cluster, standing } = trial;
  if (way.insideOnly || way.id === 'node-port' || way.id === 'own-proxy') return 0;
  const carrier = way.carrier(standing, cluster);
  // One for the Ingress, or for its group, with the rules of all Services on it.
  if (carrier?.makesBalancer === true) return 1;
  const used = way.hasController ? (cluster.loadBalancers.get(carrier?.service ?? '') ?? null) : balancerOf(cluster, standing.service);
  // Nodes that announce an address give one of the cluster’s own network, and nobody bills them.
  if (used === null || used.state === 'pending' || used.announced) return 0;
  if (!way.hasController) return services;
  return carrier !== null && ONE_PER_OBJECT.has(carrier.name) ? Math.max(1, carrier.serves) : 1;
}

export const balancers: RowKind = {
  id: 'balancers',
  label: ({ services }) => msg('compare.row.balancers', { count: services }),
  cell: (trial, { services }) => {
    const count = balancersFor(trial, services);
    const { way } = trial;
    const number = byRule(msg('compare.balancers', { count }), 'S8.1.3');
    if (way.hasController && way.carrier(trial.standing, trial.cluster) === null) return [number];
    if (way.hasController) return [number, byRule(count === 0 ? msg('compare.balancers.no-shared') : msg('compare.balancers.shared'), 'S17.1')];
    if (way.id === 'own-proxy') return [number, byRule(msg('compare.balancers.own'), 'S8.5.6')];
    if (count > 0) return [number, byRule(msg('compare.balancers.each'), 'S8.1.3')];
    return [number];
  },
};

export const cost: RowKind = {
  id: 'cost',
  label: () => msg('compare.row.cost'),
  cell: (trial, circumstances) => {
    const { services, prices } = circumstances;
    const count = balancersFor(trial, services);
    const hasController = trial.way.hasController && trial.way.carrier(trial.standing, trial.cluster)?.makesBalancer !== true;
    const amount = priced(msg('compare.cost', { amount: formatAmount(monthlyCost(prices, count, hasController)) }));
    if (count === 0 && !hasController) return [amount];
    const each = formatAmount(monthlyCost({ ...prices, dataGB: 0, crossZoneGB: 0 }, 1, false));
    const controller = formatAmount(prices.controllerReplicas * prices.podCost);
    return [amount, priced(hasController ? msg('compare.cost.shared', { count, each, controller }) : msg('compare.cost.each', { count, each }))];
  },
};

function priced(message: Part['message']): Part {
  return { message, tone: 'plain', basis: { kind: 'assumption', rule: 'S17.5' } };
}

export const breakEven: RowKind = {
  id: 'break-even',
  label: () => msg('compare.row.break-even'),
  cell: (trial, circumstances: Circumstances) => {
    if (!trial.way.hasController) return [byRule(msg('compare.break-even.none'), 'S17.5')];
    const least = leastServices(circumstances.prices, balancersFor(trial, circumstances.services));
    return [priced(least === null ? msg('compare.break-even.never') : msg('compare.break-even', { count: least }))];
  },
};
