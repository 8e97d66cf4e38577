/**
 * How plain scalars become values: as kubectl reads them. kubectl uses sigs.k8s.io/yaml, whose rules are YAML 1.1
 * less what Go never took over: `yes` and `on` are true, `0777` is 511 and so is `0o777`, `1e3` is a number, but
 * `1:30` and dates stay text. https://github.com/kubernetes-sigs/yaml (goyaml.v2, resolve.go)
 *
 * One thing differs on purpose: a bare `y` or `n` stays the letter. kubectl reads it as a boolean, which no field that
 * people write it into accepts; several YAML writers print the letters bare. `findBareLetter` makes it a finding, and the
 * rest of the manifests can still be followed.
 */
import { defineMappingTag, defineScalarTag, defineSequenceTag, mapTag, mergeTag, NOT_RESOLVED, nullYaml11Tag, Schema, seqTag, strTag } from 'js-yaml';

const INTEGER = /^([-+]?)(?:0[bB]([01]+)|0[xX]([0-9a-fA-F]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

/** Integers beyond 2^53 lose digits: no field of a manifest that this project reads needs them. */
function resolveNumber(source: string): number | typeof NOT_RESOLVED {
  const plain = source.startsWith('.') ? source : source.replaceAll('_', '');
  const match = INTEGER.exec(plain);
  if (match !== null) {
    const [, sign, binary, hex, octal, decimal] = match;
    const magnitude =
      binary !== undefined ? parseInt(binary, 2) : hex !== undefined ? parseInt(hex, 16) : octal !== undefined ? parseInt(octal, 8) : Number(decimal);
    return sign === '-' && magnitude !== 0 ? -magnitude : magnitude;
  }
  if (!FLOAT.test(plain)) return NOT_RESOLVED;
  const value = Number(plain);
  // JSON has no infinity, so what overflows stays text.
  return Number.isFinite(value) ? value + 0 : NOT_RESOLVED;
}

const TRUE = new Set(['true', 'True', 'TRUE', 'yes', 'Yes', 'YES', 'on', 'On', 'ON']);
const FALSE = new Set(['false', 'False', 'FALSE', 'no', 'No', 'NO', 'off', 'Off', 'OFF']);

const booleanTag = defineScalarTag('tag:yaml.org,2002:bool', {
  implicit: true,
  implicitFirstChars: 'tTfFyYnNoO'.split(''),
  resolve: (source) => (TRUE.has(source) ? true : FALSE.has(source) ? false : NOT_RESOLVED),
  identify: (value) => typeof value === 'boolean',
});

const numberTag = defineScalarTag('tag:yaml.org,2002:int', {
  implicit: true,
  implicitFirstChars: '+-.0123456789'.split(''),
  resolve: resolveNumber,
  identify: (value) => typeof value === 'number',
});
const floatTag = { ...numberTag, tagName: 'tag:yaml.org,2002:float', implicit: false };

// Tags that kubectl does not know change nothing: `!vault secret` is the text `secret`.
const anyScalarTag = defineScalarTag('', { matchByTagPrefix: true, resolve: (source) => source, identify: () => false });
const anySequenceTag = defineSequenceTag<unknown[]>('', { ...seqTag, matchByTagPrefix: true });
const anyMappingTag = defineMappingTag<Record<string, unknown>>('', { ...mapTag, matchByTagPrefix: true });

export const KUBECTL_SCHEMA = new Schema([
  strTag,
  seqTag,
  mapTag,
  nullYaml11Tag,
  booleanTag,
  numberTag,
  floatTag,
  mergeTag,
  anyScalarTag,
  anySequenceTag,
  anyMappingTag,
]);

/** What an untagged plain scalar means; the merge key `<<` is returned as text. */
export function resolvePlain(source: string): null | boolean | number | string {
  for (const tag of [nullYaml11Tag, booleanTag, numberTag]) {
    const value = tag.resolve(source, false, tag.tagName);
    if (value !== NOT_RESOLVED) return value;
  }
  return source;
}
