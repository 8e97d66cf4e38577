/**
 * The engine, the command and the page speak in message ids with typed arguments; all English stands in `en/`.
 *
 * A template is plain data: `{name}` is an argument, `{count|Pod|Pods}` prints the number with the fitting word,
 * and backticks mark a fact (monospace on screen, bare in plain text). Argument names and types are read off the
 * template by the compiler, so a message and its use cannot drift apart.
 */
import type { every } from './en/every.ts';

export type Catalogue = typeof every;
export type MessageId = keyof Catalogue;

/** Strings are printed as they are; a list is printed as `a, b and c`. */
export type ArgValue = string | number | readonly string[];

type Argument<P extends string> = P extends `${infer Name}|${string}` ? { readonly [K in Name]: number } : { readonly [K in P]: ArgValue };
export type ArgsOf<T extends string> = T extends `${string}{${infer P}}${infer Rest}` ? Argument<P> & ArgsOf<Rest> : unknown;
export type MessageArgs<Id extends MessageId> = ArgsOf<Catalogue[Id]>;

/** Plain data: what to say, not how. */
export interface Message {
  readonly id: MessageId;
  readonly args: Readonly<Record<string, ArgValue>>;
}

/** `msg('pod.refused', { pod: 'shop/api-0', port: 80 })`: missing or misspelt arguments do not compile. */
export function msg<Id extends MessageId>(id: Id, ...args: unknown extends MessageArgs<Id> ? [] : [MessageArgs<Id>]): Message {
  return { id, args: args[0] ?? {} };
}
