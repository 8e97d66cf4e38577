/**
 * ReferenceGrant: which objects of other namespaces may name objects of this one (S12.9.5).
 * https://gateway-api.sigs.k8s.io/api-types/referencegrant/
 */
import type { Field } from '../field.ts';
import { required } from '../field-rules.ts';
import { checkCount, readRequiredText, readText, requireItems } from '../gateway-api/names.ts';
import type { Kind } from '../kind.ts';
import { readObject } from '../metadata.ts';
import type { ReferenceGrant } from './reference-grant-spec.ts';

export const referenceGrant: Kind<ReferenceGrant> = {
  kind: 'ReferenceGrant',
  plural: 'referencegrants',
  apiVersions: ['gateway.networking.k8s.io/v1', 'gateway.networking.k8s.io/v1beta1'],
  removed: { 'gateway.networking.k8s.io/v1alpha2': '1.2' },
  namespaced: true,
  role: 'none',
  docs: 'https://gateway-api.sigs.k8s.io/api-types/referencegrant/',
  template: `apiVersion: gateway.networking.k8s.io/v1
kind: ReferenceGrant
metadata:
  name: routes-of-shop
spec:
  from:
  - group: gateway.networking.k8s.io
    kind: HTTPRoute
    namespace: shop
  to:
  - group: ""
    kind: Service
`,
  read: (manifest) =>
    readObject(manifest, 'dns1123-subdomain', (root, base): ReferenceGrant => {
      const [from, to] = [root.at('spec', 'from'), root.at('spec', 'to')];
      for (const list of [from, to]) {
        requireItems(list, 'S12.9.5');
        checkCount(list, list.items().length, 16, 'S4.7.1');
      }
      return {
        ...base,
        from: from.items().map((item) => ({
          group: group(item),
          kind: readRequiredText(item.get('kind'), 'S12.9.5'),
          namespace: readRequiredText(item.get('namespace'), 'S12.9.5'),
        })),
        to: to
          .items()
          .map((item) => ({ group: group(item), kind: readRequiredText(item.get('kind'), 'S12.9.5'), name: readText(item.get('name'), 'S12.9.5') })),
      };
    }),
  references: () => [],
};

/** Required, and empty for the core group. */
function group(item: Field): string {
  if (!item.get('group').isSet) required(item.get('group'), 'S12.9.5');
  return item.get('group').text() ?? '';
}
