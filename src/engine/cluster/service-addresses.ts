/**
 * What the API server allocates for Services (S4.6): ClusterIPs, node ports, health check node ports. Stated values
 * first, oldest Service first; then automatic ones by namespace and name, from the upper bands. A Service whose
 * stated value cannot be had is rejected.
 * https://kubernetes.io/docs/concepts/services-networking/cluster-ip-allocation/
 */
import { type Message, msg } from '../../catalogue/message.ts';
import type { Service, ServicePort } from '../kinds/service/service-spec.ts';
import type { Rejection, RuleId } from '../manifests/finding.ts';
import { canonicalIp, type IpFamily } from '../manifests/ip.ts';
import { nameKey } from '../manifests/object-ref.ts';
import type { FieldPath } from '../manifests/source.ts';
import { familyOf } from './address-family.ts';
import type { Environment } from './environment.ts';
import { isReadFromCluster } from './evidence.ts';
import { type IpAllocator, ipAllocator } from './ip-allocator.ts';
import { type Ledger, recordFinding, recordProvenance } from './ledger.ts';
import { byAge } from './name-order.ts';
import { type NodePortAllocator, nodePortAllocator } from './node-port-allocator.ts';
import { clusterFamilies } from './nodes.ts';
import { DEFAULT_SERVICE_CIDR } from './resolve-environment.ts';

interface Draft {
  readonly service: Service;
  families: readonly IpFamily[];
  clusterIPs: string[];
  ports: ServicePort[];
  healthCheckNodePort: number;
}

/** Services with their addresses and ports, in the order given; the rejected ones are missing and in the ledger. */
export function allocateServices(services: ReadonlyMap<string, Service>, environment: Environment, ledger: Ledger): Map<string, Service> {
  const drafts = new Map<string, Draft>();
  const [range] = environment.serviceCIDR;
  const ips = ipAllocator(
    environment.serviceCIDR,
    environment.stated.includes('serviceCIDR') || range === DEFAULT_SERVICE_CIDR.IPv4 || range === DEFAULT_SERVICE_CIDR.IPv6,
  );
  const ports = nodePortAllocator(environment.nodePortRange);
  for (const service of [...services.values()].sort(byAge)) {
    const draft: Draft = { service, families: [], clusterIPs: [], ports: [...service.ports], healthCheckNodePort: service.healthCheckNodePort };
    const rejection = takeStated(draft, environment, ips, ports, ledger);
    if (rejection === null) drafts.set(nameKey(service.ref.namespace, service.ref.name), draft);
    else ledger.rejections.push(rejection);
  }
  const out = new Map<string, Service>();
  for (const key of services.keys()) {
    const draft = drafts.get(key);
    if (draft === undefined) continue;
    const rejection = giveAutomatic(draft, ips, ports, ledger);
    if (rejection !== null) ledger.rejections.push(rejection);
    else out.set(key, finish(draft));
  }
  return out;
}

function finish({ service, families, clusterIPs, ports, healthCheckNodePort }: Draft): Service {
  const externalIPs = service.externalIPs.map((ip) => canonicalIp(ip) ?? ip);
  const statusIngress = service.statusIngress?.map((entry) => ({ ...entry, ip: entry.ip === null ? null : (canonicalIp(entry.ip) ?? entry.ip) })) ?? null;
  return { ...service, ipFamilies: families, clusterIPs, ports, healthCheckNodePort, externalIPs, statusIngress };
}

function needsClusterIP(service: Service): boolean {
  return service.type !== 'ExternalName' && !service.headless;
}

function needsNodePorts(service: Service): boolean {
  return service.type === 'NodePort' || (service.type === 'LoadBalancer' && service.allocateLoadBalancerNodePorts);
}

function needsHealthCheckPort(service: Service): boolean {
  return service.type === 'LoadBalancer' && service.externalTrafficPolicy === 'Local';
}

