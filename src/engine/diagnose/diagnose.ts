/**
 * What is wrong, and why: every finding follows from a decision of the engine, which is a rejection, a settled fact of
 * the cluster, or the hop at which a request fails. An error carries a request that fails because of it.
 * Never looks at the texts again, and never judges an object that no request would miss.
 */
import { diagnose as words } from '../../catalogue/en/diagnose.ts';
import { learnWords } from '../../catalogue/known-words.ts';
import type { FailureCode } from '../../catalogue/meaning.ts';
import { msg, type Message } from '../../catalogue/message.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { standsBeside } from '../dataplane/causes.ts';
import { routeHostMatches } from '../dataplane/gateway/match.ts';
import { send } from '../dataplane/send.ts';
import { originsOf } from '../dataplane/suggest.ts';
import type { FailureId, Finding, RuleId, Severity } from '../manifests/finding.ts';
import { locateField } from '../manifests/locate.ts';
import { nameKey, refKey, type ObjectRef } from '../manifests/object-ref.ts';
import type { FieldPath, SourceRange } from '../manifests/source.ts';
import type { Flow, Origin } from '../trace/flow.ts';
import type { Command, Evidence, Hop } from '../trace/hop.ts';
import { isDelivered } from '../trace/outcome.ts';
import type { Branch, Trace } from '../trace/trace.ts';
import { manifestOf } from './change.ts';
import { podSource } from './edits.ts';
import { confirmingCommands } from './confirm.ts';
import { expectedServices, failuresOf, isAstray, isUnwanted, leafOf } from './failing.ts';
import type { Decided, FindingKind } from './finding-kind.ts';
import { kindOf } from './findings/index.ts';
import type { Problem, Proof } from './problem.ts';
import { questionsAbout, questionsOf, type Question } from './questions.ts';
import { suppressionOf } from './suppression.ts';

learnWords(words);

interface Answer {
  readonly question: Question;
  readonly trace: Trace;
}

/** Where a request shows a fault: at a hop of one of its ways. */
interface Sight {
  readonly answer: Answer;
  readonly branch: Branch;
  readonly hop: Hop;
  readonly fails: boolean;
}

/** A finding on its way to a problem. */
interface Draft {
  readonly code: FailureCode;
  readonly failure: FailureId | null;
  readonly kind: FindingKind | null;
  readonly message: Message;
  readonly ranges: readonly SourceRange[];
  readonly object: ObjectRef | null;
  readonly path: FieldPath | null;
  readonly rules: readonly RuleId[];
  /** What the engine said by itself; null for what only a trace shows. */
  readonly settled: Severity | null;
  readonly rank: number;
  readonly commands: readonly Command[];
  readonly sights: Sight[];
}

/** Requests of our own choosing that are sent to prove settled facts, so that the time stays bounded. */
const MOST_PROBES = 300;
const PROBES_PER_FINDING = 8;

/** Problems, the most telling first. `request` is the one a person sent last. */
export function diagnose(cluster: Cluster, request: Flow | null = null): readonly Problem[] {
  const drafts = new Map<string, Draft>();
  const settled = new Map<Finding, Draft>();
  for (const finding of cluster.findings) settled.set(finding, keep(drafts, settledDraft(finding)));

  const ask = asker(cluster);
  for (const question of questionsOf(cluster, request)) {
    const answer = ask(question);
    for (const branch of failuresOf(question, answer.trace)) {
      const hop = leafOf(answer.trace, branch);
      if (hop === undefined) continue;
      const sight = { answer, branch, hop, fails: true };
      const blamed = blame(cluster, sight, settled);
      if (isOurGuess(cluster, sight) || (blamed.length === 0 && isMeantToStop(cluster, sight))) continue;
      if (blamed.length > 0) for (const draft of blamed) draft.sights.push(sight);
      else {
        const draft = traceDraft(cluster, sight);
        if (draft !== null) keep(drafts, draft).sights.push(sight);
      }
    }
    noteWays(cluster, answer, drafts, [
      'note',
      ...(isUnwanted(question, answer.trace) ? (['opening'] as const) : []),
      ...(isAstray(question, answer.trace) ? (['astray'] as const) : []),
    ]);
  }
  prove(cluster, settled, ask);
  return [...drafts.values()]
    .map((draft) => ({ draft, problem: problemOf(cluster, draft) }))
    .sort(byWeight)
    .map(({ problem }) => problem);
}

