/** Annotations of the AWS Load Balancer Controller that leave the path of a request as it is, or that are followed. */
import { msg, type Message } from '../../../../catalogue/message.ts';
import { ALB_PREFIX } from '../../../cluster/ingress-balancers/alb-annotations.ts';
import type { Ingress } from '../../../kinds/ingress/ingress-spec.ts';
import { unfollowed } from '../ranked/annotations.ts';

const FOLLOWED: ReadonlySet<string> = new Set([
  'backend-protocol',
  'backend-protocol-version',
  'certificate-arn',
  'group.name',
  'group.order',
  'healthcheck-path',
  'inbound-cidrs',
  'listen-ports',
  'load-balancer-attributes',
  'scheme',
  'ssl-redirect',
  'success-codes',
  'target-group-attributes',
  'target-node-labels',
  'target-type',
  'use-regex-path-match',
]);

/** They say where and how the load balancer is made, who may reach it, and how often it asks its targets. */
const WITHOUT_EFFECT = [
  'customer-owned-ipv4-pool',
  'healthcheck-interval-seconds',
  'healthcheck-port',
  'healthcheck-protocol',
  'healthcheck-timeout-seconds',
  'healthy-threshold-count',
  'ip-address-type',
  'ipam-ipv4-pool-id',
  'load-balancer-name',
  'manage-backend-security-group-rules',
  'minimum-load-balancer-capacity',
  'security-groups',
  'shield-advanced-protection',
  'ssl-policy',
  'subnets',
  'tags',
  'unhealthy-threshold-count',
] as const;

const KNOWN: ReadonlySet<string> = new Set([...FOLLOWED, ...WITHOUT_EFFECT]);

/** What is said of the others: their effect is not shown, or there is no such annotation. */
export function unfollowedByAlb(ingress: Ingress): readonly Message[] {
  const isOfRule = (name: string) => /^(actions|conditions|transforms)\./.test(name);
  const own = Object.keys(ingress.metadata.annotations).flatMap((name) => (name.startsWith(ALB_PREFIX) ? [name.slice(ALB_PREFIX.length)] : []));
  const transforms = own
    .filter((name) => name.startsWith('transforms.'))
    .map((name) => msg('ingress.ranked.unfollowed', { annotation: `${ALB_PREFIX}${name}` }));
  return [...unfollowed({ prefix: ALB_PREFIX, followed: new Set([...KNOWN, ...own.filter(isOfRule)]) }, ingress), ...transforms];
}
