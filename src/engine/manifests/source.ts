/**
 * Where in the texts something stands. Ranges are relative to their document, so a keystroke in one document
 * moves no range of another.
 */

/** A step list from a document's root to a value: `['spec', 'rules', 0, 'host']`. */
export type FieldPath = readonly (string | number)[];

/** Half-open range of UTF-16 offsets within one document of one file. */
export interface SourceRange {
  readonly file: string;
  /** Index of the document in its file, from 0. */
  readonly document: number;
  readonly from: number;
  readonly to: number;
}

/** `spec.rules[0].host`, as the API server writes field paths in its errors. */
export function formatFieldPath(path: FieldPath): string {
  let out = '';
  for (const step of path) {
    if (typeof step === 'number') out += `[${step}]`;
    else if (/^[A-Za-z_][\w-]*$/.test(step)) out += out === '' ? step : `.${step}`;
    else out += `[${step}]`;
  }
  return out;
}
