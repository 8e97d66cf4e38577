/** The questions that people compare for, as the ways and rows that answer them. Data only. */
import { msg, type Message } from '../../catalogue/message.ts';
import type { RuleId } from '../manifests/finding.ts';
import type { RowId, WayId } from './comparison.ts';

export type PresetId = 'all' | 'types' | 'cluster-ip-headless' | 'load-balancer-ingress' | 'pros-cons' | 'own-hardware' | 'actors' | 'purposes';

export interface Preset {
  readonly id: PresetId;
  readonly title: Message;
  /** `ways`: columns of ways. Else a table of its own. */
  readonly shows: 'ways' | 'actors' | 'purposes';
  /** Empty: all the usual ones. */
  readonly ways: readonly WayId[];
  readonly rows: readonly RowId[];
  /** What is often told wrong about it, and what holds. */
  readonly notes: readonly { readonly message: Message; readonly rule: RuleId }[];
}

export const PRESETS: readonly Preset[] = [
  {
    id: 'all',
    title: msg('compare.preset.all'),
    shows: 'ways',
    ways: [],
    rows: [],
    notes: [
      { message: msg('compare.note.one-translation'), rule: 'S17.3' },
      { message: msg('compare.note.pod-addresses'), rule: 'S10.9' },
    ],
  },
  {
    id: 'types',
    title: msg('compare.preset.types'),
    shows: 'ways',
    ways: ['cluster-ip', 'node-port', 'load-balancer', 'external-name', 'ingress'],
    rows: ['asked', 'reach', 'use', 'needs', 'address', 'protocols'],
    notes: [
      { message: msg('compare.note.provider'), rule: 'S8.1.1' },
      { message: msg('compare.note.cluster-wide'), rule: 'S7.1.1' },
    ],
  },
  {
    id: 'cluster-ip-headless',
    title: msg('compare.preset.cluster-ip-headless'),
    shows: 'ways',
    ways: ['cluster-ip', 'headless'],
    rows: ['called', 'balance', 'dns', 'address', 'affinity', 'hops', 'pod-dies', 'use', 'avoid'],
    notes: [
      { message: msg('compare.note.random'), rule: 'S7.6.1' },
      { message: msg('compare.note.headless-readiness'), rule: 'S6.1' },
      { message: msg('compare.note.headless-names'), rule: 'S6.4' },
    ],
  },
  {
    id: 'load-balancer-ingress',
    title: msg('compare.preset.load-balancer-ingress'),
    shows: 'ways',
    ways: ['load-balancer', 'ingress'],
    rows: ['asked', 'layer', 'tls', 'routing', 'balancers', 'cost', 'break-even', 'dns', 'needs', 'protocols'],
    notes: [
      { message: msg('compare.note.per-ingress'), rule: 'S8.2.16' },
      { message: msg('compare.note.reencrypt'), rule: 'S14.2' },
    ],
  },
  {
    id: 'pros-cons',
    title: msg('compare.preset.pros-cons'),
    shows: 'ways',
    ways: ['cluster-ip', 'node-port', 'load-balancer', 'ingress', 'gateway'],
    rows: ['pros', 'cons'],
    notes: [{ message: msg('compare.note.node-port-balances'), rule: 'S7.4.3' }],
  },
  {
    id: 'own-hardware',
    title: msg('compare.preset.own-hardware'),
    shows: 'ways',
    ways: ['own-proxy', 'metallb', 'ingress-metallb'],
    rows: ['asked', 'called', 'hops', 'source', 'balance', 'node-dies', 'needs', 'use'],
    notes: [],
  },
  {
    id: 'actors',
    title: msg('compare.preset.actors'),
    shows: 'actors',
    ways: [],
    rows: [],
    notes: [{ message: msg('compare.note.configuration'), rule: 'S1.7' }],
  },
  {
    id: 'purposes',
    title: msg('compare.preset.purposes'),
    shows: 'purposes',
    // Those that some purpose calls for.
    ways: ['cluster-ip', 'headless', 'node-port', 'load-balancer', 'metallb', 'external-name', 'ingress'],
    rows: [],
    notes: [{ message: msg('compare.note.nginx-retired'), rule: 'S16' }],
  },
];
