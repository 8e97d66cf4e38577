/** Which way suits which purpose, with the rules that say so (S17.6). Looks at answers only, at no manifests. */
import { msg, type Message } from '../../catalogue/message.ts';
import type { RuleId } from '../manifests/finding.ts';
import type { Answers, Part, WayId } from './comparison.ts';
import { byRule } from './rows/row.ts';

export interface Recommendation {
  readonly way: WayId;
  readonly reasons: readonly Part[];
  readonly others: readonly { readonly way: WayId; readonly why: Part }[];
}

/** From how many HTTP Services on one shared entry is simpler than one load balancer for each (S17.6). */
export const MANY_SERVICES = 3;

const because = (message: Message, rule: RuleId = 'S17.6'): Part => byRule(message, rule);

export function recommend(answers: Answers): Recommendation {
  switch (answers.reach) {
    case 'alias':
      return {
        way: 'external-name',
        reasons: [because(msg('compare.why.alias')), because(msg('compare.why.alias-host'), 'S6.11')],
        others: [{ way: 'cluster-ip', why: because(msg('compare.why-not.alias-cluster-ip'), 'S5.6') }],
      };
    case 'each-pod':
      return {
        way: 'headless',
        reasons: [because(msg('compare.why.each-pod')), because(msg('compare.why.pod-names'), 'S6.4')],
        others: [{ way: 'cluster-ip', why: because(msg('compare.why-not.any-pod'), 'S7.6.1') }],
      };
    case 'inside':
      return {
        way: 'cluster-ip',
        reasons: [because(msg('compare.why.inside')), ...(answers.clientAddress ? [because(msg('compare.why.inside-address'), 'S7.5.1')] : [])],
        others: [
          { way: 'load-balancer', why: because(msg('compare.why-not.outside'), 'S8.1.1') },
          { way: 'headless', why: because(msg('compare.why-not.client-balances'), 'S6.1') },
        ],
      };
    case 'outside':
      return answers.protocol === 'http' ? httpFromOutside(answers) : otherFromOutside(answers);
  }
}

function httpFromOutside(answers: Answers): Recommendation {
  const { services, place, clientAddress } = answers;
  if (place === 'test') return forTests(answers);
  const isMany = services >= MANY_SERVICES;
  const way = place === 'own-hardware' ? 'ingress-metallb' : 'ingress';
  const address = clientAddress ? [because(msg('compare.why.forwarded'), 'S14.5')] : [];
  const own = place === 'own-hardware' ? [because(msg('compare.why.metallb'), 'S8.5.6')] : [];
  return {
    way,
    reasons: [
      isMany ? because(msg('compare.why.many-http', { count: services })) : because(msg('compare.why.few-http')),
      because(msg('compare.why.tls'), 'S9.8'),
      ...own,
      ...address,
    ],
    others: [
      {
        way: place === 'own-hardware' ? 'metallb' : 'load-balancer',
        why: isMany ? because(msg('compare.why-not.one-each', { count: services }), 'S8.1.3') : because(msg('compare.why-not.no-http')),
      },
      { way: 'gateway', why: because(msg('compare.why-not.gateway'), 'S12.5') },
      { way: 'node-port', why: because(msg('compare.why-not.node-port'), 'S7.4.3') },
    ],
  };
}

function otherFromOutside(answers: Answers): Recommendation {
  const { place, clientAddress } = answers;
  if (place === 'test') return forTests(answers);
  const address = clientAddress ? [because(msg('compare.why.local'), 'S7.5.5')] : [];
  return {
    way: place === 'own-hardware' ? 'metallb' : 'load-balancer',
    reasons: [because(msg('compare.why.raw')), ...(place === 'own-hardware' ? [because(msg('compare.why.metallb'), 'S8.5.6')] : []), ...address],
    others: [
      { way: 'ingress', why: because(msg('compare.why-not.only-http'), 'S9.12') },
      { way: 'node-port', why: because(msg('compare.why-not.node-port'), 'S7.4.3') },
    ],
  };
}

function forTests({ clientAddress }: Answers): Recommendation {
  return {
    way: 'node-port',
    reasons: [because(msg('compare.why.test'), 'S17.1'), ...(clientAddress ? [because(msg('compare.why.local'), 'S7.5.5')] : [])],
    others: [{ way: 'load-balancer', why: because(msg('compare.why-not.no-provider'), 'S8.1.1') }],
  };
}
