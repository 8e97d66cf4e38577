/**
 * Endpoints, deprecated and still mirrored into EndpointSlices for Services without a selector (S5.6).
 * https://kubernetes.io/docs/reference/kubernetes-api/service-resources/endpoints-v1/
 */
import { msg } from '../../../catalogue/message.ts';
import type { Field } from '../field.ts';
import { checkName, checkOrdinaryIp, checkPortNumber, readIp, readProtocol, required, shown } from '../field-rules.ts';
import type { ApiObject, Kind } from '../kind.ts';
import { readObject } from '../metadata.ts';
import { isDns1123Label } from '../names.ts';
import type { EndpointAddress, Endpoints } from './endpoints-spec.ts';

export const endpoints: Kind<Endpoints> = {
  kind: 'Endpoints',
  plural: 'endpoints',
  apiVersions: ['v1'],
  removed: {},
  namespaced: true,
  role: 'service',
  docs: 'https://kubernetes.io/docs/concepts/services-networking/service/#endpoints',
  template: `apiVersion: v1
kind: Endpoints
metadata:
  name: api
subsets:
- addresses:
  - ip: 192.168.20.5
  ports:
  - port: 8080
`,
  read: (manifest) =>
    readObject(manifest, 'dns1123-subdomain', (root, base): Endpoints => ({
      ...base,
      subsets: root
        .get('subsets')
        .items()
        .map((subset) => readSubset(subset, base)),
    })),
  references: (object) => [
    { path: ['metadata', 'name'], to: { kind: 'Service', namespace: object.ref.namespace, name: object.ref.name } },
    ...object.subsets.flatMap(({ addresses, notReadyAddresses }, index) =>
      [addresses, notReadyAddresses].flatMap((list, which) =>
        list.flatMap(({ targetRef }, position) =>
          targetRef?.kind === 'Pod'
            ? [{ path: ['subsets', index, which === 0 ? 'addresses' : 'notReadyAddresses', position, 'targetRef'], to: targetRef }]
            : [],
        ),
      ),
    ),
  ],
};

function readSubset(field: Field, base: ApiObject): Endpoints['subsets'][number] {
  const read = (key: string) =>
    field
      .get(key)
      .items()
      .flatMap((item) => readAddress(item, base));
  const addresses = read('addresses');
  const notReadyAddresses = read('notReadyAddresses');
  if (field.get('addresses').items().length + field.get('notReadyAddresses').items().length === 0) {
    field.reject('Required', 'S5.6', msg('rejection.endpoints.addresses', { path: field.name }));
  }
  const ports = field.get('ports').items();
  return { addresses, notReadyAddresses, ports: ports.map((port) => readPort(port, ports.length > 1)) };
}

function readAddress(field: Field, base: ApiObject): readonly EndpointAddress[] {
  const at = field.get('ip');
  if (!at.isSet) required(at, 'S5.6');
  const ip = readIp(at, 'S5.6');
  const hostname = field.get('hostname').filledText();
  if (hostname !== null) checkName(field.get('hostname'), hostname, 'dns1123-label', 'S5.9');
  const target = field.get('targetRef');
  if (ip === null || !checkOrdinaryIp(at, ip, 'S5.6')) return [];
  return [
    {
      ip: ip.text,
      hostname,
      nodeName: field.get('nodeName').filledText(),
      targetRef: target.isSet
        ? {
            kind: target.get('kind').text() ?? '',
            namespace: target.get('namespace').filledText() ?? base.ref.namespace,
            name: target.get('name').text() ?? '',
          }
        : null,
    },
  ];
}

function readPort(field: Field, needsName: boolean): Endpoints['subsets'][number]['ports'][number] {
  const at = field.get('name');
  const name = at.filledText();
  if (name === null && needsName) required(at, 'S5.6');
  if (name !== null && !isDns1123Label(name)) at.reject('Invalid', 'S5.6', msg('rejection.service.port-name', { path: at.name, value: shown(name) }));
  const port = field.get('port').integer() ?? 0;
  checkPortNumber(field.get('port'), port, 'S5.6');
  return {
    name: name ?? '',
    port,
    protocol: readProtocol(field.get('protocol'), 'S5.6', { by: 'S3.13', whereEmpty: 'missing' }),
    appProtocol: field.get('appProtocol').text(),
  };
}
