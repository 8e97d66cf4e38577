/**
 * In IPVS mode every node holds every Service address on an interface of its own. Unless kube-proxy runs with
 * `strictARP`, each of them then answers for an address that one node alone should announce (S8.5.3).
 * https://metallb.io/installation/
 */
import { msg } from '../../../catalogue/message.ts';
import type { Environment } from '../environment.ts';
import type { Offer } from './provider.ts';

/** Id of the assumption that kube-proxy runs with `strictARP`, as those who announce addresses ask for. */
export const STRICT_ARP = 'strict-arp';

export function isAnsweredByAll({ proxyMode, assume }: Environment): boolean {
  return proxyMode === 'ipvs' && assume[STRICT_ARP] === false;
}

/** The offer as it turns out where all nodes answer: with or without an endpoint, whoever was elected. */
export function withArpOf(environment: Environment, offer: Offer): Offer {
  if (offer.announced?.spread !== 'one-node' || !isAnsweredByAll(environment)) return offer;
  return {
    ...offer,
    why: msg('cluster.lb.no-strict-arp'),
    rules: [...offer.rules, 'S8.5.3'],
    announced: { spread: 'all-nodes', needsEndpoint: false, perService: false },
  };
}
