/**
 * UDPRoute: the datagrams of a listener's port, spread over Services by weight (S12.12.4).
 * https://gateway-api.sigs.k8s.io/reference/spec/#udproute
 */
import { readForwardingRule, readRoute, routeReferences } from '../gateway-api/route.ts';
import type { Kind } from '../kind.ts';
import { readObject } from '../metadata.ts';
import type { UdpRoute } from './udp-route-spec.ts';

export const udpRoute: Kind<UdpRoute> = {
  kind: 'UDPRoute',
  plural: 'udproutes',
  apiVersions: ['gateway.networking.k8s.io/v1', 'gateway.networking.k8s.io/v1alpha2'],
  experimental: ['gateway.networking.k8s.io/v1alpha2'],
  removed: {},
  namespaced: true,
  role: 'controller',
  docs: 'https://gateway-api.sigs.k8s.io/reference/spec/#udproute',
  template: `apiVersion: gateway.networking.k8s.io/v1
kind: UDPRoute
metadata:
  name: names
spec:
  parentRefs:
  - name: public
    sectionName: names
  rules:
  - backendRefs:
    - name: names
      port: 53
`,
  route: { carriers: ['UDP'], hasHostnames: false, transport: 'UDP' },
  read: (manifest) =>
    readObject(manifest, 'dns1123-subdomain', (root, base): UdpRoute => ({
      ...readRoute(root, base, { hostnames: null, maxRules: 1, mustHoldRules: true, usualRules: null, readRule: readForwardingRule }),
      protocol: 'udp',
    })),
  references: routeReferences,
};
