/** Names that do not resolve (S6). */
import { msg } from '../../../catalogue/message.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { nameKey } from '../../manifests/object-ref.ts';
import type { Origin } from '../../trace/flow.ts';
import { askInstead, hostRuleNear, podSource, refNamed, said, set, unset } from '../edits.ts';
import type { FindingKind } from '../finding-kind.ts';
import { meetHost } from './gateway-rules.ts';

export const dns: readonly FindingKind[] = [
  {
    code: 'host-network-dns',
    role: 'cause',
    decisions: { 'dns.use-with-host-net': 'F-11' },
    repairs: (problem, cluster) => clientPolicy(problem, cluster, 'ClusterFirstWithHostNet'),
  },
  {
    code: 'node-resolver',
    role: 'cause',
    decisions: { 'dns.use-cluster-first': 'F-11' },
    repairs: (problem, cluster) => clientPolicy(problem, cluster, 'ClusterFirst'),
  },
  {
    code: 'search-domain-answers',
    role: 'note',
    decisions: { 'dns.search-hijack': 'F-13' },
    repairs: ({ proof }, cluster) => {
      const source = proof === null ? null : askingPod(cluster, proof.flow.from);
      return source === null ? [] : [[set(source.object, [...source.path, 'spec', 'dnsConfig', 'options'], [{ name: 'ndots', value: '1' }])]];
    },
    cure: () => msg('diagnose.cure.search-domain'),
  },
  {
    code: 'external-name-is-address',
    role: 'cause',
    decisions: { 'dns.external-name-ip': 'F-14' },
    // The address becomes an endpoint of a headless Service, so that the name leads there with every port.
    repairs: ({ message }, cluster) => {
      const ref = refNamed('Service', said(message, 'service'));
      const service = cluster.services.get(nameKey(ref.namespace, ref.name));
      const address = said(message, 'target');
      if (service === undefined) return [];
      const ports = service.ports.map(({ name, port, protocol }) => ({ ...(name !== '' && { name }), port, protocol }));
      return [
        [
          unset(ref, ['spec', 'type']),
          unset(ref, ['spec', 'externalName']),
          set(ref, ['spec', 'clusterIP'], 'None'),
          {
            kind: 'add',
            beside: ref,
            value: {
              apiVersion: 'discovery.k8s.io/v1',
              kind: 'EndpointSlice',
              metadata: { name: `${ref.name}-1`, namespace: ref.namespace, labels: { 'kubernetes.io/service-name': ref.name } },
              addressType: address.includes(':') ? 'IPv6' : 'IPv4',
              endpoints: [{ addresses: [address] }],
              ...(ports.length > 0 && { ports }),
            },
          },
        ],
      ];
    },
  },
  {
    code: 'external-name-missing',
    role: 'cause',
    decisions: { 'dns.external-missing': 'F-14', 'dns.alias-loop': 'F-14' },
    cure: () => msg('diagnose.cure.external-name'),
  },
  {
    code: 'external-name-host',
    role: 'note',
    decisions: { 'client.external.host': 'F-15', 'client.external.proxied-host': 'F-15', 'client.external.certificate': 'F-15' },
    cure: () => msg('diagnose.cure.external-host'),
  },
  {
    code: 'pod-name-unknown',
    role: 'cause',
    decisions: {
      'dns.pod-other-subdomain': 'F-10',
      'dns.pod-without-hostname': 'F-10',
      'dns.no-endpoint-name': 'F-10',
      'dns.no-pod-names': 'F-10',
      'dns.pod-not-ready': 'F-10',
    },
    cure: () => msg('diagnose.cure.pod-name'),
  },
  {
    code: 'headless-without-endpoints',
    role: 'symptom',
    decisions: { 'dns.headless-empty': 'F-09' },
    cure: () => msg('diagnose.cure.readiness'),
  },
  {
    code: 'service-name-unknown',
    role: 'cause',
    decisions: {
      'dns.no-service-elsewhere': 'F-06',
      'dns.no-service-near': 'F-08',
      'dns.no-service': 'F-08',
      'dns.cluster-name-outside': 'F-08',
      'dns.service-name-outside': 'F-08',
      'dns.no-such-name': 'F-08',
    },
    repairs: (problem, cluster) => {
      const near = said(problem.message, 'near');
      const service = said(problem.message, 'service');
      const [name = '', elsewhere = ''] = near.split('.');
      return near === ''
        ? []
        : [
            ...(problem.message.id === 'dns.no-service-elsewhere'
              ? [[set(refNamed('Service', nameKey(elsewhere, name)), ['metadata', 'namespace'], said(problem.message, 'namespace'))]]
              : []),
            ...askInstead(problem, cluster, ({ host }) => ({ host: problem.message.id === 'dns.no-service-near' ? host.replace(service, near) : near })),
          ];
    },
    cure: ({ message }) => (said(message, 'near') === '' ? msg('diagnose.cure.name') : msg('diagnose.cure.name-near', { near: said(message, 'near') })),
  },
  {
    code: 'dns-down',
    role: 'cause',
    decisions: { 'dns.server-down': 'F-12' },
    cure: () => msg('diagnose.cure.dns-down'),
  },
  {
    code: 'public-name-missing',
    role: 'cause',
    decisions: { 'dns.no-public-record-near': 'F-16', 'dns.host-not-published': 'F-16', 'dns.waits-for-service': 'F-16', 'dns.no-public-record': 'F-16' },
    repairs: (problem, cluster) => {
      const near = said(problem.message, 'near');
      return near === '' ? [] : [...hostRuleNear(problem, cluster), ...meetHost(problem, cluster), ...askInstead(problem, cluster, () => ({ host: near }))];
    },
    cure: ({ message }) => msg('diagnose.cure.public-record', { name: said(message, 'name') }),
  },
  {
    code: 'public-name-waits',
    role: 'symptom',
    decisions: {
      'dns.waits-for-load-balancer': 'F-40',
      'dns.class-not-served': 'F-53',
      'dns.ingress-without-class': 'F-53',
      'dns.waits-for-ingress': 'F-52',
      'dns.ingress-rejected': 'F-02',
      'dns.service-rejected': 'F-05',
    },
  },
];

type Repairs = NonNullable<FindingKind['repairs']>;

function clientPolicy(problem: Parameters<Repairs>[0], cluster: Parameters<Repairs>[1], policy: string): ReturnType<Repairs> {
  const source = problem.proof === null ? null : askingPod(cluster, problem.proof.flow.from);
  return source === null ? [] : [[set(source.object, [...source.path, 'spec', 'dnsPolicy'], policy)]];
}

/** What holds the Pod's spec that asks; null for clients that are no Pods. */
function askingPod(cluster: Cluster, from: Origin): ReturnType<typeof podSource> {
  if (from.kind !== 'pod' && from.kind !== 'workload') return null;
  return podSource(cluster, { kind: from.kind === 'pod' ? 'Pod' : from.workloadKind, namespace: from.namespace, name: from.name });
}
