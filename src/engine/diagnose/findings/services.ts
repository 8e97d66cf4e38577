/** What kube-proxy decides about the address and port of a Service (S7). */
import { msg } from '../../../catalogue/message.ts';
import { nameKey } from '../../manifests/object-ref.ts';
import { askInstead, isOwnAddress, placesOf, said, set, unset } from '../edits.ts';
import type { FindingKind } from '../finding-kind.ts';

export const services: readonly FindingKind[] = [
  {
    code: 'service-port-unknown',
    role: 'cause',
    decisions: {
      'kube-proxy.why.is-target-port': 'F-25',
      'kube-proxy.why.is-node-port': 'F-25',
      'kube-proxy.why.other-protocol': 'F-38',
      'kube-proxy.title.undeclared-port': 'F-25',
      'network.why.no-port': 'F-25',
    },
    repairs: (problem, cluster) => {
      const { object, message } = problem;
      const use = said(message, 'use');
      const service = object === null ? undefined : cluster.services.get(nameKey(object.namespace, object.name));
      const ports = use === '' ? (service?.ports ?? []).map(({ port }) => port) : [Number(use)];
      return ports.length !== 1 ? [] : askInstead(problem, cluster, () => ({ port: ports[0]!, portGiven: true }));
    },
    cure: () => msg('diagnose.cure.service-port'),
  },
  {
    code: 'ping-to-cluster-ip',
    role: 'cause',
    decisions: { 'kube-proxy.why.ping-not-broken': 'F-39', 'load-balancer.why.ping': 'F-39' },
    cure: () => msg('diagnose.cure.ping'),
  },
  {
    code: 'traffic-policy-local',
    role: 'cause',
    decisions: { 'kube-proxy.why.no-local': 'F-28' },
    applies: (message) => said(message, 'field') === 'externalTrafficPolicy',
    places: ({ object }, cluster) => (object === null ? [] : placesOf(cluster, object, ['spec', 'selector'])),
    repairs: ({ object, message }) => (object === null ? [] : [[set(object, ['spec', said(message, 'field')], 'Cluster')]]),
  },
  {
    code: 'internal-traffic-policy-local',
    role: 'cause',
    decisions: { 'kube-proxy.why.no-local': 'F-29' },
    applies: (message) => said(message, 'field') === 'internalTrafficPolicy',
    places: ({ object }, cluster) => (object === null ? [] : placesOf(cluster, object, ['spec', 'selector'])),
    repairs: ({ object }) => (object === null ? [] : [[set(object, ['spec', 'internalTrafficPolicy'], 'Cluster')]]),
  },
  {
    code: 'source-range-excludes-client',
    role: 'cause',
    isGuess: isOwnAddress,
    decisions: { 'kube-proxy.why.source-range': 'F-44', 'load-balancer.why.source-range': 'F-44' },
    repairs: ({ object, message }) => {
      const ranges = message.args['ranges'];
      const source = said(message, 'source');
      if (object === null || !Array.isArray(ranges)) return [];
      const range = `${source}/${source.includes(':') ? 128 : 32}`;
      return [[set(object, ['spec', 'loadBalancerSourceRanges', ranges.length], range)], [unset(object, ['spec', 'loadBalancerSourceRanges'])]];
    },
  },
  {
    code: 'service-without-endpoints',
    role: 'symptom',
    decisions: {
      'kube-proxy.why.no-endpoints': 'F-18',
      'load-balancer.why.no-pod': 'F-18',
      'ingress.empty.no-endpoints': 'F-58',
      'gateway.backend.empty': 'F-81',
    },
    cure: () => msg('diagnose.cure.endpoints'),
  },
  {
    code: 'node-port-not-at-address',
    role: 'cause',
    decisions: { 'node.why.node-port-not-here': 'F-31' },
    cure: () => msg('diagnose.cure.node-port-address'),
  },
  {
    code: 'client-affinity-shared',
    role: 'note',
    decisions: { 'kube-proxy.why.one-source': 'F-32' },
    repairs: ({ object }) => (object === null ? [] : [[set(object, ['spec', 'externalTrafficPolicy'], 'Local')], [unset(object, ['spec', 'sessionAffinity'])]]),
    cure: () => msg('diagnose.cure.affinity'),
  },
  {
    code: 'client-affinity-per-node',
    role: 'note',
    decisions: { 'load-balancer.why.affinity-per-node': 'F-32' },
    cure: () => msg('diagnose.cure.affinity'),
  },
  {
    code: 'connection-stays-at-pod',
    role: 'note',
    decisions: { 'kube-proxy.why.stays': 'F-33' },
    cure: () => msg('diagnose.cure.stays'),
  },
  {
    code: 'only-terminating-endpoints',
    role: 'note',
    decisions: { 'kube-proxy.why.terminating': 'F-35' },
    cure: () => msg('diagnose.cure.terminating'),
  },
];
