/** What all objects share: names, labels, annotations, owners (S4.1). */
import { msg } from '../../catalogue/message.ts';
import type { Json, ManifestObject } from '../manifests/document.ts';
import type { Finding, Rejection } from '../manifests/finding.ts';
import { Field, isMapping, type Reading } from './field.ts';
import { checkLabels, checkName, type NameRule, required, shown } from './field-rules.ts';
import type { Admission, ApiObject, Metadata } from './kind.ts';
import { isQualifiedName } from './names.ts';

/**
 * Reads one object: metadata first, then what `build` reads from the root. The object is null when anything was
 * rejected; wrong types hide all other rejections, because the API server does not get as far as validating.
 *
 * What a running cluster shows was accepted there, maybe by an older release: its faults are only told.
 */
export function readObject<T extends ApiObject>(manifest: ManifestObject, grammar: NameRule, build: (root: Field, base: ApiObject) => T): Admission<T> {
  const reading: Reading = { object: manifest.ref, decodeErrors: [], rejections: [], findings: [], defaults: {} };
  const root = Field.root(manifest.value, reading);
  const metadata = readMetadata(root.get('metadata'), manifest, grammar);
  const object = build(root, { ref: manifest.ref, metadata, manifest, order: manifest.order });
  const { decodeErrors, rejections, findings, defaults } = reading;
  if (decodeErrors.length > 0) return { object: null, rejections: decodeErrors, findings, defaults };
  if (rejections.length === 0) return { object, rejections, findings, defaults };
  if (!isStored(manifest)) return { object: null, rejections, findings, defaults };
  return { object, rejections: [], findings: [...findings, ...rejections.map(toldOnly)], defaults };
}

function toldOnly({ object, path, message, rule }: Rejection): Finding {
  return { code: 'stored-but-invalid', severity: 'warning', message, ranges: [], object, path, rules: [rule] };
}

/** True for an object read out of a running cluster: it holds what only an API server or a controller writes. */
export function isStored(manifest: ManifestObject): boolean {
  const { metadata, status } = manifest.value;
  const written = isMapping(metadata) ? metadata : {};
  return holdsSomething(written['uid']) || holdsSomething(written['resourceVersion']) || holdsSomething(status);
}

/** Generators of manifests leave `status: { loadBalancer: {} }` behind, which says nothing. */
function holdsSomething(value: Json | undefined): boolean {
  if (typeof value === 'object' && value !== null) return Object.values(value).some((inner: Json) => holdsSomething(inner));
  return value !== undefined && value !== null && value !== '';
}

function readMetadata(field: Field, manifest: ManifestObject, grammar: NameRule): Metadata {
  const { name, namespace } = manifest.ref;
  if (name === '') required(field.get('name'), 'S4.1.2');
  else checkName(field.get('name'), name, grammar, grammar === 'service-name' ? 'S4.1.1' : 'S4.1.2');
  if (namespace !== '') checkName(field.get('namespace'), namespace, 'dns1123-label', 'S4.1.2');
  const labels = field.get('labels').textMap();
  checkLabels(field.get('labels'), labels);
  const annotations = field.get('annotations').textMap();
  for (const key of Object.keys(annotations)) {
    if (isQualifiedName(key.toLowerCase())) continue;
    const at = field.get('annotations').get(key);
    at.reject('Invalid', 'S4.1.3', msg('rejection.annotation-key', { path: at.name, value: shown(key) }));
  }
  return {
    name,
    namespace,
    labels,
    annotations,
    creationTimestamp: field.get('creationTimestamp').filledText(),
    deletionTimestamp: field.get('deletionTimestamp').filledText(),
    owners: field
      .get('ownerReferences')
      .items()
      .map((owner) => ({
        kind: owner.get('kind').text() ?? '',
        name: owner.get('name').text() ?? '',
        controller: owner.get('controller').boolean() ?? false,
      })),
  };
}
