/** Load balancers that a cloud makes for Ingresses: what keeps their controller from making them, and who cannot reach them. */
import { msg } from '../../../catalogue/message.ts';
import { ALB_PREFIX } from '../../cluster/ingress-balancers/alb-annotations.ts';
import { annotate, ingressOnTheWay, said, set, unset } from '../edits.ts';
import type { FindingKind } from '../finding-kind.ts';

export const ingressBalancers: readonly FindingKind[] = [
  {
    code: 'ingress-load-balancer-failed',
    role: 'cause',
    decisions: {
      'cluster.alb.unreadable': 'F-41',
      'cluster.alb.conflict': 'F-41',
      'cluster.alb.no-certificate': 'F-65',
      'cluster.alb.redirect-port': 'F-41',
      'cluster.alb.two-defaults': 'F-41',
      'cluster.alb.wildcard': 'F-64',
      'cluster.alb.resource': 'F-56',
      'cluster.alb.no-service': 'F-56',
      'cluster.alb.no-port': 'F-57',
      'cluster.alb.needs-node-port': 'F-50',
      'cluster.gce.no-port': 'F-41',
      'cluster.gce.internal-both': 'F-41',
      'cluster.gce.resource': 'F-56',
      'cluster.gce.no-service': 'F-56',
      'cluster.gce.service-port': 'F-57',
      'cluster.gce.needs-node-port': 'F-50',
      'cluster.gce.wildcard': 'F-64',
      'cluster.gce.no-secret-name': 'F-65',
      'cluster.gce.secret': 'F-65',
    },
    repairs: (problem, cluster) => {
      const { object, path, message } = problem;
      if (object === null || path === null) return [];
      const ingress = ingressOnTheWay(problem, cluster);
      switch (message.id as string) {
        case 'cluster.alb.needs-node-port':
          return [[set(object, ['spec', 'type'], 'NodePort')], ...(ingress === null ? [] : [[annotate(ingress.ref, `${ALB_PREFIX}target-type`, 'ip')]])];
        case 'cluster.gce.needs-node-port':
          return [[annotate(object, 'cloud.google.com/neg', '{"ingress": true}')], [set(object, ['spec', 'type'], 'NodePort')]];
        case 'cluster.alb.wildcard':
        case 'cluster.gce.wildcard':
          return [[set(object, [...path.slice(0, -1), 'pathType'], 'ImplementationSpecific')]];
        case 'cluster.alb.unreadable':
        case 'cluster.alb.redirect-port':
          return [[unset(object, path)]];
        default:
          return [];
      }
    },
    cure: ({ message }) =>
      msg('diagnose.cure.balancer-failed', { controller: message.id.startsWith('cluster.alb') ? 'AWS Load Balancer Controller' : 'GKE Ingress' }),
  },
  {
    code: 'ingress-load-balancer-internal',
    role: 'cause',
    decisions: { 'network.why.alb-internal': 'F-45', 'network.why.alb-internal-default': 'F-45', 'network.why.gce-internal': 'F-45' },
    repairs: ({ object, message }) =>
      object === null || said(message, 'annotation') === '' ? [] : [[annotate(object, said(message, 'annotation'), 'internet-facing')]],
    cure: () => msg('diagnose.cure.internal'),
  },
  {
    code: 'ingress-load-balancer-port-closed',
    role: 'cause',
    decisions: { 'network.why.balancer-port': 'F-41', 'network.why.balancer-source': 'F-44' },
    cure: () => msg('diagnose.cure.balancer-port'),
  },
  {
    code: 'health-check-fails',
    role: 'cause',
    decisions: { 'ingress.empty.unhealthy': 'F-46' },
    cure: ({ message }) => msg('diagnose.cure.health-check', { check: said(message, 'check') }),
  },
];
