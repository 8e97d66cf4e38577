/** Endpoints that somebody wrote for a Service without a selector (S5.6, S5.12), and StatefulSets without their Service. */
import { msg } from '../../../catalogue/message.ts';
import { refNamed, said, set, setThere } from '../edits.ts';
import type { FindingKind } from '../finding-kind.ts';

export const endpoints: readonly FindingKind[] = [
  {
    code: 'hand-made-endpoints',
    role: 'cause',
    decisions: {
      'cluster.slice.no-label': 'F-37',
      'cluster.slice.other-label': 'F-37',
      'cluster.slice.port-name': 'F-37',
      'cluster.slice.protocol': 'F-38',
      'cluster.slice.fqdn': 'F-37',
      'cluster.slice.none': 'F-37',
    },
    repairs: (problem) => {
      const { message } = problem;
      switch (message.id as string) {
        case 'cluster.slice.no-label':
        case 'cluster.slice.other-label':
          return setThere(problem, said(message, 'service'));
        case 'cluster.slice.port-name':
          return setThere(problem, said(message, 'wanted') === '""' ? undefined : said(message, 'wanted'));
        case 'cluster.slice.protocol':
          return setThere(problem, said(message, 'wanted'));
        default:
          return [];
      }
    },
    cure: ({ message }) => (message.id === 'cluster.slice.fqdn' ? msg('diagnose.cure.slice-fqdn') : msg('diagnose.cure.endpoints')),
  },
  {
    code: 'stateful-set-service-missing',
    role: 'cause',
    explains: ['service-name-unknown', 'pod-name-unknown'],
    // Many StatefulSets run without it: only who asks for a Pod by name misses it.
    isCertain: ({ message }) => message.id !== 'cluster.stateful-set.no-service',
    decisions: { 'cluster.stateful-set.near': 'F-10', 'cluster.stateful-set.no-service': 'F-10', 'cluster.stateful-set.not-selected': 'F-10' },
    repairs: (problem, cluster) => {
      const { object, message } = problem;
      if (object === null) return [];
      const workload = [...cluster.workloads.values()].find(
        ({ ref }) => ref.kind === object.kind && ref.namespace === object.namespace && ref.name === object.name,
      );
      const labels = workload?.template.labels ?? {};
      const service = refNamed('Service', said(message, 'service'));
      switch (message.id as string) {
        case 'cluster.stateful-set.near':
          return setThere(problem, said(message, 'near').split('/').at(-1) ?? '');
        case 'cluster.stateful-set.not-selected':
          return [[set(service, ['spec', 'selector'], labels)]];
        default: {
          const port = workload?.template.spec.containers.flatMap(({ ports }) => ports)[0];
          const ports = port === undefined ? [] : [{ ...(port.name !== null && { name: port.name }), port: port.containerPort }];
          return [
            [
              {
                kind: 'add',
                beside: object,
                value: {
                  apiVersion: 'v1',
                  kind: 'Service',
                  metadata: { name: service.name, namespace: service.namespace },
                  spec: { clusterIP: 'None', selector: workload?.selector?.matchLabels ?? labels, ...(ports.length > 0 && { ports }) },
                },
              },
            ],
          ];
        }
      }
    },
  },
];