function takeStated(draft: Draft, environment: Environment, ips: IpAllocator, ports: NodePortAllocator, ledger: Ledger): Rejection | null {
  const { service } = draft;
  const key = nameKey(service.ref.namespace, service.ref.name);
  const reject = (path: FieldPath, message: Message, rule: RuleId, more: Partial<Pick<Rejection, 'category' | 'printed'>> = {}): Rejection => ({
    object: service.ref,
    path,
    category: 'Invalid',
    message,
    rule,
    ...more,
  });
  const families = familiesOf(service, environment);
  if (!Array.isArray(families)) return reject(families.path, families.message, 'S3.9');
  draft.families = families;
  if (needsClusterIP(service)) {
    for (const [index, text] of service.clusterIPs.entries()) {
      const ip = canonicalIp(text);
      if (ip === null) continue;
      if (!ips.isInRange(ip) && !isReadFromCluster(service))
        return reject(['spec', 'clusterIPs'], msg('cluster.rejected.cluster-ip-range', { ip, range: environment.serviceCIDR }), 'S4.6.4');
      if (!ips.take(ip, key)) return reject(['spec', 'clusterIPs'], msg('cluster.rejected.cluster-ip-taken', { ip }), 'S4.6.4');
      draft.clusterIPs[index] = ip;
    }
  }
  const [from, to] = environment.nodePortRange;
  const whyNot = (port: number): { readonly message: Message; readonly isOwn: boolean } | null => {
    if (port < from || port > to) return { message: msg('cluster.rejected.node-port-range', { port, range: `${from}-${to}` }), isOwn: false };
    const holder = ports.take(port, key);
    return holder === null ? null : { message: msg('cluster.rejected.node-port-taken', { port, holder }), isOwn: holder === key };
  };
  const byServicePort = new Map<number, number>();
  // Stated ones count even where a load balancer goes without.
  for (const [index, { port, nodePort }] of draft.ports.entries()) {
    // One number may serve one Service port in several protocols, and nothing else (S4.6.2).
    if (nodePort === 0 || byServicePort.get(port) === nodePort) continue;
    const trouble = whyNot(nodePort);
    if (trouble !== null) {
      // The first port of this number asks for all of them.
      const asks = byServicePort.has(port) ? index : draft.ports.findIndex((other) => other.port === port);
      const printed = ['spec', 'ports', asks, 'nodePort'];
      return reject(['spec', 'ports', index, 'nodePort'], trouble.message, trouble.isOwn ? 'S4.6.2' : 'S4.6.1', asks === index ? {} : { printed });
    }
    if (!byServicePort.has(port)) byServicePort.set(port, nodePort);
    if (ports.isAutomatic(nodePort) && !isReadFromCluster(service)) reportMayCollide(service, index, nodePort, environment, ledger);
  }
  if (service.healthCheckNodePort !== 0 && needsHealthCheckPort(service)) {
    const trouble = whyNot(service.healthCheckNodePort);
    if (trouble !== null) return reject(['spec', 'healthCheckNodePort'], trouble.message, 'S4.6.5', { category: 'InternalError' });
  }
  return null;
}

/** S4.6.3: an automatic number may have been given out before, where this one was not yet stated. */
function reportMayCollide(service: Service, index: number, port: number, { nodePortRange: [from] }: Environment, ledger: Ledger): void {
  const message = msg('cluster.node-port-may-collide', { port, from });
  recordFinding(ledger, 'node-port-may-collide', 'info', { object: service, path: ['spec', 'ports', index, 'nodePort'] }, message, ['S4.6.3']);
}

const OTHER_FAMILY = { IPv4: 'IPv6', IPv6: 'IPv4' } as const;

