/**
 * Fields that the API does not have. `kubectl apply` refuses them since 1.25 (strict field validation); tools that do
 * not ask for that lose them without a word, and a misspelt `targetPort` is such a field.
 * https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation
 */
import { msg } from '../../catalogue/message.ts';
import { nearest } from '../manifests/near-miss.ts';
import type { Json, ManifestObject } from '../manifests/document.ts';
import type { Finding } from '../manifests/finding.ts';
import { formatFieldPath, type FieldPath } from '../manifests/source.ts';
import { isMapping } from './field.ts';
import { shown } from './field-rules.ts';
import { gatewayApiFields } from './gateway-api/known-fields.ts';
import { knownFields, type KnownFields } from './known-fields.ts';
import { isStored } from './metadata.ts';

/** A text in the wrong shape altogether needs no hundred sentences. */
const MOST = 20;

const ALL_FIELDS = { ...knownFields, ...gatewayApiFields };

/** In the order of the text. None for what a running cluster shows: whatever stands there, its own release knows. */
export function unknownFields(manifest: ManifestObject): readonly Finding[] {
  const known = ALL_FIELDS[manifest.ref.kind];
  if (known === undefined || isStored(manifest)) return [];
  const findings: Finding[] = [];
  const visit = (value: Json | undefined, fields: KnownFields, path: FieldPath): void => {
    if (!isMapping(value)) return;
    for (const [name, inner] of Object.entries(value)) {
      const at = [...path, name];
      if (!Object.hasOwn(fields, name)) findings.push(unknownField(manifest, at, name, Object.keys(fields)));
      else if (fields[name] !== 'any') descend(inner, fields[name]!, at);
    }
  };
  const descend = (value: Json | undefined, fields: KnownFields | readonly [KnownFields], path: FieldPath): void => {
    if (!isList(fields)) visit(value, fields, path);
    else if (Array.isArray(value)) for (const [index, item] of (value as readonly Json[]).entries()) visit(item, fields[0], [...path, index]);
  };
  visit(manifest.value, known, []);
  return findings.slice(0, MOST);
}

function isList(fields: KnownFields | readonly [KnownFields]): fields is readonly [KnownFields] {
  return Array.isArray(fields);
}

function unknownField({ ref }: ManifestObject, path: FieldPath, name: string, others: readonly string[]): Finding {
  const near = nearest(name, others);
  const field = shown(formatFieldPath(path));
  return {
    code: 'unknown-field',
    severity: 'warning',
    message:
      near === null
        ? msg('rejection.note.unknown-field', { path: field, kind: ref.kind })
        : msg('rejection.note.unknown-field.near', { path: field, kind: ref.kind, near: near.word }),
    ranges: [],
    object: ref,
    path,
    rules: ['S4'],
  };
}
