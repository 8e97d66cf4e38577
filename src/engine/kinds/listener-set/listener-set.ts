/**
 * ListenerSet: listeners that another team adds to a Gateway which lets it (S12.14).
 * https://gateway-api.sigs.k8s.io/api-types/listenerset/
 */
import { required } from '../field-rules.ts';
import { readListeners } from '../gateway-api/listeners.ts';
import { readTargetRef, USUAL_PARENT } from '../gateway-api/references.ts';
import { referenceTo } from '../gateway-api/route.ts';
import type { Kind } from '../kind.ts';
import { readObject } from '../metadata.ts';
import type { ListenerSet } from './listener-set-spec.ts';

export const listenerSet: Kind<ListenerSet> = {
  kind: 'ListenerSet',
  plural: 'listenersets',
  apiVersions: ['gateway.networking.k8s.io/v1'],
  removed: {},
  namespaced: true,
  role: 'controller',
  docs: 'https://gateway-api.sigs.k8s.io/api-types/listenerset/',
  template: `apiVersion: gateway.networking.k8s.io/v1
kind: ListenerSet
metadata:
  name: shop
spec:
  parentRef:
    name: public
  listeners:
  - name: shop
    hostname: shop.example.com
    port: 80
    protocol: HTTP
`,
  read: (manifest) =>
    readObject(manifest, 'dns1123-subdomain', (root, base): ListenerSet => {
      const parent = root.at('spec', 'parentRef');
      if (!parent.isSet) required(parent, 'S4.7.14');
      return {
        ...base,
        parentRef: readTargetRef(parent, base.ref.namespace, USUAL_PARENT),
        listeners: readListeners(root.at('spec', 'listeners'), base.ref.namespace),
      };
    }),
  references: (object) => [
    ...referenceTo(object.parentRef, ['spec', 'parentRef']),
    ...object.listeners.flatMap(({ tls }, i) =>
      (tls?.certificateRefs ?? []).flatMap((ref, j) => referenceTo(ref, ['spec', 'listeners', i, 'tls', 'certificateRefs', j])),
    ),
  ],
};
