/** What all objects share: names, labels, annotations, owners (S4.1). */
import { msg } from '../../catalogue/message.ts';
import type { ManifestObject } from '../manifests/document.ts';
import { Field, type Reading } from './field.ts';
import { checkLabels, checkName, type NameRule, required, shown } from './field-rules.ts';
import type { Admission, ApiObject, Metadata } from './kind.ts';
import { isQualifiedName } from './names.ts';

/**
 * Reads one object: metadata first, then what `build` reads from the root. The object is null when anything was
 * rejected; wrong types hide all other rejections, because the API server does not get as far as validating.
 */
export function readObject<T extends ApiObject>(manifest: ManifestObject, grammar: NameRule, build: (root: Field, base: ApiObject) => T): Admission<T> {
  const reading: Reading = { object: manifest.ref, decodeErrors: [], rejections: [], findings: [], defaults: {} };
  const root = new Field(manifest.value, [], reading);
  const metadata = readMetadata(root.get('metadata'), manifest, grammar);
  const object = build(root, { ref: manifest.ref, metadata, manifest, order: manifest.order });
  const rejections = reading.decodeErrors.length > 0 ? reading.decodeErrors : reading.rejections;
  return { object: rejections.length > 0 ? null : object, rejections, findings: reading.findings, defaults: reading.defaults };
}

/** True for an object that an API server has stored: rules for new objects do not apply to it. */
export function isStored(root: Field): boolean {
  const metadata = root.get('metadata');
  return metadata.get('uid').isSet || metadata.get('resourceVersion').isSet;
}

function readMetadata(field: Field, manifest: ManifestObject, grammar: NameRule): Metadata {
  const { name, namespace } = manifest.ref;
  if (name === '') required(field.get('name'), 'S4.1.2');
  else checkName(field.get('name'), name, grammar, grammar === 'dns1035-label' ? 'S4.1.1' : 'S4.1.2');
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
