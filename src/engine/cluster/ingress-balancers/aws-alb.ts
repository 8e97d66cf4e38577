/**
 * The AWS Load Balancer Controller: an Application Load Balancer for each Ingress, or one for all that name the same
 * group (S8.2.16). A mistake in one Ingress of a group keeps the controller from making or changing any of it.
 * https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/
 */
import { msg, type Message } from '../../../catalogue/message.ts';
import type { Ingress } from '../../kinds/ingress/ingress-spec.ts';
import { parseCidr } from '../../manifests/ip.ts';
import { nameKey } from '../../manifests/object-ref.ts';
import type { FieldPath } from '../../manifests/source.ts';
import type { IngressBalancer } from '../cluster.ts';
import { hexHash } from '../hash.ts';
import { ALB_PREFIX, albAnnotation, albIngress, type AlbIngress, albList, albPath, albSetting, targetSetting, targetType } from './alb-annotations.ts';
import { albListeners, certificates, listenPorts, sslRedirect } from './alb-listeners.ts';
import { type AlbAction, albRules, actionOf } from './alb-rules.ts';
import type { BalancerPlan, Planner, PlanInput } from './balancer-plan.ts';
import { listOf, member, parseJson, textOf } from './loose-json.ts';

type Trouble = NonNullable<IngressBalancer['trouble']>;

interface Group {
  readonly name: string;
  readonly isExplicit: boolean;
  readonly members: readonly AlbIngress[];
}

export const awsAlb: Planner = (input) => groupsOf(input).map((group) => planOf(group, input));

function planOf({ name, isExplicit, members }: Group, input: PlanInput): BalancerPlan {
  const scheme = schemeOf(members);
  const { trouble } = troubleIn(members, input);
  const listens = albListeners(members).map(({ port, protocol }) => ({
    containerPort: port,
    scheme: protocol === 'HTTPS' ? ('https' as const) : ('http' as const),
  }));
  return {
    name,
    product: 'AWS ALB',
    claims: members.map(({ ingress }) => keyOf(ingress)),
    scheme,
    inbound: members.flatMap((one) => (albAnnotation(one.ingress, 'security-groups') === null ? albList(one, 'inbound-cidrs', 'inboundCIDRs') : [])),
    listens,
    hostname: hostnameOf(name, scheme, input.region),
    source: null,
    trouble,
    why: isExplicit ? msg('cluster.alb.group', { group: name, count: members.length }) : msg('cluster.alb.one', { ingress: name }),
  };
}

const keyOf = ({ ref }: Ingress): string => nameKey(ref.namespace, ref.name);

/** `k8s-shop-web-<hash>`, as its controller names load balancers. */
function hostnameOf(name: string, scheme: IngressBalancer['scheme'], region: string): string {
  const parts = name.split('/').map((part) => part.replace(/[^a-z0-9]/g, '').slice(0, name.includes('/') ? 8 : 17));
  return `${scheme === 'internal' ? 'internal-' : ''}k8s-${parts.join('-')}-${hexHash(name).slice(0, 10)}.${region}.elb.amazonaws.com`;
}

/** By `group.name`; in a group by `group.order`, then by name. */
function groupsOf({ ingresses, ingressClasses, manifests }: PlanInput): readonly Group[] {
  const groups = new Map<string, { readonly isExplicit: boolean; readonly members: AlbIngress[] }>();
  for (const ingress of ingresses) {
    const one = albIngress(ingress, ingressClasses, manifests);
    const group = textOf(member(member(one.params ?? undefined, 'group'), 'name')) ?? albAnnotation(ingress, 'group.name');
    const name = group ?? keyOf(ingress);
    const known = groups.get(name) ?? { isExplicit: group !== null, members: [] };
    groups.set(name, known);
    known.members.push(one);
  }
  return [...groups].map(([name, { isExplicit, members }]) => ({ name, isExplicit, members: members.toSorted(byOrder) }));
}

function byOrder(a: AlbIngress, b: AlbIngress): number {
  return orderOf(a) - orderOf(b) || (keyOf(a.ingress) < keyOf(b.ingress) ? -1 : 1);
}

function orderOf({ ingress }: AlbIngress): number {
  const order = Number(albAnnotation(ingress, 'group.order') ?? 0);
  return Number.isInteger(order) ? order : 0;
}

/** S8.2.16: internal unless told otherwise. */
function schemeOf(members: readonly AlbIngress[]): IngressBalancer['scheme'] {
  return members.some((one) => albSetting(one, 'scheme', 'scheme') === 'internet-facing') ? 'internet-facing' : 'internal';
}

/** The first thing for which the controller gives the whole group up, if there is one. */
function troubleIn(members: readonly AlbIngress[], input: PlanInput): { readonly trouble: Trouble | null } {
  const trouble = troubleOfGroup(members, input) ?? first(members, (one) => troubleOfOne(one, input));
  return { trouble };
}

function first<T>(list: readonly T[], of: (item: T) => Trouble | null): Trouble | null {
  for (const item of list) {
    const found = of(item);
    if (found !== null) return found;
  }
  return null;
}

function at({ ingress }: AlbIngress, path: FieldPath, why: Message): Trouble {
  return { why, rules: ['S8.2.16'], because: [{ object: ingress.ref, path }] };
}

function unreadable(one: AlbIngress, name: string): Trouble {
  return at(one, albPath(name), msg('cluster.alb.unreadable', { annotation: `${ALB_PREFIX}${name}` }));
}

