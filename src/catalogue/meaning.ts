import { failures } from './en/failures.ts';
import { msg, type Message } from './message.ts';

/** Stable and kebab-case (`selector-matches-no-pods`). A finding without a word about what it means does not compile. */
export type FailureCode = keyof typeof failures extends `failure.${infer Code}` ? Code : never;

/** What a finding means, for a reader who is new to Kubernetes. The words are taught by whoever shows them. */
export function meaningOf(code: FailureCode): Message {
  return msg(`failure.${code}`);
}
