/**
 * How what another controller makes of a request differs from what the one that runs makes of it, and which of their own
 * decisions is the reason. Found by comparing two traces and the decisions behind them; nothing here knows a product.
 */
import { msg, type Message } from '../../../catalogue/message.ts';
import type { Decided } from '../../dataplane/ingress-controller/ingress-controller.ts';
import { foreignAnnotations } from '../../dataplane/ingress-controller/foreign.ts';
import type { ConsideredChoice } from '../../dataplane/component.ts';
import type { Service } from '../../kinds/service/service-spec.ts';
import { nameKey } from '../../manifests/object-ref.ts';
import type { Hop } from '../../trace/hop.ts';
import { isDelivered, type Outcome } from '../../trace/outcome.ts';
import type { CertificateChoice } from '../../dataplane/proxy/proxy.ts';
import type { HttpRequest } from '../../trace/packet.ts';
import type { Trace } from '../../trace/trace.ts';

/** What becomes of a request at the controller that is looked at. */
export interface Passage {
  readonly trace: Trace;
  /** Its station on the way that the request takes; null: the request never gets to it. */
  readonly hop: Hop | null;
  readonly decided: Decided | null;
  /** The Service that exposes the controller. */
  readonly service: Service | null;
}

/** A way to end: all branches that end alike. */
export interface End {
  readonly outcome: Outcome;
  /** `namespace/name` of the Service that it reached; null: none. */
  readonly service: string | null;
  /** 0 to 1. */
  readonly share: number;
}

export interface Difference {
  readonly what: Message;
  /** The decision that it follows from: the other controller's, unless `by` names the one that runs. */
  readonly why: { readonly says: Message; readonly by: string | null } | null;
}

/** Most probable first. */
export function endsOf({ branches }: Trace): readonly End[] {
  const ends = new Map<string, End>();
  for (const { outcome, backend, probability } of branches) {
    const service = backend?.service ?? null;
    const end = { outcome, service: service === null ? null : nameKey(service.namespace, service.name) };
    const key = nameOf(end);
    ends.set(key, { ...end, share: (ends.get(key)?.share ?? 0) + probability });
  }
  return [...ends.values()].sort((a, b) => b.share - a.share);
}

/** The greatest first. Empty: the same end, the same path and host at the same Service, the same certificate. */
export function differences(here: Passage, there: Passage): readonly Difference[] {
  const all = [byEnds(here, there), byLocation(here, there), byCertificate(here, there), ...byRequest(here, there), byClient(here, there)];
  return all.filter((difference) => difference !== null);
}

/** Headers that the application or the client gets otherwise: most controllers have some of their own. */
export function headerDifferences({ trace: here }: Passage, { trace: there }: Passage): readonly Message[] {
  const [a, b] = [arrivalIn(here), arrivalIn(there)];
  const [own, other] = [endOf(here), endOf(there)];
  const isSameAnswer = own?.code === 'HTTP' && other?.code === 'HTTP' && own.status === other.status;
  return [
    ...(a === null || b === null ? [] : byHeaders(a.request.headers, b.request.headers, 'request')),
    ...(isSameAnswer ? byHeaders(own.headers ?? {}, other.headers ?? {}, 'answer') : []),
  ];
}

const endOf = ({ branches, taken }: Trace): Outcome | undefined => branches[taken]?.outcome;

/** What is left unread of the Ingress and is no reason for a difference. */
export function unread({ decided }: Passage, found: readonly Difference[]): readonly Message[] {
  if (decided?.route?.ingress == null) return [];
  const reasons = found.flatMap(({ why }) => (why?.says.id === 'ingress.foreign' ? listOf(why.says.args['annotations']) : []));
  const said = new Set(reasons);
  const foreign = foreignAnnotations(decided.controller, decided.product, decided.route.ingress);
  return foreign.filter(({ args }) => !listOf(args['annotations']).every((annotation) => said.has(annotation)));
}

/** The same ends in the same shares. */
export function endsAlike(a: readonly End[], b: readonly End[]): boolean {
  const [own, other] = [a, b].map((ends) => ends.map((end) => `${percent(end)} ${nameOf(end)}`).sort());
  return same(own, other);
}

