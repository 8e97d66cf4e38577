/**
 * EndpointSlices as somebody wrote them or pasted them from a cluster (S2.2, S3.13, S5.6).
 * https://kubernetes.io/docs/reference/kubernetes-api/service-resources/endpoint-slice-v1/
 */
import { msg } from '../../../catalogue/message.ts';
import type { IpAddress } from '../../manifests/ip.ts';
import type { Field } from '../field.ts';
import { checkName, checkOrdinaryIp, checkPortNumber, oneOf, readIp, readProtocol, required, shown } from '../field-rules.ts';
import type { ApiObject, Kind } from '../kind.ts';
import { readObject } from '../metadata.ts';
import { isDns1123Label, isDns1123Subdomain } from '../names.ts';
import { ownerReferences } from '../owners.ts';
import type { EndpointSlice, SliceEndpoint } from './endpoint-slice-spec.ts';

/** Joins a slice to its Service. */
export const SERVICE_NAME_LABEL = 'kubernetes.io/service-name';

const MAX_ENDPOINTS = 1000;
const ADDRESS_TYPES = ['IPv4', 'IPv6', 'FQDN'] as const;

export const endpointSlice: Kind<EndpointSlice> = {
  kind: 'EndpointSlice',
  plural: 'endpointslices',
  apiVersions: ['discovery.k8s.io/v1'],
  removed: { 'discovery.k8s.io/v1beta1': '1.25' },
  namespaced: true,
  role: 'service',
  docs: 'https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/',
  template: `apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: api-1
  labels:
    kubernetes.io/service-name: api
addressType: IPv4
ports:
- name: ''
  port: 8080
endpoints:
- addresses:
  - 192.168.20.5
`,
  read: (manifest) =>
    readObject(manifest, 'dns1123-subdomain', (root, base): EndpointSlice => {
      const addressType = readAddressType(root.get('addressType'));
      const endpoints = root.get('endpoints');
      if (endpoints.items().length > MAX_ENDPOINTS)
        endpoints.reject('TooMany', 'S5.8', msg('rejection.too-many', { path: endpoints.name, max: MAX_ENDPOINTS }));
      return {
        ...base,
        serviceName: base.metadata.labels[SERVICE_NAME_LABEL] || null,
        addressType,
        ports: readSlicePorts(root.get('ports')),
        endpoints: endpoints.items().map((endpoint) => readEndpoint(endpoint, addressType, base)),
        madeBy: 'manifest',
      };
    }),
  references: (object) => [
    ...(object.serviceName === null
      ? []
      : [{ path: ['metadata', 'labels', SERVICE_NAME_LABEL], to: { kind: 'Service', namespace: object.ref.namespace, name: object.serviceName } }]),
    ...object.endpoints.flatMap(({ targetRef }, index) => (targetRef?.kind === 'Pod' ? [{ path: ['endpoints', index, 'targetRef'], to: targetRef }] : [])),
    ...object.endpoints.flatMap(({ nodeName }, index) =>
      nodeName === null ? [] : [{ path: ['endpoints', index, 'nodeName'], to: { kind: 'Node', namespace: '', name: nodeName } }],
    ),
    ...ownerReferences(object),
  ],
};

function readAddressType(field: Field): EndpointSlice['addressType'] {
  field.offers(ADDRESS_TYPES);
  if (field.filledText() !== null) return oneOf(field, ADDRESS_TYPES, 'S2.2') ?? 'IPv4';
  required(field, 'S2.2');
  return 'IPv4';
}

function readSlicePorts(field: Field): EndpointSlice['ports'] {
  const names = new Set<string>();
  return field.items().map((item) => {
    const at = item.get('name');
    const name = at.text() ?? at.default('', 'S3.13');
    if (name !== '' && !isDns1123Label(name)) at.reject('Invalid', 'S5.6', msg('rejection.service.port-name', { path: at.name, value: shown(name) }));
    if (names.has(name)) at.reject('Duplicate', 'S5.6', msg('rejection.endpoint-slice.port-name-twice', { path: at.name, value: shown(name) }));
    names.add(name);
    const port = item.get('port').integer();
    if (port !== null) checkPortNumber(item.get('port'), port, 'S5.6');
    return {
      name,
      port,
      protocol: readProtocol(item.get('protocol'), 'S5.6', { by: 'S3.13', whereEmpty: 'refused' }),
      appProtocol: item.get('appProtocol').text(),
    };
  });
}

function readEndpoint(field: Field, addressType: EndpointSlice['addressType'], base: ApiObject): SliceEndpoint {
  const conditions = field.get('conditions');
  const ready = conditions.get('ready').boolean() ?? conditions.get('ready').default(true, 'S3.13');
  const hostname = field.get('hostname').filledText();
  if (hostname !== null) checkName(field.get('hostname'), hostname, 'dns1123-label', 'S5.9');
  const hints = (key: string) =>
    field
      .at('hints', key)
      .items()
      .map((hint) => hint.get('name').text() ?? '');
  const target = field.get('targetRef');
  return {
    addresses: readAddresses(field.get('addresses'), addressType),
    ready,
    serving: conditions.get('serving').boolean() ?? conditions.get('serving').default(ready, 'S3.13'),
    terminating: conditions.get('terminating').boolean() ?? conditions.get('terminating').default(false, 'S3.13'),
    hostname,
    nodeName: field.get('nodeName').filledText(),
    zone: field.get('zone').filledText(),
    targetRef: target.isSet
      ? { kind: target.get('kind').text() ?? '', namespace: target.get('namespace').filledText() ?? base.ref.namespace, name: target.get('name').text() ?? '' }
      : null,
    hints: { forZones: hints('forZones'), forNodes: hints('forNodes') },
  };
}

function readAddresses(field: Field, addressType: EndpointSlice['addressType']): readonly string[] {
  const items = field.items();
  if (items.length === 0) field.reject('Required', 'S5.6', msg('rejection.endpoint-slice.addresses', { path: field.name }));
  if (addressType === 'FQDN') {
    // A name of one label is not fully qualified; a dot may end it.
    for (const item of items) {
      const name = (item.text() ?? '').replace(/\.$/, '');
      if (!name.includes('.') || !isDns1123Subdomain(name)) {
        item.reject('Invalid', 'S5.6', msg('rejection.name.dns1123-subdomain', { path: item.name, value: shown(name) }));
      }
    }
    return field.texts();
  }
  return items.flatMap((item) => {
    const ip = readIp(item, 'S5.6');
    return ip !== null && checkEndpointIp(item, ip, addressType) ? [ip.text] : [];
  });
}

function checkEndpointIp(field: Field, ip: IpAddress, addressType: 'IPv4' | 'IPv6'): boolean {
  if (ip.family === addressType) return checkOrdinaryIp(field, ip, 'S5.6');
  field.reject('Invalid', 'S5.6', msg('rejection.endpoint-slice.family', { path: field.name, value: ip.text, family: addressType }));
  return false;
}