/** The same request is sent once. */
function asker(cluster: Cluster): (question: Question) => Answer {
  const known = new Map<string, Trace>();
  return (question) => {
    const key = JSON.stringify(question.flow);
    const trace = known.get(key) ?? send(cluster, question.flow).trace;
    known.set(key, trace);
    return { question, trace };
  };
}

/** What requests show is told once for each object, a settled fact as often as it was stated. */
function keep(drafts: Map<string, Draft>, draft: Draft): Draft {
  const said = draft.settled === null ? draft.message.id : draft.message;
  const key = JSON.stringify([draft.code, draft.object === null ? null : refKey(draft.object), draft.path, said]);
  const known = drafts.get(key);
  if (known !== undefined) return known;
  drafts.set(key, draft);
  return draft;
}

/** Codes of findings about objects that do not exist for the request, because the API server would not take them. */
const ABSENT: ReadonlySet<string> = new Set(['rejected', 'kind-misspelt']);

/** The texts themselves, then what the API server refuses, then what controllers settle, then what only requests show. */
const RANK = { text: 0, fact: 1, trace: 2, symptom: 3 } as const;

function settledDraft(finding: Finding): Draft {
  const decided = kindOf([finding.message], 'any');
  const kind = decided?.kind ?? null;
  const isText = ABSENT.has(finding.code) || finding.object === undefined || finding.path === undefined;
  return {
    code: kind?.code ?? finding.code,
    // The same words may be said of an Ingress and of a route: what the finding itself names counts.
    failure: finding.rules.find(isFailureId) ?? decided?.failure ?? null,
    kind,
    message: finding.message,
    ranges: finding.ranges,
    object: finding.object ?? null,
    path: finding.path ?? null,
    rules: finding.rules,
    settled: finding.severity,
    rank: kind?.role === 'symptom' ? RANK.symptom : isText ? RANK.text : RANK.fact,
    commands: [],
    sights: [],
  };
}

function isFailureId(rule: RuleId): rule is FailureId {
  return rule.startsWith('F-');
}

/** What a hop says, the headline first, then its reasons, then why others were left out. */
function saidBy(hop: Hop): readonly Message[] {
  // Why a route is not attached here is no decision about the request: it may not even ask for this listener.
  const others = hop.considered.filter(({ result, what }) => result === 'lost' || (result === 'excluded' && what.id !== 'gateway.entry.route'));
  return [hop.title, ...hop.why, ...others.map(({ why }) => why)];
}

function traceDraft(cluster: Cluster, { answer, hop }: Sight): Draft | null {
  const decided = kindOf(saidBy(hop));
  return decided === null || decided.kind.role === 'note' ? null : draftAt(cluster, answer, hop, decided);
}

function draftAt(cluster: Cluster, { question }: Answer, hop: Hop, { kind, failure, message }: Decided): Draft {
  const choice = hop.considered.find(({ why }) => why === message);
  const policy = message.args['policy'];
  const isNamed = ({ object: ref }: Evidence) => ref.kind === 'NetworkPolicy' && nameKey(ref.namespace, ref.name) === policy;
  // What lets a connection pass is told at the hop to which it leads, beside that hop's own fields.
  const evidence = [...(choice?.evidence ?? []), ...hop.evidence.filter(isNamed), ...hop.evidence.filter((entry) => !isNamed(entry))];
  const [first] = evidence;
  const ranges = evidence.flatMap(({ range }) => range ?? []);
  const { saved } = question;
  const written = saved === null ? null : manifestOf(cluster.manifests, saved.scenario);
  const ofRequest = written === null ? [] : [locateField(cluster.manifests, written, [...saved!.path, 'url']).range];
  const met = first?.object ?? (hop.object === null ? null : sourceOf(cluster, hop.object));
  const heads = ranges.length > 0 || met === null ? [] : headOf(cluster, met);
  const theirs = ranges.length + heads.length === 0 && saved !== null;
  return {
    code: kind.code,
    failure,
    kind,
    message: choice === undefined ? message : (kind.tell?.(message, choice.what) ?? message),
    ranges: distinct([...ranges, ...heads, ...ofRequest]),
    object: theirs ? saved.scenario : met,
    path: theirs ? [...saved.path, 'url'] : (first?.path ?? null),
    rules: [...new Set([...hop.rules, ...(failure === null ? [] : [failure])])],
    settled: null,
    rank: kind.role === 'symptom' ? RANK.symptom : RANK.trace,
    commands: hop.commands,
    sights: [],
  };
}

