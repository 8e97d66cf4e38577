/** What the same call meets once the Pod that answered is gone, or the node that took it is down (S17.1, S17.4). */
import { msg, type Message } from '../../../catalogue/message.ts';
import type { RuleId } from '../../manifests/finding.ts';
import { arrives, bestOf, type Trial } from '../column.ts';
import type { Cell, Part, ViewName, WayId } from '../comparison.ts';
import { byRule, byTrace, endOf, lastHop, type RowKind } from './row.ts';

export const podDies: RowKind = {
  id: 'pod-dies',
  label: () => msg('compare.row.pod-dies'),
  cell: (trial) => [afterwards(trial, 'pod-gone'), byRule(...MEANWHILE_POD[trial.way.id])],
};

export const nodeDies: RowKind = {
  id: 'node-dies',
  label: () => msg('compare.row.node-dies'),
  cell: (trial): Cell => [afterwards(trial, 'node-down'), byRule(...MEANWHILE_NODE[trial.way.id])],
};

function afterwards(trial: Trial, view: Extract<ViewName, 'pod-gone' | 'node-down'>): Part {
  const { seen, best } = trial;
  const after = seen[view];
  if (!arrives(bestOf(trial).trace)) return byTrace(msg('compare.dies.unreached'), best, lastHop(bestOf(trial).trace));
  if (after === undefined) return byTrace(view === 'pod-gone' ? msg('compare.dies.no-pod') : msg('compare.dies.no-node'), best);
  const end = endOf(view, after);
  if (end.tone === 'bad') return end;
  const pods = new Set(after.trace.branches.flatMap(({ backend }) => (backend?.pod == null ? [] : `${backend.pod.namespace}/${backend.pod.name}`)));
  return byTrace(msg('compare.dies.others', { count: pods.size }), view, null, 'good');
}

const BY_ENDPOINTS: readonly [Message, RuleId] = [msg('compare.dies.pod.endpoints'), 'S5.14'];
const BY_NODE: readonly [Message, RuleId] = [msg('compare.dies.node.endpoints'), 'S17.4'];
const BY_HEALTH_CHECK: readonly [Message, RuleId] = [msg('compare.dies.node.health-check'), 'S17.4'];

const MEANWHILE_POD: Readonly<Record<WayId, readonly [Message, RuleId]>> = {
  'cluster-ip': BY_ENDPOINTS,
  headless: [msg('compare.dies.pod.stale'), 'S6.2'],
  'node-port': BY_ENDPOINTS,
  'load-balancer': BY_ENDPOINTS,
  'load-balancer-ip': [msg('compare.dies.pod.deregisters'), 'S17.1'],
  'external-name': BY_ENDPOINTS,
  ingress: [msg('compare.dies.pod.retries'), 'S17.1'],
  gateway: [msg('compare.dies.pod.gateway'), 'S17.1'],
  'own-proxy': BY_ENDPOINTS,
  metallb: BY_ENDPOINTS,
  'ingress-metallb': [msg('compare.dies.pod.retries'), 'S17.1'],
};

const MEANWHILE_NODE: Readonly<Record<WayId, readonly [Message, RuleId]>> = {
  'cluster-ip': BY_NODE,
  headless: BY_NODE,
  'node-port': [msg('compare.dies.node.address'), 'S7.4.3'],
  'load-balancer': BY_HEALTH_CHECK,
  'load-balancer-ip': [msg('compare.dies.node.target'), 'S17.4'],
  'external-name': BY_NODE,
  ingress: BY_HEALTH_CHECK,
  gateway: BY_HEALTH_CHECK,
  'own-proxy': [msg('compare.dies.node.own-proxy'), 'S8.5.6'],
  metallb: [msg('compare.dies.node.metallb'), 'S8.5.3'],
  'ingress-metallb': [msg('compare.dies.node.metallb'), 'S8.5.3'],
};
