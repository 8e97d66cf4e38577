/**
 * Assumptions with the choices that flip them: each choice is an edit of the Scenario document. An answer given before
 * stands in `environment.assume` by the assumption's id.
 */
import { msg, type Message } from '../../catalogue/message.ts';
import type { Json } from '../manifests/document.ts';
import type { Assumption, AssumptionChoice } from '../trace/assumption.ts';
import type { Environment } from './environment.ts';
import type { Ledger } from './ledger.ts';

/**
 * What becomes of an inference: `assumed` (shown and flippable), `stated` (a person confirmed it) or `refused`.
 * A closed world infers nothing that nobody confirmed (S1.3a).
 */
export type Answer = 'assumed' | 'stated' | 'refused';

export function answerTo(environment: Environment, id: string): Answer {
  const answer = environment.assume[id];
  if (answer === undefined) return environment.complete ? 'refused' : 'assumed';
  return answer === false ? 'refused' : 'stated';
}

/** Writes an inference down and returns its id to put on what it makes; null when a person confirmed it. */
export function infer(ledger: Ledger, answer: Answer, id: string, message: Message): string | null {
  if (answer !== 'assumed') return null;
  if (!ledger.assumptions.has(id)) ledger.assumptions.set(id, { id, origin: 'inferred', message, choices: yesOrNo(id) });
  return id;
}

/** A default of S1.3 that nobody stated. */
export function recordDefault(
  ledger: Ledger,
  id: string,
  message: Message,
  choices: readonly AssumptionChoice[],
  origin: Assumption['origin'] = 'default',
): void {
  if (!ledger.assumptions.has(id)) ledger.assumptions.set(id, { id, origin, message, choices });
}

export function yesOrNo(id: string): readonly AssumptionChoice[] {
  const path = ['spec', 'environment', 'assume', id];
  return [
    { label: msg('assume.yes'), current: true, set: { path, value: true } },
    { label: msg('assume.no'), current: false, set: { path, value: false } },
  ];
}

/** One choice per value of an environment key. */
export function environmentChoices(
  key: string,
  values: readonly { readonly label: Message; readonly value: Json; readonly current: boolean }[],
): readonly AssumptionChoice[] {
  return values.map(({ label, value, current }) => ({ label, current, set: { path: ['spec', 'environment', key], value } }));
}