/** A synthesized Pod is what its workload made it. */
function sourceOf(cluster: Cluster, object: ObjectRef): ObjectRef {
  return manifestOf(cluster.manifests, object) === null ? (podSource(cluster, object)?.object ?? object) : object;
}

function headOf(cluster: Cluster, object: ObjectRef): readonly SourceRange[] {
  const manifest = manifestOf(cluster.manifests, object);
  return manifest === null ? [] : [locateField(cluster.manifests, manifest, ['metadata', 'name']).range];
}

function distinct(ranges: readonly SourceRange[]): readonly SourceRange[] {
  return [...new Map(ranges.map((range) => [JSON.stringify(range), range])).values()];
}

/** A request of our choosing may be wrong by itself: it asks for something else than is meant, or fails by what is guessed of the application alone. */
function isOurGuess(cluster: Cluster, { answer: { question, trace }, hop }: Sight): boolean {
  if (question.isTheirs) return false;
  const decided = kindOf(saidBy(hop));
  if (decided?.kind.isGuess?.(decided.message, question.flow) === true) return true;
  if (hop.kind !== 'pod' || saysTls(cluster, hop)) return false;
  return trace.assumptions.some(({ id, origin }) => origin === 'inferred' && hop.assumptions.includes(id) && !cluster.assumptions.has(id));
}

/** The port is named for HTTPS, so that it speaks TLS is hardly a guess. */
function saysTls(cluster: Cluster, { object, before }: Hop): boolean {
  const pod = object === null ? undefined : cluster.pods.get(nameKey(object.namespace, object.name));
  return pod?.spec.containers.some(({ ports }) => ports.some(({ name, containerPort }) => name === 'https' && containerPort === before.dst.port)) === true;
}

const MOST_OTHERS = 12;

/** A policy that lets others through to the same Service is meant to stop the client that we chose, unless a rule names that client. */
function isMeantToStop(cluster: Cluster, { answer: { question }, hop }: Sight): boolean {
  if (hop.kind !== 'network-policy' || question.isTheirs || question.isInvited) return false;
  const { from } = question.flow;
  const { host } = question.flow;
  // A short name means another Service in another namespace.
  const asked = { ...question.flow, host: 'namespace' in from && !host.includes('.') ? `${host}.${from.namespace}` : host };
  const nearness = (origin: Origin) => ('namespace' in origin && 'namespace' in from && origin.namespace === from.namespace ? 0 : 1);
  return originsOf(cluster)
    .filter((origin) => origin.kind !== 'node' && JSON.stringify(origin) !== JSON.stringify(from))
    .toSorted((a, b) => nearness(a) - nearness(b))
    .slice(0, MOST_OTHERS)
    .some((origin) => send(cluster, { ...asked, from: origin }).trace.branches.some((branch) => reachesAnother(origin, branch)));
}

/** No policy keeps a Pod from itself, which says nothing about others. */
function reachesAnother(origin: Origin, { outcome, backend }: Branch): boolean {
  if (!isDelivered(outcome) || backend === null) return false;
  if (origin.kind === 'workload') return backend.workload?.name !== origin.name || backend.workload.namespace !== origin.namespace;
  return origin.kind !== 'pod' || (backend.pod?.name !== origin.name && backend.workload === null);
}

/** Ways that arrive, but not as meant. */
function noteWays(cluster: Cluster, answer: Answer, drafts: Map<string, Draft>, which: readonly ('note' | 'opening' | 'astray')[]): void {
  for (const [hop, role] of answer.trace.hops.flatMap((each) => which.map((role) => [each, role] as const))) {
    const decided = kindOf(saidBy(hop), role);
    if (decided === null) continue;
    const branch = answer.trace.branches.find(({ hops }) => hops.includes(hop.id));
    if (branch === undefined) continue;
    const draft = draftAt(cluster, answer, hop, decided);
    keep(drafts, role === 'astray' ? { ...draft, message: whereInstead(answer) } : draft).sights.push({ answer, branch, hop, fails: false });
  }
}

function whereInstead({ question: { saved }, trace }: Answer): Message {
  const services = trace.branches.flatMap(({ backend }) => backend?.service ?? []).map(({ namespace, name }) => nameKey(namespace, name));
  return msg('diagnose.astray', { request: saved?.request.name ?? '', expected: expectedServices(saved), reached: [...new Set(services)] });
}

