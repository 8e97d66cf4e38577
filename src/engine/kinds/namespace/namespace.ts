/** A Namespace and the label every one carries (S2.10). https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/ */
import type { Kind } from '../kind.ts';
import { readObject } from '../metadata.ts';
import type { Namespace } from './namespace-spec.ts';

/** Written by the API server, always the Namespace's own name. */
export const NAME_LABEL = 'kubernetes.io/metadata.name';

export const namespace: Kind<Namespace> = {
  kind: 'Namespace',
  plural: 'namespaces',
  apiVersions: ['v1'],
  removed: {},
  namespaced: false,
  role: 'none',
  docs: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/',
  template: `apiVersion: v1
kind: Namespace
metadata:
  name: shop
`,
  read: (manifest) =>
    readObject(manifest, 'dns1123-label', (root, base): Namespace => {
      const { name, labels } = base.metadata;
      if (labels[NAME_LABEL] !== name) root.at('metadata', 'labels').get(NAME_LABEL).default(name, 'S2.10');
      return { ...base, ref: { ...base.ref, kind: 'Namespace' }, metadata: { ...base.metadata, labels: { ...labels, [NAME_LABEL]: name } } };
    }),
  references: () => [],
};