function byEnds(here: Passage, there: Passage): Difference | null {
  const [a, b] = [endsOf(here.trace), endsOf(there.trace)];
  if (endsAlike(a, b)) return null;
  const [first, other] = [a[0]!, b[0]!];
  if (a.length > 1 || b.length > 1) return { what: msg('through.shares', { here: a.map(inWords), there: b.map(inWords) }), why: whyEnds(here, there) };
  const [reachedHere, reachedThere] = [reached(first), reached(other)];
  const what =
    reachedHere !== null && reachedThere !== null
      ? msg('through.other-service', { here: reachedHere, there: reachedThere })
      : reachedHere !== null
        ? msg('through.fails', { here: reachedHere, there: shortOutcome(other.outcome) })
        : reachedThere !== null
          ? msg('through.reaches', { here: shortOutcome(first.outcome), there: reachedThere })
          : msg('through.other-answer', { here: shortOutcome(first.outcome), there: shortOutcome(other.outcome) });
  return { what, why: whyEnds(here, there) };
}

/** Which rule was chosen, else what is done with the request at the rule, else what the last station says. */
function whyEnds(here: Passage, there: Passage): Difference['why'] {
  const [own, other] = [here.decided?.route ?? null, there.decided?.route ?? null];
  if (own === null || other === null) return theirs(there.hop?.why[0] ?? leafOf(there.trace)?.why[0]);
  const chosen = (choices: readonly ConsideredChoice[]) => choices.filter(({ result }) => result === 'taken' || result === 'possible');
  for (const { what } of chosen(own.considered)) {
    const judged = other.considered.find((choice) => same(choice.what, what));
    if (judged !== undefined && judged.result !== 'taken' && judged.result !== 'possible') return theirs(judged.why);
  }
  const before = chosen(own.considered);
  const fresh = chosen(other.considered).find(({ what }) => !before.some((choice) => same(choice.what, what)));
  if (fresh !== undefined) return theirs(fresh.why);
  return (
    whyHandled(here, there) ?? theirs(leafOf(there.trace)?.why.find((sentence) => leafOf(here.trace)?.why.every((known) => !same(known, sentence)) ?? true))
  );
}

/** The same rule, treated otherwise: because of what the other does, or what it does not read, or what the one that runs does. */
function whyHandled({ decided: own }: Passage, { decided: other }: Passage): Difference['why'] {
  if (own?.route == null || other?.route == null) return null;
  const [ours, its] = [own.route.effects ?? [], other.route.effects ?? []];
  const fresh = its.findLast((effect) => !ours.some((known) => same(known, effect)));
  if (fresh !== undefined) return theirs(fresh);
  const { because, ingress } = own.route;
  const decisive = new Set(because.flatMap(({ path: [root, field, name] }) => (root === 'metadata' && field === 'annotations' ? [String(name)] : [])));
  const foreign = ingress === null ? [] : foreignAnnotations(other.controller, other.product, ingress);
  for (const { args } of foreign) {
    const annotations = listOf(args['annotations']).filter((annotation) => decisive.has(annotation));
    if (annotations.length > 0) return theirs(msg('ingress.foreign', { product: other.product, annotations, owner: String(args['owner']) }));
  }
  const says = ours.findLast((effect) => !its.some((known) => same(known, effect)));
  return says === undefined ? null : { says, by: own.product };
}

function byLocation(here: Passage, there: Passage): Difference | null {
  const locationOf = ({ trace }: Passage) => {
    const outcome = endOf(trace);
    return outcome?.code === 'HTTP' ? (outcome.location ?? null) : null;
  };
  const [a, b] = [locationOf(here), locationOf(there)];
  return a === null || b === null || a === b ? null : { what: msg('through.location', { here: a, there: b }), why: whyHandled(here, there) };
}

function byCertificate(here: Passage, there: Passage): Difference | null {
  const [a, b] = [shownBy(here), shownBy(there)];
  if (a === null || b === null || (same(a.names, b.names) && same(a.secret?.ref, b.secret?.ref))) return null;
  const nameOf = ({ secret, names }: CertificateChoice) => (secret === null ? (names[0] ?? null) : nameKey(secret.ref.namespace, secret.ref.name));
  const [own, other] = [nameOf(a), nameOf(b)];
  const what =
    own === null || other === null
      ? msg(other === null ? 'through.certificate.own' : 'through.certificate.not-own', { name: own ?? other ?? '' })
      : msg('through.certificate', { here: own, there: other });
  return { what, why: theirs(b.why.find((sentence) => !a.why.some((known) => same(known, sentence)))) };
}

