/** What tests ask of manifests: short questions about one YAML text. */
import { parseManifests } from '../manifests/parse.ts';
import { formatFieldPath } from '../manifests/source.ts';
import { type Admitted, admit } from './admit.ts';
import type { ApiObject } from './kind.ts';

export function admitText(text: string): Admitted {
  return admit(parseManifests([{ name: 'test.yaml', text }]));
}

/** The first accepted object; throws when there is none, saying why. */
export function acceptedFrom<T extends ApiObject>(text: string): T {
  const [object] = admitText(text).objects;
  if (object === undefined) throw new Error(`nothing accepted: ${refusalsOf(text).join('; ')}`);
  return object as T;
}

/** `Invalid spec.ports[0].port S4.2.3`: the field that the API server prints, in the order it reports. */
export function refusalsOf(text: string): readonly string[] {
  return admitText(text).rejections.map(({ category, path, printed = path, rule }) => `${category} ${formatFieldPath(printed)} ${rule}`);
}

/** `external-ips-deprecated spec.externalIPs` */
export function notesOf(text: string): readonly string[] {
  return admitText(text).findings.map(({ code, path }) => `${code} ${formatFieldPath(path ?? [])}`);
}

export function defaultsOf(text: string): Readonly<Record<string, string>> {
  const [first = {}] = admitText(text).defaults.values();
  return Object.fromEntries(Object.entries(first).map(([path, { value }]) => [path, value]));
}
