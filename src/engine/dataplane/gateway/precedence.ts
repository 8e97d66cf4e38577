/**
 * Which of several matching entries serves: exactly one, by these criteria in this order (S12.6, S12.11). The list is
 * the whole of it: the data plane, its considered candidates and the ladder all read it.
 * https://gateway-api.sigs.k8s.io/reference/spec/#httprouterule
 */
import type { RuleId } from '../../manifests/finding.ts';
import type { Entry } from './entry.ts';

export type Criterion =
  | 'exact-host'
  | 'longer-host'
  | 'exact-path'
  | 'regex-path'
  | 'longer-path'
  | 'grpc-service'
  | 'grpc-method'
  | 'method'
  | 'headers'
  | 'query'
  | 'older'
  | 'older-undated'
  | 'name'
  | 'rule'
  | 'match';

export interface Decided {
  readonly by: Criterion;
  readonly rule: RuleId;
}

interface Step {
  readonly by: Criterion;
  readonly rule: RuleId;
  /** Below 0 when `a` goes first; 0 when this criterion leaves it open. */
  readonly compare: (a: Entry, b: Entry) => number;
}

const more =
  (measure: (entry: Entry) => number): Step['compare'] =>
  (a, b) =>
    measure(b) - measure(a);

const STEPS: readonly Step[] = [
  { by: 'exact-host', rule: 'S12.6.1', compare: more(({ hostname }) => (isExact(hostname) ? hostname.length : 0)) },
  { by: 'longer-host', rule: 'S12.6.1', compare: more(({ hostname }) => hostname?.length ?? 0) },
  { by: 'exact-path', rule: 'S12.6.2', compare: more(({ path }) => (path?.type === 'Exact' ? 1 : 0)) },
  // The API leaves the place of regular expressions open.
  { by: 'regex-path', rule: 'U2', compare: more(({ regexRank }) => regexRank) },
  { by: 'longer-path', rule: 'S12.6.3', compare: more(pathCharacters) },
  { by: 'grpc-method', rule: 'S12.11', compare: more(({ grpc }) => grpc?.method?.length ?? 0) },
  { by: 'method', rule: 'S12.6.4', compare: more(({ method }) => (method === null ? 0 : 1)) },
  { by: 'headers', rule: 'S12.6.5', compare: more(({ headers }) => headers.length) },
  { by: 'query', rule: 'S12.6.6', compare: more(({ queryParams }) => queryParams.length) },
  { by: 'older', rule: 'S12.6.7', compare: byTimestamp },
  // Without creation times the order of the texts stands for age (S1.4.7).
  { by: 'older-undated', rule: 'S12.6.7', compare: (a, b) => (hasTimes(a, b) ? 0 : a.route.order - b.route.order) },
  { by: 'name', rule: 'S12.6.8', compare: (a, b) => byText(fullName(a), fullName(b)) },
  { by: 'rule', rule: 'S12.6.9', compare: (a, b) => a.rule - b.rule },
  // Of one rule any match serves alike: the first that holds is named.
  { by: 'match', rule: 'S12.5', compare: (a, b) => (a.match ?? 0) - (b.match ?? 0) },
];

/** Sorts those that go first to the front; of several hosts of one match, the more specific. */
export function byPrecedence(a: Entry, b: Entry): number {
  for (const { compare } of STEPS) {
    const order = compare(a, b);
    if (order !== 0) return order;
  }
  return 0;
}

/** The first criterion by which `winner` goes before `loser`; null when they are one match under two equal hosts. */
export function decidedBy(winner: Entry, loser: Entry): Decided | null {
  const step = STEPS.find(({ compare }) => compare(winner, loser) !== 0);
  if (step === undefined) return null;
  const isCall = step.by === 'longer-path' && winner.grpc !== null && loser.path === null;
  return isCall ? { by: 'grpc-service', rule: 'S12.11' } : { by: step.by, rule: step.rule };
}

function isExact(hostname: string | null): hostname is string {
  return hostname !== null && !hostname.startsWith('*.');
}

/** Of a GRPCRoute, the part of the path that names the service: `/service/`. */
function pathCharacters({ path, grpc }: Entry): number {
  if (path !== null) return path.value.length;
  return grpc?.service == null ? 1 : grpc.service.length + 2;
}

function hasTimes(a: Entry, b: Entry): boolean {
  return a.route.metadata.creationTimestamp !== null && b.route.metadata.creationTimestamp !== null;
}

function byTimestamp(a: Entry, b: Entry): number {
  return hasTimes(a, b) ? byText(a.route.metadata.creationTimestamp!, b.route.metadata.creationTimestamp!) : 0;
}

function fullName({ route }: Entry): string {
  return `${route.ref.namespace}/${route.ref.name}`;
}

/** By character, as `namespace/name` is compared upstream. */
function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