/**
 * The settled facts that explain why a way ends where it does: a rejected object that it would have used, then an error
 * at the objects it met last. A hop that knows its own cause explains itself; only for symptoms warnings count too.
 */
function blame(cluster: Cluster, { answer: { trace }, hop }: Sight, settled: ReadonlyMap<Finding, Draft>): readonly Draft[] {
  const rejected = new Set(trace.rejected.map(({ object }) => refKey(object)));
  const rejections = [...settled].filter(([{ code, object }]) => code === 'rejected' && object !== undefined && rejected.has(refKey(object)));
  if (rejections.length > 0) return rejections.map(([, draft]) => draft);
  const met = new Set(
    [hop.object, ...hop.consulted.map(({ object }) => object), ...hop.evidence.map(({ object }) => object)].flatMap((ref) => (ref === null ? [] : refKey(ref))),
  );
  const causes = trace.causes.filter((finding) => finding.object !== undefined && met.has(refKey(finding.object)) && !standsBeside(finding, hop));
  const drafts = (severity: Severity) =>
    causes
      .filter((finding) => finding.severity === severity)
      .flatMap((finding) => settled.get(finding) ?? [])
      .filter(({ kind }) => kind?.role !== 'note');
  const errors = drafts('error');
  if (errors.length > 0) return errors;
  const decided = kindOf(saidBy(hop));
  // Rules for this host that nobody follows are not met on the way: that is why the request ends.
  const unserved = [...settled].flatMap(([{ severity, object }, draft]) =>
    severity !== 'info' &&
    decided !== null &&
    draft.kind?.explains?.includes(decided.kind.code) &&
    object !== undefined &&
    namesHost(cluster, object, trace.flow)
      ? draft
      : [],
  );
  if (unserved.length > 0) return unserved;
  const warnings = drafts('warning');
  return decided === null || decided.kind.role === 'symptom'
    ? warnings
    : warnings.filter(({ kind }) => kind?.code === decided.kind.code || kind?.explains?.includes(decided.kind.code));
}

/** A route, the listeners of a Gateway or the Service of a StatefulSet are for the host of the request, by name. */
function namesHost(cluster: Cluster, ref: ObjectRef, { host }: Flow): boolean {
  const key = nameKey(ref.namespace, ref.name);
  const serviceName = cluster.workloads.get(refKey(ref))?.serviceName ?? '';
  if (serviceName !== '') return host.split('.').includes(serviceName);
  const gateway = ref.kind === 'Gateway' ? cluster.gateways.get(key) : undefined;
  const attached = [...cluster.routes.values()].filter(({ parentRefs }) => parentRefs.some(({ name, namespace }) => nameKey(namespace, name) === key));
  const names = gateway === undefined ? (cluster.routes.get(refKey(ref))?.hostnames ?? []) : attached.flatMap(({ hostnames }) => hostnames);
  return names.some((name) => routeHostMatches(name, host));
}

/** Looks for a request that fails because of each settled fact that none of the questions has met. */
function prove(cluster: Cluster, settled: ReadonlyMap<Finding, Draft>, ask: (question: Question) => Answer): void {
  let probes = 0;
  for (const [finding, draft] of settled) {
    if (draft.sights.length > 0 || finding.object === undefined || (finding.severity === 'info' && draft.kind === null) || probes >= MOST_PROBES) continue;
    for (const question of questionsAbout(cluster, finding.object).slice(0, PROBES_PER_FINDING)) {
      probes += 1;
      const answer = ask(question);
      const sight = sightOf(cluster, answer, draft, settled);
      if (sight === null) continue;
      draft.sights.push(sight);
      if (sight.fails && (finding.object.kind !== 'NetworkPolicy' || tellsSame(draft, sight))) break;
    }
  }
}

/** The hop found the same label in the way as the finding, so that this is the client or server that was meant. */
function tellsSame({ message }: Draft, { hop }: Sight): boolean {
  const { found } = message.args;
  return found === undefined || hop.why.some(({ args }) => args['found'] === found);
}

