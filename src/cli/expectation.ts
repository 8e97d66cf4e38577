/**
 * What a saved request expects, compared with the result object of the command. The words mean what they mean in the
 * conformance cases, and the same code compares them; a person may have written anything, so their form is looked at first.
 */
import { msg, type Message } from '../catalogue/message.ts';
import type { Expectations } from '../conformance/case.ts';
import { compare } from '../conformance/compare.ts';
import type { Json } from '../engine/index.ts';

type Form = 'boolean' | 'number' | 'text' | 'list' | 'mapping';

/** Words about a request. Null always means: no such thing. */
const WORDS: Readonly<Partial<Record<keyof Expectations, Form>>> = {
  reached: 'boolean',
  services: 'mapping',
  workloads: 'mapping',
  pods: 'mapping',
  endpoints: 'mapping',
  shareTolerance: 'number',
  podsExact: 'list',
  distinctPods: 'number',
  workloadNamespace: 'text',
  podNamePrefix: 'text',
  status: 'number',
  statusAnyOf: 'list',
  statusNot: 'list',
  statusRange: 'list',
  grpcStatus: 'number',
  grpcStatusNot: 'list',
  failure: 'text',
  failureAnyOf: 'list',
  failureStage: 'text',
  blockedBy: 'text',
  policy: 'text',
  redirect: 'mapping',
  responseHeaders: 'mapping',
  responseHeadersAnyOf: 'mapping',
  responseHeadersAbsent: 'list',
  atBackend: 'mapping',
  atBackendByWorkload: 'mapping',
  sourceIP: 'text',
  mirroredTo: 'mapping',
  resolvesTo: 'list',
  cname: 'text',
  tlsCertificateFor: 'text',
  interceptedByKubeProxy: 'boolean',
  ingressAddressAssigned: 'mapping',
};
const NULLABLE: ReadonlySet<string> = new Set(['status', 'grpcStatus', 'failure']);

/** One message for each word that does not hold or is not understood; empty when all hold. */
export function unmetExpectations(expect: Json, result: Record<string, unknown>): readonly Message[] {
  const wrong = misformed(expect);
  if (wrong.length > 0) return wrong;
  // Every word has the form that its type says, and `resultOf` gives what an `Answer` describes.
  const verdict = compare({ name: '', manifestFile: '', source: '', request: {}, expect: expect as Expectations }, result);
  switch (verdict.kind) {
    case 'passed':
      return [];
    case 'unsupported':
      return [msg('cli.expect.unsupported', { what: verdict.reasons })];
    case 'failed':
      return verdict.differences.map(({ word, of, expected, came }) =>
        msg('cli.expect.value', { key: of === null ? word : `${word} ${of}`, got: JSON.stringify(came), wanted: JSON.stringify(expected) }),
      );
  }
}

function misformed(expect: Json): readonly Message[] {
  if (formOf(expect) !== 'mapping') return [msg('cli.expect.form', { key: 'expect', form: 'mapping' })];
  return Object.entries(expect as Readonly<Record<string, Json>>).flatMap(([key, value]) => {
    const form = Object.hasOwn(WORDS, key) ? WORDS[key as keyof Expectations] : undefined;
    if (form === undefined) return [msg('cli.expect.unknown', { key })];
    const isRight = formOf(value) === form || (value === null && NULLABLE.has(key));
    return isRight ? [] : [msg('cli.expect.form', { key, form })];
  });
}

function formOf(value: Json): Form | null {
  if (value === null) return null;
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'object') return 'mapping';
  return typeof value === 'string' ? 'text' : typeof value === 'number' ? 'number' : 'boolean';
}
