/**
 * Gateway: where traffic enters, as addresses and listeners. The controller of its class makes the proxy that listens
 * there (S12.1.4).
 * https://gateway-api.sigs.k8s.io/api-types/gateway/
 */
import { msg } from '../../../catalogue/message.ts';
import { canonicalIp } from '../../manifests/ip.ts';
import type { Field } from '../field.ts';
import { checkPortNumber, oneOfOr, shown } from '../field-rules.ts';
import { readListeners, readNamespacesAllowed } from '../gateway-api/listeners.ts';
import { checkCount, readRequiredText, requireItems } from '../gateway-api/names.ts';
import { readTargetRef, USUAL_CERTIFICATE } from '../gateway-api/references.ts';
import { referenceTo } from '../gateway-api/route.ts';
import type { Kind } from '../kind.ts';
import { readObject } from '../metadata.ts';
import type { FrontendValidation, Gateway, GatewayAddress } from './gateway-spec.ts';

export const gateway: Kind<Gateway> = {
  kind: 'Gateway',
  plural: 'gateways',
  apiVersions: ['gateway.networking.k8s.io/v1', 'gateway.networking.k8s.io/v1beta1'],
  removed: { 'gateway.networking.k8s.io/v1alpha2': '0.8' },
  namespaced: true,
  role: 'controller',
  docs: 'https://gateway-api.sigs.k8s.io/api-types/gateway/',
  template: `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata:
  name: public
spec:
  gatewayClassName: public
  listeners:
  - name: http
    port: 80
    protocol: HTTP
`,
  read: (manifest) =>
    readObject(manifest, 'dns1123-subdomain', (root, base): Gateway => {
      const spec = root.get('spec');
      const { namespace } = base.ref;
      const client = spec.at('tls', 'backend', 'clientCertificateRef');
      const infrastructure = spec.get('infrastructure');
      const parameters = infrastructure.get('parametersRef');
      return {
        ...base,
        gatewayClassName: readRequiredText(spec.get('gatewayClassName'), 'S12.1.2'),
        listeners: readListeners(spec.get('listeners'), namespace),
        addresses: readAddresses(spec.get('addresses')),
        allowedListeners: readNamespacesAllowed(spec.at('allowedListeners', 'namespaces'), ['All', 'Selector', 'Same', 'None'], 'None'),
        frontendTls: readFrontend(spec.at('tls', 'frontend'), namespace),
        backendClientCertificate: client.isSet ? readTargetRef(client, namespace, USUAL_CERTIFICATE) : null,
        infrastructure: {
          labels: infrastructure.get('labels').textMap(),
          annotations: infrastructure.get('annotations').textMap(),
          parametersRef: parameters.isSet
            ? { group: parameters.get('group').text() ?? '', kind: parameters.get('kind').text() ?? '', name: parameters.get('name').text() ?? '' }
            : null,
        },
        statusAddresses: root.at('status', 'addresses').isSet ? readAddresses(root.at('status', 'addresses')) : null,
      };
    }),
  references: (object) => [
    ...(object.gatewayClassName === ''
      ? []
      : [{ path: ['spec', 'gatewayClassName'], to: { kind: 'GatewayClass', namespace: '', name: object.gatewayClassName } }]),
    ...object.listeners.flatMap(({ tls }, i) =>
      (tls?.certificateRefs ?? []).flatMap((ref, j) => referenceTo(ref, ['spec', 'listeners', i, 'tls', 'certificateRefs', j])),
    ),
  ],
};

function readAddresses(field: Field): readonly GatewayAddress[] {
  const addresses = field.items().map((item): GatewayAddress => {
    const type = item.get('type').filledText() ?? item.get('type').default('IPAddress', 'S2.8');
    const value = item.get('value').filledText();
    if (type === 'IPAddress' && value !== null && canonicalIp(value) === null) {
      item.get('value').reject('Invalid', 'S4.7.11', msg('rejection.ip', { path: item.get('value').name, value: shown(value) }));
    }
    return { type, value: value !== null && type === 'IPAddress' ? (canonicalIp(value) ?? value) : value };
  });
  checkCount(field, addresses.length, 16, 'S4.7.11');
  return addresses;
}

function readFrontend(field: Field, namespace: string): Gateway['frontendTls'] {
  if (!field.isSet) return null;
  const ports = field.get('perPort').items();
  const perPort = ports.map((item) => {
    const port = item.get('port').integer() ?? 0;
    checkPortNumber(item.get('port'), port, 'S4.7.11');
    return { port, validation: readValidation(item.at('tls', 'validation'), namespace) };
  });
  for (const [index, { port }] of perPort.entries()) {
    if (perPort.findIndex((other) => other.port === port) === index) continue;
    const at = field.get('perPort').item(index).get('port');
    at.reject('Duplicate', 'S4.7.11', msg('rejection.gateway.tls-port-twice', { path: at.name, port }));
  }
  return { default: readValidation(field.at('default', 'validation'), namespace), perPort };
}

function readValidation(field: Field, namespace: string): FrontendValidation | null {
  if (!field.isSet) return null;
  const refs = field.get('caCertificateRefs');
  const caCertificateRefs = refs.items().map((item) => readTargetRef(item, namespace, null));
  requireItems(refs, 'S4.7.11');
  return {
    caCertificateRefs,
    mode: oneOfOr<FrontendValidation['mode']>(
      field.get('mode'),
      ['AllowValidOnly', 'AllowInsecureFallback'],
      { word: 'AllowValidOnly', by: 'S12.12.5', whereEmpty: 'refused' },
      'S4.7.11',
    ),
  };
}
