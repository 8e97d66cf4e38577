/** Who chooses the Pod, how, whether the choice is remembered, and what can be carried at all. */
import { msg, type Message } from '../../../catalogue/message.ts';
import type { RuleId } from '../../manifests/finding.ts';
import type { Hop } from '../../trace/hop.ts';
import { bestOf, type Trial } from '../column.ts';
import type { Cell, Part, WayId } from '../comparison.ts';
import { serviceIn, takenHops } from '../ways/reading.ts';
import { byRule, byTrace, type RowKind } from './row.ts';

export const balance: RowKind = {
  id: 'balance',
  label: () => msg('compare.row.balance'),
  cell: (trial): Cell => {
    const { trace } = bestOf(trial);
    const parts = takenHops(trace).flatMap((hop): readonly Part[] => {
      const message = chooser(hop, trial);
      return message === null ? [] : [byTrace(message, trial.best, hop.id)];
    });
    return parts.length > 0 ? parts : [byTrace(msg('compare.balance.nobody'), trial.best)];
  },
};

function chooser(hop: Hop, trial: Trial): Message | null {
  const { actor } = hop;
  const isChoice = hop.considered.filter(({ result }) => result === 'taken' || result === 'possible').length > 1;
  if (!isChoice && (hop.kind === 'load-balancer' || hop.kind === 'kube-proxy'))
    return hop.next.length > 0 ? msg('compare.balance.only', { who: actor.component }) : null;
  switch (hop.kind) {
    case 'load-balancer': {
      const toPods = trial.cluster.loadBalancers.get(nameOf(hop) ?? '')?.mode === 'ipTarget';
      return toPods ? msg('compare.balance.picks-pod', { who: actor.component }) : msg('compare.balance.picks-node', { who: actor.component });
    }
    case 'kube-proxy':
      return kubeProxy(trial, actor.component);
    case 'ingress-controller':
    case 'gateway':
      // What is not HTTP is a stream: who carries it chooses once.
      return hop.layer === 'L7'
        ? msg('compare.balance.per-request', { who: actor.component })
        : msg('compare.balance.per-connection', { who: actor.component });
    case 'dns': {
      const count = bestOf(trial).trace.resolution.addresses.length;
      return trial.way.id === 'headless' && count > 0 ? msg('compare.balance.client', { count }) : null;
    }
    case 'pod':
    case 'node':
    case 'network':
    case 'network-policy':
    case 'external':
      return null;
  }
}

function nameOf({ object }: Hop): string | null {
  return object === null ? null : `${object.namespace}/${object.name}`;
}

/** S7.6.1: what the kernel does with the choice depends on how kube-proxy writes its rules. */
function kubeProxy({ cluster }: Trial, who: string): Message {
  switch (cluster.environment.proxyMode) {
    case 'iptables':
    case 'nftables':
      return msg('compare.balance.random', { who });
    case 'ipvs':
      return msg('compare.balance.in-turn', { who });
    case 'ebpf':
      return msg('compare.balance.per-connection', { who });
  }
}

export const affinity: RowKind = {
  id: 'affinity',
  label: () => msg('compare.row.affinity'),
  cell: (trial): Cell => {
    const { way, standing, cluster } = trial;
    if (way.hasController) return [byRule(msg('compare.affinity.cookie'), 'S10.19')];
    if (way.id === 'headless') return [byRule(msg('compare.affinity.client'), 'S6.1')];
    if (way.id === 'load-balancer-ip') return [byRule(msg('compare.affinity.load-balancer'), 'S17.1')];
    const chosen = serviceIn(cluster, standing.service)?.sessionAffinity;
    if (chosen?.kind !== 'ClientIP') return [byRule(msg('compare.affinity.possible'), 'S7.7')];
    const remembered = byRule(msg('compare.affinity.client-ip', { seconds: chosen.timeoutSeconds }), 'S7.7.1');
    const hidden = bestOf(trial).trace.branches.some(({ backend }) => backend !== null && backend.source.kind === 'load-balancer');
    return hidden ? [remembered, byRule(msg('compare.affinity.one-client'), 'S7.7.2', 'bad')] : [remembered];
  },
};

const PROTOCOLS: Readonly<Record<WayId, readonly [Message, RuleId]>> = {
  'cluster-ip': [msg('compare.protocols.all'), 'S4.2.4'],
  headless: [msg('compare.protocols.any'), 'S6.1'],
  'node-port': [msg('compare.protocols.all'), 'S4.2.4'],
  'load-balancer': [msg('compare.protocols.provider'), 'S17.1'],
  'load-balancer-ip': [msg('compare.protocols.tcp-udp'), 'S17.1'],
  'external-name': [msg('compare.protocols.any'), 'S6.11'],
  ingress: [msg('compare.protocols.http'), 'S9.12'],
  gateway: [msg('compare.protocols.gateway'), 'S12.12'],
  'own-proxy': [msg('compare.protocols.own'), 'S8.5.6'],
  metallb: [msg('compare.protocols.all'), 'S8.5.5'],
  'ingress-metallb': [msg('compare.protocols.http'), 'S9.12'],
};

export const protocols: RowKind = {
  id: 'protocols',
  label: () => msg('compare.row.protocols'),
  cell: ({ way }) => [byRule(...PROTOCOLS[way.id])],
};
