/**
 * Reads a value against a description of what it may be. What does not fit is left out and told, with what would fit;
 * the rest stays. Our own document is never rejected as a whole.
 */
import { msg, type Message } from '../../../catalogue/message.ts';
import type { Json, JsonObject } from '../../manifests/document.ts';
import { parseCidr, parseIp } from '../../manifests/ip.ts';
import { isList, isObject } from '../../manifests/json.ts';
import { formatFieldPath, type FieldPath } from '../../manifests/source.ts';

export type Shape =
  | {
      readonly kind: 'text';
      readonly check?: (text: string) => boolean;
      readonly wrong?: (args: { path: string; value: string }) => Message;
      readonly lenient?: boolean;
    }
  | { readonly kind: 'choice'; readonly of: readonly string[] }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'constant'; readonly value: boolean | null }
  | { readonly kind: 'integer'; readonly min: number; readonly max: number }
  | { readonly kind: 'list'; readonly of: Shape; readonly orOne?: boolean }
  | { readonly kind: 'fields'; readonly fields: Readonly<Record<string, Shape>>; readonly required?: readonly string[]; readonly exactlyOne?: boolean }
  | { readonly kind: 'entries'; readonly of: Shape; readonly key?: (key: string) => boolean }
  /** The first that fits without a complaint; else the last one's complaints. */
  | { readonly kind: 'either'; readonly of: readonly Shape[] }
  | { readonly kind: 'anything' };

export const text: Shape = { kind: 'text' };
/** Numbers and booleans are taken as they are written: `port: 80` means the text `80`. */
export const lenientText: Shape = { kind: 'text', lenient: true };
export const boolean: Shape = { kind: 'boolean' };
export const anything: Shape = { kind: 'anything' };
export const port: Shape = { kind: 'integer', min: 1, max: 65_535 };
export const address: Shape = { kind: 'text', check: (value) => parseIp(value) !== null, wrong: (args) => msg('manifests.scenario.address', args) };
export const cidr: Shape = { kind: 'text', check: (value) => parseCidr(value) !== null, wrong: (args) => msg('manifests.scenario.cidr', args) };
export const isNamespacedName = (value: string): boolean => /^[^\s/]+\/[^\s/]+$/.test(value);
export const namespacedName: Shape = { kind: 'text', check: isNamespacedName, wrong: ({ path }) => msg('manifests.scenario.name', { path }) };
export const choice = (...of: readonly string[]): Shape => ({ kind: 'choice', of });
export const list = (of: Shape): Shape => ({ kind: 'list', of });

/** Told for every place that does not fit. */
export type Complain = (message: Message, path: FieldPath) => void;

/** The value without what does not fit; undefined when nothing of it does, or there is none. */
export function readShape(shape: Shape, value: Json | undefined, path: FieldPath, complain: Complain): Json | undefined {
  if (value === undefined || (value === null && shape.kind !== 'constant' && shape.kind !== 'anything' && shape.kind !== 'either')) return undefined;
  const name = formatFieldPath(path);
  const reject = (message: Message): undefined => {
    complain(message, path);
    return undefined;
  };
  switch (shape.kind) {
    case 'anything':
      return value;
    case 'text': {
      const taken = typeof value === 'string' ? value : shape.lenient === true && typeof value !== 'object' ? String(value) : null;
      if (taken === null) return reject(msg('manifests.scenario.text', { path: name }));
      return shape.check === undefined || shape.check(taken) ? taken : reject(shape.wrong!({ path: name, value: taken }));
    }
    case 'choice':
      return typeof value === 'string' && shape.of.includes(value)
        ? value
        : reject(msg('manifests.scenario.value', { path: name, value: printed(value), allowed: shape.of }));
    case 'boolean':
      return typeof value === 'boolean' ? value : reject(msg('manifests.scenario.boolean', { path: name }));
    case 'constant':
      return value === shape.value ? value : reject(msg('manifests.scenario.value', { path: name, value: printed(value), allowed: [String(shape.value)] }));
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value) && value >= shape.min && value <= shape.max
        ? value
        : reject(msg('manifests.scenario.number', { path: name, min: shape.min, max: shape.max }));
    case 'list': {
      if (!isList(value)) {
        if (shape.orOne !== true) return reject(msg('manifests.scenario.list', { path: name }));
        const one = readShape(shape.of, value, path, complain);
        return one === undefined ? undefined : [one];
      }
      return value.flatMap((item, index) => readShape(shape.of, item, [...path, index], complain) ?? []);
    }
    case 'entries':
      if (!isObject(value)) return reject(msg('manifests.scenario.mapping', { path: name }));
      return collect(Object.entries(value), (key, item) => {
        if (shape.key?.(key) === false) return reject(msg('manifests.scenario.name', { path: formatFieldPath([...path, key]) }));
        return readShape(shape.of, item, [...path, key], complain);
      });
    case 'fields':
      return isObject(value) ? readFields(shape, value, path, complain) : reject(msg('manifests.scenario.mapping', { path: name }));
    case 'either': {
      for (const candidate of shape.of) {
        let fits = true;
        const taken = readShape(candidate, value, path, () => (fits = false));
        if (fits) return taken;
      }
      return readShape(shape.of.at(-1)!, value, path, complain);
    }
  }
}

function readFields(shape: Extract<Shape, { kind: 'fields' }>, value: JsonObject, path: FieldPath, complain: Complain): Json | undefined {
  const allowed = Object.keys(shape.fields);
  const out = collect(Object.entries(value), (key, item) => {
    const field = Object.hasOwn(shape.fields, key) ? shape.fields[key] : undefined;
    if (field !== undefined) return readShape(field, item, [...path, key], complain);
    complain(msg('manifests.scenario.unknown-key', { path: formatFieldPath([...path, key]), allowed }), [...path, key]);
    return undefined;
  });
  const missing = shape.required?.find((key) => out[key] === undefined);
  if (missing !== undefined) {
    // A value that was there but wrong has been told already.
    if ((value[missing] ?? null) === null) complain(msg('manifests.scenario.required', { path: formatFieldPath([...path, missing]) }), path);
    return undefined;
  }
  if (shape.exactlyOne === true && Object.keys(out).length !== 1) {
    if (Object.keys(value).length !== 1) complain(msg('manifests.scenario.one-of', { path: formatFieldPath(path), allowed }), path);
    return undefined;
  }
  return out;
}

function collect(entries: readonly (readonly [string, Json])[], read: (key: string, value: Json) => Json | undefined): JsonObject {
  const kept: [string, Json][] = [];
  for (const [key, item] of entries) {
    const taken = read(key, item);
    if (taken !== undefined) kept.push([key, taken]);
  }
  return Object.fromEntries(kept);
}

function printed(value: Json): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '').slice(0, 60);
}
