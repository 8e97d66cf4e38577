import type { FieldPath } from '../../manifests/source.ts';

/** `spec.ports[].port`: the same for every item of a list. */
export function patternOf(path: FieldPath): string {
  return path.reduce<string>((out, step) => (typeof step === 'number' ? `${out}[]` : out === '' ? step : `${out}.${step}`), '');
}
