/**
 * A Service as the API server takes it: defaults filled in, addresses and node ports not yet allocated.
 * A selector that matches nothing and a targetPort that no container declares are no errors here (S4.2.25).
 * https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/
 */
import { msg } from '../../../catalogue/message.ts';
import { canonicalIp } from '../../manifests/ip.ts';
import type { Field } from '../field.ts';
import { checkLabels, oneOfOr, shown } from '../field-rules.ts';
import { type Change, refuseChanges } from '../immutable.ts';
import type { Kind } from '../kind.ts';
import { readObject } from '../metadata.ts';
import { isDns1123Subdomain } from '../names.ts';
import { isHeadless, readClusterIPs, readExternalIPs, readLoadBalancerStatus } from './service-addresses.ts';
import { readServicePorts } from './service-ports.ts';
import type { Service, ServiceType } from './service-spec.ts';
import {
  checkTopologyAnnotations,
  readExternalTrafficPolicy,
  readHealthCheckNodePort,
  readInternalTrafficPolicy,
  readLoadBalancerFields,
  readSessionAffinity,
  readTrafficDistribution,
} from './traffic-policies.ts';

export const service: Kind<Service> = {
  kind: 'Service',
  plural: 'services',
  apiVersions: ['v1'],
  removed: {},
  namespaced: true,
  role: 'service',
  docs: 'https://kubernetes.io/docs/concepts/services-networking/service/',
  template: `apiVersion: v1
kind: Service
metadata:
  name: api
spec:
  selector:
    app: api
  ports:
  - port: 80
    targetPort: http
`,
  read: (manifest) =>
    readObject(manifest, 'service-name', (root, base): Service => {
      const spec = root.get('spec');
      const type = readType(spec.get('type'));
      const selector = readSelector(spec.get('selector'));
      const externalName = type === 'ExternalName' ? readExternalName(spec.get('externalName')) : null;
      const ports = readServicePorts(spec, type, isHeadless(spec));
      const sessionAffinity = readSessionAffinity(spec);
      const addresses = readClusterIPs(spec, type, selector !== null);
      const externalIPs = readExternalIPs(spec);
      const loadBalancer = readLoadBalancerFields(root, type);
      const externalTrafficPolicy = readExternalTrafficPolicy(spec, type, externalIPs.length > 0);
      const loadBalancerIP = spec.get('loadBalancerIP').filledText();
      checkTopologyAnnotations(root.at('metadata', 'annotations'));
      return {
        ...base,
        type,
        selector,
        ports,
        ...addresses,
        externalIPs,
        externalName,
        loadBalancerIP: loadBalancerIP === null ? null : (canonicalIp(loadBalancerIP) ?? loadBalancerIP),
        ...loadBalancer,
        externalTrafficPolicy,
        internalTrafficPolicy: readInternalTrafficPolicy(spec, type),
        healthCheckNodePort: readHealthCheckNodePort(spec, type, externalTrafficPolicy),
        sessionAffinity,
        publishNotReadyAddresses: spec.get('publishNotReadyAddresses').boolean() ?? false,
        trafficDistribution: readTrafficDistribution(spec),
        statusIngress: readLoadBalancerStatus(root.get('status')),
      };
    }),
  update: (before, after) =>
    refuseChanges(after, [
      ...(before.type === 'LoadBalancer' && after.type === 'LoadBalancer'
        ? [{ path: ['spec', 'loadBalancerClass'], before: before.loadBalancerClass, after: after.loadBalancerClass, rule: 'S4.2.18' as const }]
        : []),
      ...changedAddresses(before, after),
      ...changedHealthCheckPort(before, after),
    ]),
  references: () => [],
};

/** The addresses that both state. One that was given a ClusterIP cannot become headless either. */
function changedAddresses(before: Service, after: Service): readonly Change[] {
  if (before.type === 'ExternalName' || after.type === 'ExternalName') return [];
  const ips = ({ headless, clusterIPs }: Service) => (headless ? ['None'] : clusterIPs);
  return ips(after).flatMap((ip, index): readonly Change[] => {
    const old = ips(before)[index];
    const isKept = old === undefined && ip !== 'None';
    return isKept ? [] : [{ path: ['spec', 'clusterIPs', index], before: old ?? null, after: ip, rule: 'S4.2.23' }];
  });
}

function changedHealthCheckPort(before: Service, after: Service): readonly Change[] {
  const [old, now] = [before.healthCheckNodePort, after.healthCheckNodePort];
  if (old === 0 || now === 0) return [];
  return [{ path: ['spec', 'healthCheckNodePort'], before: String(old), after: String(now), rule: 'S4.2.20', category: 'Forbidden' }];
}

function readType(field: Field): ServiceType {
  return oneOfOr<ServiceType>(
    field,
    ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'],
    { word: 'ClusterIP', by: 'S3.1', whereEmpty: 'missing' },
    'S4.2.9',
  );
}

/** An empty selector selects nothing, like none at all (S5.1). */
function readSelector(field: Field): Service['selector'] {
  const selector = field.textMap();
  checkLabels(field, selector);
  return Object.keys(selector).length === 0 ? null : selector;
}

function readExternalName(field: Field): string | null {
  const name = field.filledText();
  // One dot at the end is cut off before anybody looks.
  if (name === null || name === '.') field.reject('Required', 'S4.2.11', msg('rejection.service.external-name', { path: field.name }));
  else if (!isDns1123Subdomain(name.replace(/\.$/, ''))) {
    field.reject('Invalid', 'S4.2.11', msg('rejection.service.external-name-invalid', { path: field.name, value: shown(name) }));
  }
  return name;
}