/** How a request about an object shows what is wrong with it: it fails and nothing else explains it, or it meets the object. */
function sightOf(cluster: Cluster, answer: Answer, draft: Draft, settled: ReadonlyMap<Finding, Draft>): Sight | null {
  const { trace, question } = answer;
  for (const branch of failuresOf(question, trace)) {
    const hop = leafOf(trace, branch);
    if (hop === undefined) continue;
    const sight = { answer, branch, hop, fails: true };
    const blamed = blame(cluster, sight, settled);
    const kind = kindOf(saidBy(hop))?.kind ?? null;
    const isUnexplained = blamed.length === 0 && (kind === null || kind.role === 'symptom' || draft.kind?.explains?.includes(kind.code) === true);
    // A request about an object that does not exist fails because of that, wherever it ends.
    if (blamed.includes(draft) || isUnexplained || draft.rank === RANK.text) return sight;
  }
  const key = draft.object === null ? null : refKey(draft.object);
  const hop = trace.hops.find(({ object, consulted, evidence }) =>
    [object, ...consulted.map((entry) => entry.object), ...evidence.map((entry) => entry.object)].some((ref) => ref !== null && refKey(ref) === key),
  );
  const branch = hop && trace.branches.find(({ hops }) => hops.includes(hop.id));
  return hop === undefined || branch === undefined ? null : { answer, branch, hop, fails: false };
}

function problemOf(cluster: Cluster, draft: Draft): Problem {
  const { code, failure, kind, message, ranges, object, path, rules, sights } = draft;
  const best = bestSight(draft);
  const bare: Problem = {
    code,
    failure,
    severity: severityOf(draft),
    message,
    ranges,
    object,
    path,
    rules: failure === null || rules.includes(failure) ? rules : [...rules, failure],
    proof: best === null ? null : proofOf(best),
    savedRequests: [...new Set(sights.flatMap(({ answer }) => answer.question.saved?.request.name ?? []))],
    confirm: confirmingCommands(cluster, { code: draft.settled === null ? null : code, object, ranges }, best === null ? draft.commands : best.hop.commands),
    cure: null,
    suppressed: object === null ? null : suppressionOf(cluster, object, code),
  };
  const isDoubtful = bare.severity === 'error' && draft.settled !== null && !cluster.environment.complete && kind?.isCertain?.(bare, cluster) === false;
  const isAsked = sights.some(({ answer, fails }) => fails && answer.question.isTheirs);
  return {
    ...bare,
    severity: isDoubtful && !isAsked ? 'warning' : bare.severity,
    cure: kind?.cure?.(bare) ?? null,
    ranges: distinct([...ranges, ...(kind?.places?.(bare, cluster) ?? [])]),
  };
}

/** A person's own request before one of our choosing, a failing one before one that arrives, and one that shows the very label. */
function bestSight(draft: Draft): Sight | null {
  const worth = (sight: Sight) => (sight.fails ? 4 : 0) + (sight.answer.question.isTheirs ? 2 : 0) + (tellsSame(draft, sight) ? 1 : 0);
  return draft.sights.reduce<Sight | null>((best, sight) => (best === null || worth(sight) > worth(best) ? sight : best), null);
}

/** What no request misses is no error, but for what the API server itself would refuse. */
function severityOf({ settled, sights, rank, kind }: Draft): Severity {
  const fails = sights.some((sight) => sight.fails);
  if (settled === 'info' || (settled === 'warning' && sights.length === 0)) return 'info';
  if (kind?.role === 'note' || kind?.role === 'opening' || kind?.role === 'astray') return 'warning';
  if (settled === null) return 'error';
  if (settled === 'error' && rank === RANK.text) return 'error';
  return fails ? 'error' : 'warning';
}

function proofOf({ answer: { question, trace }, branch, hop, fails }: Sight): Proof {
  return {
    flow: question.flow,
    draft: question.draft,
    saved: question.saved?.request.name ?? null,
    fails,
    station: branch.hops.indexOf(hop.id) + 1,
    at: hop.title,
    summary: trace.summary,
    clientSees: trace.clientSees,
  };
}

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

interface Weighed {
  readonly draft: Draft;
  readonly problem: Problem;
}

function byWeight(a: Weighed, b: Weighed): number {
  return weightOf(a) - weightOf(b) || b.draft.sights.length - a.draft.sights.length;
}

/** What is suppressed comes last, then by severity, by whose request meets it, and by how deep the cause lies. */
function weightOf({ draft, problem }: Weighed): number {
  const isTheirs = draft.rank === RANK.text || draft.sights.some(({ answer, fails }) => fails && answer.question.isTheirs);
  return (problem.suppressed === null ? 0 : 1000) + SEVERITIES.indexOf(problem.severity) * 100 + (isTheirs ? 0 : 10) + draft.rank;
}
