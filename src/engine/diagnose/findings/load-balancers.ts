/** Load balancers without an address, without a target, or that speak otherwise than what stands behind (S8). */
import { msg } from '../../../catalogue/message.ts';
import { nameKey } from '../../manifests/object-ref.ts';
import { annotate, set, unset } from '../edits.ts';
import type { FindingKind } from '../finding-kind.ts';

/** What asks each cloud for an internal load balancer. */
const INTERNAL = [
  'service.beta.kubernetes.io/aws-load-balancer-internal',
  'service.beta.kubernetes.io/azure-load-balancer-internal',
  'networking.gke.io/load-balancer-type',
  'cloud.google.com/load-balancer-type',
];

export const loadBalancers: readonly FindingKind[] = [
  {
    code: 'load-balancer-pending',
    role: 'cause',
    decisions: {
      'cluster.lb.nobody': 'F-40',
      'cluster.lb.switched-off': 'F-41',
      'cluster.lb.seen-failed': 'F-41',
      'cluster.lb.seen-begun': 'F-40',
      'cluster.lb.seen-pending': 'F-40',
      'cluster.lb.class-unknown': 'F-42',
      'cluster.lb.needs-lbc': 'F-42',
      'cluster.lb.needs-node-ports': 'F-50',
      'cluster.lb.protocol': 'F-42',
      'cluster.lb.aws-affinity': 'F-41',
      'cluster.lb.aws-mixed': 'F-41',
      'cluster.lb.aws-address': 'F-41',
      'cluster.lb.aws-one-port': 'F-41',
      'cluster.lb.annotation-value': 'F-41',
      'cluster.lb.metallb-no-pool': 'F-47',
      'cluster.lb.metallb-in-use': 'F-47',
      'cluster.lb.metallb-taken': 'F-47',
      'cluster.lb.metallb-pool-unknown': 'F-47',
      'cluster.lb.metallb-pool-closed': 'F-47',
      'cluster.lb.metallb-asked-twice': 'F-47',
      'cluster.lb.metallb-family': 'F-47',
      'cluster.lb.kube-vip-no-pool': 'F-47',
      'cluster.lb.metallb-outside-pools': 'F-47',
      'cluster.lb.metallb-not-advertised': 'F-47',
    },
    repairs: ({ object, message }) => {
      if (object === null) return [];
      switch (message.id as string) {
        case 'cluster.lb.class-unknown':
          return [[unset(object, ['spec', 'loadBalancerClass'])]];
        case 'cluster.lb.needs-node-ports':
          return [[unset(object, ['spec', 'allocateLoadBalancerNodePorts'])]];
        case 'cluster.lb.aws-affinity':
          return [[unset(object, ['spec', 'sessionAffinity'])]];
        case 'cluster.lb.aws-address':
        case 'cluster.lb.metallb-asked-twice':
        case 'cluster.lb.metallb-outside-pools':
          return [[unset(object, ['spec', 'loadBalancerIP'])]];
        default:
          return [];
      }
    },
    cure: ({ message }) =>
      message.id === 'cluster.lb.switched-off' || message.id === 'cluster.lb.seen-failed'
        ? msg('diagnose.cure.load-balancer-quota')
        : message.id.startsWith('cluster.lb.metallb')
          ? msg('diagnose.cure.metallb')
          : /aws-|annotation/.test(message.id)
            ? msg('diagnose.cure.load-balancer-field')
            : message.id === 'cluster.lb.kube-vip-no-pool'
              ? msg('diagnose.cure.kube-vip')
              : msg('diagnose.cure.load-balancer'),
  },
  {
    code: 'load-balancer-type-unknown',
    role: 'note',
    decisions: { 'cluster.lb.classic-by-typo': 'F-43' },
    repairs: ({ object }) => (object === null ? [] : [[annotate(object, 'service.beta.kubernetes.io/aws-load-balancer-type', 'nlb')]]),
  },
  {
    code: 'load-balancer-internal',
    role: 'cause',
    decisions: {
      'network.why.internal-default': 'F-45',
      'network.why.internal-use': 'F-45',
      'network.why.internal-elsewhere': 'F-45',
      'network.why.internal': 'F-45',
    },
    repairs: ({ object, message }, cluster) => {
      const annotations = (object === null ? undefined : cluster.services.get(nameKey(object.namespace, object.name)))?.metadata.annotations ?? {};
      if (object === null) return [];
      const asked = INTERNAL.filter((name) => name in annotations).map((name) => [unset(object, ['metadata', 'annotations', name])]);
      return message.id === 'network.why.internal-elsewhere'
        ? asked
        : [...asked, [annotate(object, 'service.beta.kubernetes.io/aws-load-balancer-scheme', 'internet-facing')]];
    },
    cure: () => msg('diagnose.cure.internal'),
  },
  {
    code: 'load-balancer-without-target',
    role: 'symptom',
    decisions: {
      'load-balancer.why.no-node-port': 'F-50',
      'load-balancer.why.no-node': 'F-46',
      'load-balancer.why.no-node-at-all': 'F-46',
      'load-balancer.why.not-announced': 'F-47',
      'network.why.pending': 'F-40',
    },
    repairs: ({ object, message }) =>
      object === null || message.id !== 'load-balancer.why.no-node-port' ? [] : [[unset(object, ['spec', 'allocateLoadBalancerNodePorts'])]],
    cure: () => msg('diagnose.cure.targets'),
  },
  {
    code: 'load-balancer-port-unknown',
    role: 'cause',
    decisions: { 'load-balancer.title.no-listener': 'F-25' },
    cure: () => msg('diagnose.cure.service-port'),
  },
  {
    code: 'proxy-protocol-mismatch',
    role: 'cause',
    decisions: { 'ingress.why.proxy-missing': 'F-48', 'ingress.why.proxy-unexpected': 'F-48', 'pod.proxy-protocol': 'F-48' },
    cure: () => msg('diagnose.cure.proxy-protocol'),
  },
  {
    code: 'load-balancer-hairpin',
    role: 'cause',
    decisions: { 'network.why.hairpin': 'F-49' },
    cure: () => msg('diagnose.cure.hairpin'),
  },
  {
    code: 'load-balancer-bypassed-inside',
    role: 'note',
    decisions: { 'kube-proxy.why.vip-no-proxy-protocol': 'F-49', 'kube-proxy.why.vip-no-tls': 'F-49' },
    cure: () => msg('diagnose.cure.hairpin'),
  },
  {
    code: 'tls-at-wrong-layer',
    role: 'cause',
    decisions: {
      'load-balancer.why.plain-on-tls': 'F-67',
      'ingress.why.plain-on-tls': 'F-67',
      'ingress.tls.plain-port': 'F-67',
      'gateway.why.plain-on-tls': 'F-67',
      'gateway.tls.plain-port': 'F-67',
    },
    cure: () => msg('diagnose.cure.tls-layer'),
  },
  {
    code: 'load-balancer-imbalance',
    role: 'note',
    decisions: { 'load-balancer.why.imbalance': 'F-51' },
    repairs: ({ object }) => (object === null ? [] : [[set(object, ['spec', 'externalTrafficPolicy'], 'Cluster')]]),
  },
];
