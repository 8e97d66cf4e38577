/** Lines that kubectl printed, with their places, and how what they tell is laid over the objects of the texts. */
import type { Message } from '../../catalogue/message.ts';
import type { Json, JsonObject, ManifestObject, ToldField } from '../manifests/document.ts';
import { isObject } from '../manifests/json.ts';
import type { Sighting, Told } from '../manifests/printed/sighting.ts';
import type { FieldPath, SourceRange } from '../manifests/source.ts';

/** A sighting with its place among the texts. */
export interface Seen extends Sighting {
  readonly range: SourceRange;
}

/** What one room of sightings makes of them. */
export interface Telling {
  /** Objects as they are now known to be: of the texts, or made from a template. */
  readonly objects: readonly ManifestObject[];
  readonly unused: readonly Unused[];
}

export interface Unused {
  readonly seen: Seen;
  readonly why: Message;
}

export type SeenEvent = Seen & { readonly tells: Extract<Told, { readonly tells: 'event' }> };

export const isEvent = (seen: Seen): seen is SeenEvent => seen.tells.tells === 'event';

/** Whether another event about the same object is newer: seen later, or printed later where the ages are equal or unknown. */
export function isNewer(one: SeenEvent, other: SeenEvent, order: readonly Seen[]): boolean {
  if (one.tells.age !== null && other.tells.age !== null && one.tells.age !== other.tells.age) return one.tells.age < other.tells.age;
  return order.indexOf(one) > order.indexOf(other);
}

/** Lines about the same object, in the order of the texts. A line without a namespace means the same as one with it. */
export function byObject(seen: readonly Seen[], kind: string): readonly (readonly Seen[])[] {
  const groups: Seen[][] = [];
  for (const each of seen.filter((one) => one.kind === kind)) {
    const same = groups.find(
      ([first]) => first!.name === each.name && (first!.namespace === each.namespace || first!.namespace === null || each.namespace === null),
    );
    if (same === undefined) groups.push([each]);
    else same.push(each);
  }
  return groups;
}

/** The object of the texts that a line means; several where the line does not name a namespace and more than one fits. */
export function objectsMeant(seen: Sighting, known: ReadonlyMap<string, ManifestObject>): readonly ManifestObject[] {
  return [...known.values()].filter(
    ({ ref }) => ref.kind === seen.kind && ref.name === seen.name && (seen.namespace === null || seen.namespace === ref.namespace),
  );
}

/** The object with what was told laid over what is written; mappings are joined, all else is replaced. */
export function withTold(object: ManifestObject, value: JsonObject, told: readonly ToldField[]): ManifestObject {
  return { ...object, value: joined(object.value, value), told: [...(object.told ?? []), ...told] };
}

function joined(under: JsonObject, over: JsonObject): JsonObject {
  const out: Record<string, Json> = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const before = out[key];
    out[key] = isObject(before) && isObject(value) ? joined(before, value) : value;
  }
  return out;
}

export const toldAt = (range: SourceRange, ...paths: readonly FieldPath[]): readonly ToldField[] => paths.map((path) => ({ path, range }));
