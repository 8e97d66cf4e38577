/**
 * TLSRoute: TLS connections by the server name the client asks for, to Services that end the TLS themselves, or with
 * TLS ended at the listener (S12.12.1).
 * https://gateway-api.sigs.k8s.io/api-types/tlsroute/
 */
import { readForwardingRule, readRoute, routeReferences } from '../gateway-api/route.ts';
import type { Kind } from '../kind.ts';
import { readObject } from '../metadata.ts';
import type { TlsRoute } from './tls-route-spec.ts';

export const tlsRoute: Kind<TlsRoute> = {
  kind: 'TLSRoute',
  plural: 'tlsroutes',
  apiVersions: ['gateway.networking.k8s.io/v1', 'gateway.networking.k8s.io/v1alpha3', 'gateway.networking.k8s.io/v1alpha2'],
  experimental: ['gateway.networking.k8s.io/v1alpha3', 'gateway.networking.k8s.io/v1alpha2'],
  removed: {},
  namespaced: true,
  role: 'controller',
  docs: 'https://gateway-api.sigs.k8s.io/api-types/tlsroute/',
  template: `apiVersion: gateway.networking.k8s.io/v1
kind: TLSRoute
metadata:
  name: bank
spec:
  parentRefs:
  - name: public
  hostnames:
  - bank.example.com
  rules:
  - backendRefs:
    - name: bank
      port: 443
`,
  route: { carriers: ['TLS/Terminate', 'TLS/Passthrough'], hasHostnames: true, transport: 'TCP' },
  read: (manifest) =>
    readObject(manifest, 'dns1123-subdomain', (root, base): TlsRoute => {
      // The alpha versions took a route without hostnames, for all of the listener.
      const isRequired = manifest.apiVersion.endsWith('/v1');
      const hostnames = { max: 1024, isRequired, ip: 'refused' as const };
      return { ...readRoute(root, base, { hostnames, maxRules: 1, mustHoldRules: true, usualRules: null, readRule: readForwardingRule }), protocol: 'tls' };
    }),
  references: routeReferences,
};
