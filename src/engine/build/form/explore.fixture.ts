/** Finds, by trying, every field that a kind ever asks for: lists get items, closed sets every word, switches both values. For tests. */
import { watchFields, type Asked } from '../../kinds/field.ts';
import type { Kind } from '../../kinds/kind.ts';
import type { Json, JsonObject } from '../../manifests/document.ts';
import { withValue } from '../../manifests/edit.ts';
import { parseManifests } from '../../manifests/parse.ts';
import { valueAt } from '../text-edits.ts';
import { patternOf } from './pattern.ts';

export function exploreFields(kind: Kind): ReadonlyMap<string, Asked> {
  const [manifest] = parseManifests([{ name: 'x.yaml', text: kind.template }]).objects;
  if (manifest === undefined) throw new Error('no template');
  const found = new Map<string, Asked>();
  const tried = new Set<string>();
  const todo: JsonObject[] = [manifest.value];
  while (todo.length > 0) {
    const value = todo.pop()!;
    const asked: Asked[] = [];
    watchFields(
      () => kind.read({ ...manifest, value }),
      (one) => asked.push(one),
    );
    for (const one of asked) {
      const pattern = patternOf(one.path);
      const known = found.get(pattern);
      if (known === undefined || known.as === 'any' || one.choices.length > known.choices.length) found.set(pattern, one);
      for (const next of variations(one, valueAt(value, one.path))) {
        const id = `${pattern}=${JSON.stringify(next)}`;
        if (tried.has(id)) continue;
        tried.add(id);
        const grown = withValue(value, one.path, next);
        if (typeof grown === 'object' && grown !== null && !Array.isArray(grown)) todo.push(grown as JsonObject);
      }
    }
  }
  return found;
}

function variations({ as, choices }: Asked, value: Json | undefined): readonly Json[] {
  if (choices.length > 0) return choices;
  switch (as) {
    case 'any':
      return value === undefined ? [{}] : [];
    case 'list':
      return Array.isArray(value) && value.length > 0 ? [] : [[{}], ['x']];
    case 'boolean':
      return [true, false];
    case 'map':
      return [];
    case 'number':
    case 'number-or-text':
    case 'text':
      return [];
  }
}
