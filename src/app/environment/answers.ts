import { msg, type Message } from '../../catalogue/message.ts';
import type { Environment, FieldPath, Json } from '../../engine/index.ts';

/** One thing a person said about the world that no setting of its own shows. */
export interface Answer {
  /** Where it stands in the Scenario; taking the field away gives the default back. */
  readonly path: FieldPath;
  readonly about: string;
  readonly value: Message;
}

const MAPS = ['assume', 'publicDNS', 'pods', 'loadBalancers'] as const;

/** Answers to assumptions by their id, and what is stated for single names, Pods and load balancers. */
export function answersOf(environment: Environment): readonly Answer[] {
  return MAPS.flatMap((map) =>
    Object.entries(environment[map]).map(([key, value]): Answer => ({ path: ['spec', 'environment', map, key], about: key, value: valueText(value as Json) })),
  );
}

function valueText(value: Json): Message {
  if (value === true) return msg('app.env.answer-yes');
  if (value === false) return msg('app.env.answer-no');
  // As it stands in the Scenario, a field after the other, without the signs that only JSON needs.
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const fields = Object.entries(value).map(([name, field]) => `${name}: ${plain(field)}`);
    return msg('app.env.answer-value', { value: fields.join(', ') });
  }
  return msg('app.env.answer-value', { value: plain(value) });
}

function plain(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