/** Null where a session ends before a certificate, or no session begins. */
function shownBy({ trace, decided }: Passage): CertificateChoice | null {
  return trace.tls.terminatedAt === null ? null : (decided?.certificate ?? null);
}

/** What the application gets, where it gets the request at all. */
function byRequest(here: Passage, there: Passage): readonly Difference[] {
  const [a, b] = [arrivalIn(here.trace), arrivalIn(there.trace)];
  if (a === null || b === null) return [];
  const out: Difference[] = [];
  const why = whyHandled(here, there);
  if (a.request.path !== b.request.path) out.push({ what: msg('through.path', { here: a.request.path, there: b.request.path }), why });
  if (a.request.host !== b.request.host) out.push({ what: msg('through.host', { here: a.request.host, there: b.request.host }), why });
  if (a.encrypted !== b.encrypted) out.push({ what: msg(b.encrypted ? 'through.encrypts' : 'through.plain'), why });
  return out;
}

/** The address that the controller takes for the client's: the Service before it may hide it (S7.5). */
function byClient(here: Passage, there: Passage): Difference | null {
  const [a, b] = [here.hop?.before.src.ip, there.hop?.before.src.ip];
  if (a === undefined || b === undefined || a === b) return null;
  const { service } = there;
  const policy = service?.externalTrafficPolicy ?? null;
  const what = msg('through.client', { here: a, there: b });
  if (service === null || policy === null || policy === here.service?.externalTrafficPolicy) return { what, why: null };
  return { what, why: theirs(msg('through.client.policy', { service: nameKey(service.ref.namespace, service.ref.name), policy })) };
}

type Headers = Readonly<Record<string, string>>;

/** Headers that one of them alone sets, and those of one name that say something else. */
function byHeaders(here: Headers, there: Headers, where: 'request' | 'answer'): readonly Message[] {
  const more = Object.keys(there).filter((name) => !(name in here));
  const less = Object.keys(here).filter((name) => !(name in there));
  const other = Object.keys(there).filter((name) => name in here && here[name] !== there[name]);
  return [
    ...(more.length > 0 ? [msg(`through.${where}.more`, { headers: more })] : []),
    ...(less.length > 0 ? [msg(`through.${where}.less`, { headers: less })] : []),
    ...other.map((header) => msg(`through.${where}.other`, { header, here: here[header]!, there: there[header]! })),
  ];
}

interface Arrival {
  readonly request: HttpRequest;
  readonly encrypted: boolean;
}

function arrivalIn({ branches }: Trace): Arrival | null {
  for (const { backend } of branches) if (backend !== null && backend.request !== null) return { request: backend.request, encrypted: backend.tls.encrypted };
  return null;
}

function leafOf({ branches, taken, hops }: Trace): Hop | undefined {
  const id = branches[taken]?.hops.at(-1);
  return hops.find((hop) => hop.id === id);
}

function theirs(says: Message | undefined): Difference['why'] {
  return says === undefined ? null : { says, by: null };
}

/** What reached an application; null for what did not. */
function reached({ outcome, service }: End): string | null {
  return isDelivered(outcome) ? (service ?? shortOutcome(outcome)) : null;
}

const nameOf = (end: Omit<End, 'share'>) => `${shortOutcome(end.outcome)} ${end.service ?? ''}`;

const percent = ({ share }: End) => `${Number((share * 100).toFixed(1))} %`;

const inWords = (end: End) => `${percent(end)} ${reached(end) ?? shortOutcome(end.outcome)}`;

/** `HTTP 404`, `CONN_REFUSED`. */
export function shortOutcome(outcome: Outcome): string {
  return outcome.code === 'HTTP' ? `HTTP ${outcome.status}` : outcome.code;
}

const listOf = (value: Message['args'][string] | undefined): readonly string[] => (Array.isArray(value) ? (value as readonly string[]) : []);

/** Messages and references are plain data. */
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
