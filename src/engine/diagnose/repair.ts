/**
 * Fixes that are proven before they are offered: each is made on a copy of the texts, the cluster is built again, and the
 * request that fails is sent again, with the saved ones. What does not make it arrive is not offered.
 */
import { diagnose as words } from '../../catalogue/en/diagnose.ts';
import { learnWords } from '../../catalogue/known-words.ts';
import { msg, type Message } from '../../catalogue/message.ts';
import { buildCluster } from '../cluster/build-cluster.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { send } from '../dataplane/send.ts';
import { parseManifests } from '../manifests/parse.ts';
import { refKey } from '../manifests/object-ref.ts';
import { formatFieldPath } from '../manifests/source.ts';
import type { Workspace } from '../manifests/workspace.ts';
import type { Flow } from '../trace/flow.ts';
import { applyFileEdits, editsFor, type Change, type FileEdit } from './change.ts';
import { effectOn, type RequestEffect } from './blast-radius.ts';
import { diagnose } from './diagnose.ts';
import { failuresOf, isAsWanted } from './failing.ts';
import type { Repair } from './finding-kind.ts';
import { findingKinds } from './findings/index.ts';
import type { Problem } from './problem.ts';
import { questionsAbout, savedQuestions } from './questions.ts';

learnWords(words);

export interface Fix {
  /** What it changes, one sentence a change. */
  readonly what: readonly Message[];
  readonly files: readonly FileEdit[];
  /** How many saved requests do what is wanted of them afterwards, of how many. */
  readonly saved: { readonly asWanted: number; readonly of: number };
  /** Saved requests whose answer the edit changes. */
  readonly changes: readonly RequestEffect[];
}

/** Fixes for one problem, the smallest first; none where the cure lies outside the texts. */
export function fixesFor(workspace: Workspace, cluster: Cluster, problem: Problem): readonly Fix[] {
  const kind = findingKinds.find(({ code, decisions }) => code === problem.code && problem.message.id in decisions);
  const repairs = kind?.repairs?.(problem, cluster) ?? [];
  const fixes = new Map<string, Fix>();
  for (const repair of repairs) {
    const tried = smallest(workspace, cluster, problem, repair);
    if (tried !== null) fixes.set(JSON.stringify(tried.files), tried);
  }
  return [...fixes.values()].sort((a, b) => sizeOf(a) - sizeOf(b));
}

/** Lines and letters that the fix touches. */
function sizeOf({ files }: Fix): number {
  return files.reduce((sum, { edits }) => sum + edits.reduce((size, { from, to, insert }) => size + to - from + insert.length, 0), 0);
}

/** The repair without any change that it does not need; null when even all of it does not help. */
function smallest(workspace: Workspace, cluster: Cluster, problem: Problem, repair: Repair): Fix | null {
  const whole = attempt(workspace, cluster, problem, repair);
  if (whole === null || repair.length === 1) return whole;
  for (const index of repair.keys()) {
    const less = smallest(workspace, cluster, problem, repair.toSpliced(index, 1));
    if (less !== null) return less;
  }
  return whole;
}

function attempt(workspace: Workspace, cluster: Cluster, problem: Problem, repair: Repair): Fix | null {
  const files = editsFor(workspace, cluster.manifests, repair);
  if (files === null) return null;
  const edited = applyFileEdits(workspace, files);
  const after = buildCluster(parseManifests(edited, cluster.manifests), cluster.environment.date);
  if (after.rejections.length > cluster.rejections.length || !isCured(cluster, after, problem)) return null;
  const effect = effectOn(cluster, after);
  // What mends one request and breaks another is no fix.
  if (effect.some(({ asWanted }) => asWanted.before && !asWanted.after)) return null;
  return {
    what: repair.map(sentence),
    files,
    saved: { asWanted: effect.filter(({ asWanted }) => asWanted.after).length, of: effect.length },
    changes: effect.filter(({ differs }) => differs),
  };
}

/** The request does what is wanted of it; where it did before, the same finding is not raised any more. */
function isCured(before: Cluster, after: Cluster, problem: Problem): boolean {
  const { proof, code, object } = problem;
  // The saved request itself may be what was mended.
  const saved = proof === null ? undefined : savedQuestions(after).find((question) => question.saved?.request.name === proof.saved);
  if (saved !== undefined && !isAsWanted(saved, send(after, saved.flow).trace)) return false;
  if (proof !== null && proof.fails) {
    const flow = saved?.flow ?? sameQuestion(before, after, problem) ?? proof.flow;
    return saved !== undefined || failuresOf({ saved: null }, send(after, flow).trace).length === 0;
  }
  const key = object === null ? null : refKey(object);
  const isStill = diagnose(after, proof?.flow ?? null).some((other) => other.code === code && (other.object === null ? null : refKey(other.object)) === key);
  return !isStill && (proof === null || saved !== undefined || failuresOf({ saved: null }, send(after, proof.flow).trace).length === 0);
}

/**
 * A request of our choosing about an object is made from the object's own names, addresses and protocol. Where the fix
 * changes those, the same question about the mended object counts.
 */
function sameQuestion(before: Cluster, after: Cluster, { object, proof }: Problem): Flow | null {
  if (object === null || proof === null) return proof?.flow ?? null;
  const key = JSON.stringify(proof.flow);
  const index = questionsAbout(before, object).findIndex(({ flow }) => JSON.stringify(flow) === key);
  return (index < 0 ? undefined : questionsAbout(after, object)[index]?.flow) ?? proof.flow;
}

function sentence(change: Change): Message {
  if (change.kind === 'add') {
    const { kind, metadata } = change.value as { readonly kind: string; readonly metadata: { readonly name: string } };
    return msg('diagnose.fix.add', { kind, name: metadata.name });
  }
  const args = { path: formatFieldPath(change.path), object: refKey(change.object) };
  if (change.value === undefined) return msg('diagnose.fix.unset', args);
  return msg('diagnose.fix.set', { ...args, value: typeof change.value === 'string' ? change.value : JSON.stringify(change.value) });
}
