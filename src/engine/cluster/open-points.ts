/**
 * What upstream leaves open (S20): the behaviour that is taken here, and the others that a person can choose. Where one
 * acts, the hop or the cluster lists it as an assumption, so none is silent.
 */
import { msg, type Message } from '../../catalogue/message.ts';
import type { Assumption } from '../trace/assumption.ts';
import type { Environment } from './environment.ts';

export interface OpenPoint<Value extends string = string> {
  /** Its number among the points that upstream leaves open. */
  readonly point: `U${number}`;
  /** Key in `environment.assume`. */
  readonly id: string;
  /** What is taken, as a sentence. */
  readonly message: Message;
  /** The first is taken unless a person chose another. */
  readonly choices: readonly { readonly value: Value; readonly label: Message }[];
}

function openPoint<Value extends string>(point: OpenPoint<Value>): OpenPoint<Value> {
  return point;
}

/** U1: the Gateway API does not say what a rule answers whose weights are all zero. */
export const ZERO_WEIGHTS = openPoint({
  point: 'U1',
  id: 'gateway:all-weights-zero',
  message: msg('open.zero-weights'),
  choices: [
    { value: '500', label: msg('open.zero-weights.500') },
    { value: '503', label: msg('open.zero-weights.503') },
  ],
});

/** U2: where regular expressions stand among paths is left to the implementation; Envoy Gateway and Contour try them before prefixes. */
export const REGEX_PLACE = openPoint({
  point: 'U2',
  id: 'gateway:regex-place',
  message: msg('open.regex-place'),
  choices: [
    { value: 'before-prefixes', label: msg('open.regex-place.before') },
    { value: 'after-prefixes', label: msg('open.regex-place.after') },
  ],
});

/** U5: newer releases take the newest class; older ones, and the documentation, refuse an Ingress without a class. */
export const DEFAULT_CLASSES = openPoint({
  point: 'U5',
  id: 'ingress-class:two-defaults',
  message: msg('open.default-classes'),
  choices: [
    { value: 'refused', label: msg('open.default-classes.refused') },
    { value: 'newest', label: msg('open.default-classes.newest') },
  ],
});

/** U7: what IPVS does with a packet from the network when the policy is Local and no endpoint is on the node. */
export const IPVS_NO_LOCAL = openPoint({
  point: 'U7',
  id: 'ipvs:no-local-endpoint',
  message: msg('open.ipvs-no-local'),
  choices: [
    { value: 'dropped', label: msg('open.ipvs-no-local.dropped') },
    { value: 'forwarded', label: msg('open.ipvs-no-local.forwarded') },
  ],
});

/** U8: how a node tells that a packet of another node's Pod is from inside; by the range of Pod addresses, if it knows it. */
export const POD_FROM_ELSEWHERE = openPoint({
  point: 'U8',
  id: 'kube-proxy:pod-from-another-node',
  message: msg('open.pod-from-elsewhere'),
  choices: [
    { value: 'inside', label: msg('open.pod-from-elsewhere.inside') },
    { value: 'outside', label: msg('open.pod-from-elsewhere.outside') },
  ],
});

/** U14: whether a Gateway opens connections to endpoints or to the address of the Service. */
export const GATEWAY_DIALS = openPoint({
  point: 'U14',
  id: 'gateway:dials',
  message: msg('open.gateway-dials'),
  choices: [
    { value: 'endpoints', label: msg('open.gateway-dials.endpoints') },
    { value: 'cluster-ip', label: msg('open.gateway-dials.cluster-ip') },
  ],
});

export const OPEN_POINTS: readonly OpenPoint[] = [ZERO_WEIGHTS, REGEX_PLACE, DEFAULT_CLASSES, IPVS_NO_LOCAL, POD_FROM_ELSEWHERE, GATEWAY_DIALS];

/** The choice in force: the first, unless a person chose another. A word that is no choice counts as none. */
export function chosen<Value extends string>({ assume }: Environment, { id, choices }: OpenPoint<Value>): Value {
  return choices.find(({ value }) => value === assume[id])?.value ?? choices[0]!.value;
}

/** Lists the point where it acted; empty where a person chose. */
export function listed(environment: Environment, points: readonly OpenPoint[]): readonly Assumption[] {
  return points
    .filter(({ id }) => environment.assume[id] === undefined)
    .map((point) => ({ id: point.id, origin: 'default', message: point.message, choices: choicesOf(environment, point) }));
}

export function choicesOf(environment: Environment, point: OpenPoint): Assumption['choices'] {
  const current = chosen(environment, point);
  const path = ['spec', 'environment', 'assume', point.id];
  return point.choices.map(({ value, label }) => ({ label, current: value === current, set: { path, value } }));
}
