/** Packets that no component takes: addresses that only the cluster knows, nodes that are down (S1.6, S7.4). */
import { msg } from '../../../catalogue/message.ts';
import { placesOf, said } from '../edits.ts';
import type { FindingKind } from '../finding-kind.ts';

export const network: readonly FindingKind[] = [
  {
    code: 'cluster-ip-from-outside',
    role: 'cause',
    decisions: { 'network.why.cluster-ip': 'F-26', 'network.why.pod-ip': 'F-26' },
    cure: () => msg('diagnose.cure.outside'),
  },
  {
    code: 'node-address-private',
    role: 'cause',
    decisions: { 'network.why.private-node': 'F-30' },
    places: ({ proof }, cluster) =>
      [...cluster.services.values()]
        .filter(({ ports }) => ports.some(({ nodePort }) => nodePort > 0 && nodePort === proof?.flow.port))
        .flatMap(({ ref }) => placesOf(cluster, ref, ['spec', 'type'])),
    cure: () => msg('diagnose.cure.private-node'),
  },
  {
    code: 'address-unknown',
    role: 'cause',
    decisions: {
      'network.why.no-pod': 'F-17',
      'network.why.no-service': 'F-17',
      'network.why.unknown': 'F-17',
      'pod.gone': 'F-17',
      'kube-proxy.why.unallocated': 'F-17',
    },
    cure: () => msg('diagnose.cure.address'),
  },
  {
    code: 'node-down',
    role: 'cause',
    decisions: { 'network.why.node-down': 'F-96', 'pod.node-down': 'F-96' },
    cure: ({ message }) => msg('diagnose.cure.node-down', { node: said(message, 'node') }),
  },
  {
    code: 'endpoint-is-cluster-ip',
    role: 'cause',
    decisions: { 'network.why.endpoint-is-cluster-ip': 'F-37' },
    cure: () => msg('diagnose.cure.slice-cluster-ip'),
  },
  {
    code: 'node-port-unused',
    role: 'cause',
    decisions: { 'node.why.refused': 'F-25' },
    cure: () => msg('diagnose.cure.node-port'),
  },
];
