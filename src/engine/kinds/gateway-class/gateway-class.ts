/**
 * GatewayClass: names the controller that serves Gateways of the class (S12.1.1).
 * https://gateway-api.sigs.k8s.io/api-types/gatewayclass/
 */
import { msg } from '../../../catalogue/message.ts';
import { shown } from '../field-rules.ts';
import { readRequiredText } from '../gateway-api/names.ts';
import { refuseChanges } from '../immutable.ts';
import type { Kind } from '../kind.ts';
import { readObject } from '../metadata.ts';
import { isDomainPrefixedPath } from '../names.ts';
import type { GatewayClass } from './gateway-class-spec.ts';

export const gatewayClass: Kind<GatewayClass> = {
  kind: 'GatewayClass',
  plural: 'gatewayclasses',
  apiVersions: ['gateway.networking.k8s.io/v1', 'gateway.networking.k8s.io/v1beta1'],
  removed: { 'gateway.networking.k8s.io/v1alpha2': '0.8' },
  namespaced: false,
  role: 'none',
  docs: 'https://gateway-api.sigs.k8s.io/api-types/gatewayclass/',
  template: `apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata:
  name: public
spec:
  controllerName: example.com/gateway-controller
`,
  read: (manifest) =>
    readObject(manifest, 'dns1123-subdomain', (root, base): GatewayClass => {
      const field = root.at('spec', 'controllerName');
      const controllerName = readRequiredText(field, 'S12.1.1');
      if (controllerName !== '' && !isDomainPrefixedPath(controllerName)) {
        field.reject('Invalid', 'S12.1.1', msg('rejection.ingress-class.controller', { path: field.name, value: shown(controllerName) }));
      }
      const parameters = root.at('spec', 'parametersRef');
      return {
        ...base,
        controllerName,
        parametersRef: parameters.isSet
          ? {
              group: parameters.get('group').text() ?? '',
              kind: parameters.get('kind').text() ?? '',
              namespace: parameters.get('namespace').filledText(),
              name: parameters.get('name').text() ?? '',
            }
          : null,
      };
    }),
  update: (before, after) =>
    refuseChanges(after, [{ path: ['spec', 'controllerName'], before: before.controllerName, after: after.controllerName, rule: 'S12.1.1' }]),
  references: () => [],
};
