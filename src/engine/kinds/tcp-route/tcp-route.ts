/**
 * TCPRoute: the connections of a listener's port, spread over Services by weight (S12.12.4).
 * https://gateway-api.sigs.k8s.io/guides/tcp/
 */
import { readForwardingRule, readRoute, routeReferences } from '../gateway-api/route.ts';
import type { Kind } from '../kind.ts';
import { readObject } from '../metadata.ts';
import type { TcpRoute } from './tcp-route-spec.ts';

export const tcpRoute: Kind<TcpRoute> = {
  kind: 'TCPRoute',
  plural: 'tcproutes',
  apiVersions: ['gateway.networking.k8s.io/v1', 'gateway.networking.k8s.io/v1alpha2'],
  experimental: ['gateway.networking.k8s.io/v1alpha2'],
  removed: {},
  namespaced: true,
  role: 'controller',
  docs: 'https://gateway-api.sigs.k8s.io/guides/tcp/',
  template: `apiVersion: gateway.networking.k8s.io/v1
kind: TCPRoute
metadata:
  name: database
spec:
  parentRefs:
  - name: public
    sectionName: database
  rules:
  - backendRefs:
    - name: database
      port: 5432
`,
  // A TLS listener that ends the TLS may hand on what is inside.
  route: { carriers: ['TCP', 'TLS/Terminate'], hasHostnames: false, transport: 'TCP' },
  read: (manifest) =>
    readObject(manifest, 'dns1123-subdomain', (root, base): TcpRoute => ({
      ...readRoute(root, base, { hostnames: null, maxRules: 1, mustHoldRules: true, usualRules: null, readRule: readForwardingRule }),
      protocol: 'tcp',
    })),
  references: routeReferences,
};