/** What may be said once in a group: two that differ are an error, and so is a port that nobody opens. */
function troubleOfGroup(members: readonly AlbIngress[], { environment }: PlanInput): Trouble | null {
  for (const [name, param] of EXCLUSIVE) {
    const said = members.flatMap((one) => {
      const value = albSetting(one, name, param);
      return value === null ? [] : [{ one, value }];
    });
    const other = said.find(({ value }) => value !== said[0]!.value);
    if (other !== undefined) return at(other.one, albPath(name), msg('cluster.alb.conflict', { annotation: name, values: [said[0]!.value, other.value] }));
  }
  const protocols = new Map<number, string>();
  for (const one of members) {
    const ports = listenPorts(one);
    if (ports === null) return unreadable(one, 'listen-ports');
    for (const { port, protocol } of ports) {
      const before = protocols.get(port) ?? protocol;
      if (before !== protocol) return at(one, albPath('listen-ports'), msg('cluster.alb.conflict', { annotation: 'listen-ports', values: [before, protocol] }));
      protocols.set(port, protocol);
      const lacks =
        protocol === 'HTTPS' && certificates(one).length === 0 ? hostsOf(one.ingress).find((host) => environment.assume[`acm:${host}`] === false) : undefined;
      if (lacks !== undefined) return at(one, albPath('listen-ports'), msg('cluster.alb.no-certificate', { host: lacks }));
    }
  }
  const redirect = sslRedirect(members);
  if (redirect !== null && protocols.get(redirect.port) !== 'HTTPS')
    return at(redirect.by, albPath('ssl-redirect'), msg('cluster.alb.redirect-port', { port: String(redirect.port) }));
  for (const { members: own } of albListeners(members)) {
    const [, second] = own.filter(({ ingress }) => ingress.defaultBackend !== null);
    if (second !== undefined) return at(second, ['spec', 'defaultBackend'], msg('cluster.alb.two-defaults'));
  }
  return null;
}

const EXCLUSIVE = [
  ['scheme', 'scheme'],
  ['ssl-redirect', 'sslRedirectPort'],
  ['load-balancer-name', 'loadBalancerName'],
] as const;

/** Hosts that a certificate is looked for. */
export function hostsOf({ rules, tls }: Ingress): readonly string[] {
  return [...new Set([...rules.flatMap(({ host }) => host || []), ...tls.flatMap(({ hosts }) => hosts)])];
}

function troubleOfOne(one: AlbIngress, input: PlanInput): Trouble | null {
  const { ingress } = one;
  const scheme = albSetting(one, 'scheme', 'scheme') ?? 'internal';
  if (scheme !== 'internal' && scheme !== 'internet-facing') return unreadable(one, 'scheme');
  if (albAnnotation(ingress, 'security-groups') === null && albList(one, 'inbound-cidrs', 'inboundCIDRs').some((range) => parseCidr(range) === null))
    return unreadable(one, 'inbound-cidrs');
  for (const name of Object.keys(ingress.metadata.annotations)) {
    if (name.startsWith(`${ALB_PREFIX}conditions.`) && listOf(parseJson(ingress.metadata.annotations[name]!)).length === 0)
      return unreadable(one, name.slice(ALB_PREFIX.length));
  }
  const { defaultBackend } = ingress;
  const ofDefault = defaultBackend === null ? null : troubleOfAction(one, actionOf(ingress, defaultBackend), ['spec', 'defaultBackend'], input);
  if (ofDefault !== null) return ofDefault;
  return first(albRules(one), ({ rule, index, action }) => {
    const path: FieldPath = ['spec', 'rules', rule, 'http', 'paths', index];
    const { path: text, pathType } = ingress.rules[rule]!.paths[index]!;
    if (pathType !== 'ImplementationSpecific' && /[*?]/.test(text)) return at(one, [...path, 'path'], msg('cluster.alb.wildcard', { path: text, pathType }));
    return troubleOfAction(one, action, [...path, 'backend'], input);
  });
}

function troubleOfAction(one: AlbIngress, action: AlbAction, path: FieldPath, { services }: PlanInput): Trouble | null {
  if (action.kind === 'resource') return at(one, [...path, 'resource'], msg('cluster.alb.resource', { what: action.what }));
  if (action.kind === 'unreadable') return unreadable(one, action.annotation);
  if (action.kind !== 'forward') return null;
  return first(action.to, (target) => {
    if (target.kind === 'target-group') return null;
    const key = nameKey(one.ingress.ref.namespace, target.name);
    const service = services.get(key);
    // One that is missing alone is answered for with status 503; among others it is an error.
    if (service === undefined) return action.to.length === 1 ? null : at(one, path, msg('cluster.alb.no-service', { service: key }));
    const port = service.ports.find((own) => (typeof target.port === 'number' ? own.port === target.port : own.name === target.port));
    if (port === undefined)
      return { ...at(one, [...path, 'service', 'port'], msg('cluster.alb.no-port', { service: key, port: String(target.port) })), rules: ['S8.2.16', 'F-57'] };
    const type = targetType(one, service);
    if (type !== 'ip' && type !== 'instance') return unreadable(one, 'target-type');
    const protocol = targetSetting(one, service, 'backend-protocol') ?? 'HTTP';
    if (protocol !== 'HTTP' && protocol !== 'HTTPS') return unreadable(one, 'backend-protocol');
    if (type === 'ip' || port.nodePort !== 0) return null;
    const why = msg('cluster.alb.needs-node-port', { service: key, type: service.type });
    return {
      why,
      rules: ['S8.2.16', 'S8.1.6', 'F-50'],
      because: [
        { object: service.ref, path: ['spec', 'type'] },
        { object: one.ingress.ref, path: albPath('target-type') },
      ],
    };
  });
}