/** S3.9: the stated families, or as many of the cluster's as the policy asks for. */
function familiesOf(service: Service, environment: Environment): IpFamily[] | { readonly path: FieldPath; readonly message: Message } {
  if (service.type === 'ExternalName') return [];
  const known = clusterFamilies(environment);
  const { ipFamilyPolicy: policy } = service;
  const own: IpFamily[] = [...service.ipFamilies];
  for (const [index, ip] of service.clusterIPs.entries()) {
    const family = familyOf(ip);
    if (canonicalIp(ip) === null || index < own.length) continue;
    if (!known.includes(family)) return { path: ['spec', 'clusterIPs', index], message: msg('cluster.rejected.family', { family, families: known }) };
    own.push(family);
  }
  // Nobody allocates for these, and whoever writes their endpoints knows the families: nothing is checked.
  const isOpen = service.headless && service.selector === null;
  if (!isOpen && policy === 'RequireDualStack' && known.length < 2) {
    return { path: ['spec', 'ipFamilyPolicy'], message: msg('cluster.rejected.dual-stack', { families: known }) };
  }
  const strange = isOpen ? -1 : service.ipFamilies.findIndex((family) => !known.includes(family));
  if (strange >= 0) {
    return { path: ['spec', 'ipFamilies', strange], message: msg('cluster.rejected.family', { family: own[strange]!, families: known }) };
  }
  if (own.length === 0) own.push(known[0]!);
  const [first] = own;
  if (policy !== 'SingleStack' && own.length === 1 && first !== undefined && (isOpen || known.length > 1)) own.push(OTHER_FAMILY[first]);
  return own;
}

function giveAutomatic(draft: Draft, ips: IpAllocator, ports: NodePortAllocator, ledger: Ledger): Rejection | null {
  const { service } = draft;
  const key = nameKey(service.ref.namespace, service.ref.name);
  const by = 'API server';
  if (needsClusterIP(service)) {
    for (const [index, family] of draft.families.entries()) {
      if (draft.clusterIPs[index] !== undefined) continue;
      const ip = ips.next(family, key);
      if (ip === null) {
        const message = msg('cluster.rejected.cluster-ips-used-up', { range: ips.rangeText(family) });
        return { object: service.ref, path: ['spec', 'clusterIPs'], category: 'InternalError', message, rule: 'S4.6.4' };
      }
      draft.clusterIPs[index] = ip;
      recordProvenance(
        ledger,
        { object: service.ref, path: ['spec', 'clusterIPs', index] },
        by,
        msg('provenance.cluster-ip', { range: ips.rangeText(family) }),
      );
    }
  }
  if (needsNodePorts(service)) {
    // Of several stated numbers for one Service port the first is the one that others share.
    const byServicePort = new Map(
      draft.ports
        .filter(({ nodePort }) => nodePort !== 0)
        .map(({ port, nodePort }) => [port, nodePort] as const)
        .toReversed(),
    );
    for (const [index, port] of draft.ports.entries()) {
      if (port.nodePort !== 0) continue;
      const shared = byServicePort.get(port.port);
      const nodePort = shared ?? ports.next(key);
      if (nodePort === null) {
        return {
          object: service.ref,
          path: ['spec', 'ports', index, 'nodePort'],
          category: 'InternalError',
          message: msg('cluster.rejected.node-ports-used-up'),
          rule: 'S4.6.1',
        };
      }
      byServicePort.set(port.port, nodePort);
      draft.ports[index] = { ...port, nodePort };
      recordProvenance(ledger, { object: service.ref, path: ['spec', 'ports', index, 'nodePort'] }, by, msg('provenance.node-port', { port: nodePort }));
    }
  }
  if (needsHealthCheckPort(service) && draft.healthCheckNodePort === 0) {
    draft.healthCheckNodePort = ports.next(key) ?? 0;
    recordProvenance(
      ledger,
      { object: service.ref, path: ['spec', 'healthCheckNodePort'] },
      by,
      msg('provenance.health-check-port', { port: draft.healthCheckNodePort }),
      {
        object: service.ref,
        path: ['spec', 'externalTrafficPolicy'],
      },
    );
  }
  return null;
}
