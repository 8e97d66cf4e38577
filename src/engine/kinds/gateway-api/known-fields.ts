/** The field names of the Gateway API, of both channels. https://gateway-api.sigs.k8s.io/reference/spec/ */
import { type KnownFields, named, object, selector } from '../known-fields.ts';

const ref = named('group', 'kind', 'namespace', 'name');
const parentRef = { ...ref, ...named('sectionName', 'port') };
const backendRef = { ...ref, ...named('port', 'weight') };
const headers: KnownFields = { set: [named('name', 'value')], add: [named('name', 'value')], remove: 'any' };
const path = named('type', 'replaceFullPath', 'replacePrefixMatch');
const mirror: KnownFields = { backendRef, percent: 'any', fraction: named('numerator', 'denominator') };
const extensionRef = named('group', 'kind', 'name');
const persistence: KnownFields = {
  ...named('sessionName', 'absoluteTimeout', 'idleTimeout', 'type', 'cookieConfig'),
  cookie: named('name', 'path', 'lifetimeType'),
  header: named('name'),
};

const httpFilters: readonly [KnownFields] = [
  {
    type: 'any',
    requestHeaderModifier: headers,
    responseHeaderModifier: headers,
    requestMirror: mirror,
    requestRedirect: { ...named('scheme', 'hostname', 'port', 'statusCode'), path },
    urlRewrite: { hostname: 'any', path },
    cors: named('allowOrigins', 'allowCredentials', 'allowMethods', 'allowHeaders', 'exposeHeaders', 'maxAge'),
    externalAuth: { backendRef, ...named('protocol', 'grpc', 'http', 'forwardBody') },
    extensionRef,
  },
];
const grpcFilters: readonly [KnownFields] = [
  { type: 'any', requestHeaderModifier: headers, responseHeaderModifier: headers, requestMirror: mirror, extensionRef },
];
const valueMatch: readonly [KnownFields] = [named('type', 'name', 'value')];

const common: KnownFields = { parentRefs: [parentRef], useDefaultGateways: 'any', useDefaultGatewayScope: 'any' };
const forwarding: KnownFields = object({ spec: { ...common, hostnames: 'any', rules: [{ name: 'any', backendRefs: [backendRef] }] } });
const forwardingByPort: KnownFields = object({ spec: { ...common, rules: [{ name: 'any', backendRefs: [backendRef] }] } });

const namespaces: KnownFields = { from: 'any', selector };
const listeners: readonly [KnownFields] = [
  {
    ...named('name', 'hostname', 'port', 'protocol'),
    tls: { mode: 'any', certificateRefs: [ref], options: 'any', frontendValidation: 'any' },
    allowedRoutes: { namespaces, kinds: [named('group', 'kind')] },
  },
];
const validation: KnownFields = { validation: { caCertificateRefs: [ref], mode: 'any' } };

export const gatewayApiFields: Readonly<Record<string, KnownFields>> = {
  GatewayClass: object({ spec: { ...named('controllerName', 'description'), parametersRef: ref } }),
  Gateway: object({
    spec: {
      ...named('gatewayClassName', 'defaultScope'),
      listeners,
      addresses: [named('type', 'value')],
      infrastructure: { labels: 'any', annotations: 'any', parametersRef: extensionRef },
      allowedListeners: { namespaces },
      tls: { backend: { clientCertificateRef: ref }, frontend: { default: validation, perPort: [{ port: 'any', tls: validation }] } },
      backendTLS: 'any',
    },
  }),
  ListenerSet: object({ spec: { parentRef: ref, listeners } }),
  HTTPRoute: object({
    spec: {
      ...common,
      hostnames: 'any',
      rules: [
        {
          name: 'any',
          matches: [{ path: named('type', 'value'), headers: valueMatch, queryParams: valueMatch, method: 'any' }],
          filters: httpFilters,
          backendRefs: [{ ...backendRef, filters: httpFilters }],
          timeouts: named('request', 'backendRequest'),
          retry: named('codes', 'attempts', 'backoff'),
          sessionPersistence: persistence,
        },
      ],
    },
  }),
  GRPCRoute: object({
    spec: {
      ...common,
      hostnames: 'any',
      rules: [
        {
          name: 'any',
          matches: [{ method: named('type', 'service', 'method'), headers: valueMatch }],
          filters: grpcFilters,
          backendRefs: [{ ...backendRef, filters: grpcFilters }],
          sessionPersistence: persistence,
        },
      ],
    },
  }),
  TLSRoute: forwarding,
  TCPRoute: forwardingByPort,
  UDPRoute: forwardingByPort,
  ReferenceGrant: object({ spec: { from: [named('group', 'kind', 'namespace')], to: [named('group', 'kind', 'name')] } }),
  BackendTLSPolicy: object({
    spec: {
      targetRefs: [named('group', 'kind', 'name', 'sectionName')],
      validation: {
        caCertificateRefs: [extensionRef],
        ...named('wellKnownCACertificates', 'hostname'),
        subjectAltNames: [named('type', 'hostname', 'uri')],
      },
      options: 'any',
    },
  }),
};
