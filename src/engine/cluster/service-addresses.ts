/**
 * What the API server allocates for Services (S4.6): ClusterIPs, node ports, health check node ports. Stated values
 * first, oldest Service first; then automatic ones by namespace and name, from the upper bands. A Service whose
 * stated value cannot be had is rejected.
 * https://kubernetes.io/docs/concepts/services-networking/cluster-ip-allocation/
 */
import { msg } from '../../catalogue/message.ts';
import type { Service, ServicePort } from '../kinds/service/service-spec.ts';
import type { Rejection } from '../manifests/finding.ts';
import { canonicalIp, type IpFamily } from '../manifests/ip.ts';
import { nameKey } from '../manifests/object-ref.ts';
import type { FieldPath } from '../manifests/source.ts';
import { familyOf } from './address-family.ts';
import type { Environment } from './environment.ts';
import { isReadFromCluster } from './evidence.ts';
import { type IpAllocator, ipAllocator } from './ip-allocator.ts';
import { type Ledger, recordProvenance } from './ledger.ts';
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
    const rejection = takeStated(draft, environment, ips, ports);
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

function takeStated(draft: Draft, environment: Environment, ips: IpAllocator, ports: NodePortAllocator): Rejection | null {
  const { service } = draft;
  const reject = (path: FieldPath, message: Rejection['message'], rule: Rejection['rule']): Rejection => ({
    object: service.ref,
    path,
    category: 'Invalid',
    message,
    rule,
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
      if (!ips.take(ip, nameKey(service.ref.namespace, service.ref.name)))
        return reject(['spec', 'clusterIPs'], msg('cluster.rejected.cluster-ip-taken', { ip }), 'S4.6.4');
      draft.clusterIPs[index] = ip;
    }
  }
  const [from, to] = environment.nodePortRange;
  const byServicePort = new Map<number, number>();
  for (const [index, port] of draft.ports.entries()) {
    if (port.nodePort === 0) continue;
    const path = ['spec', 'ports', index, 'nodePort'];
    // One number may serve one Service port in several protocols, and nothing else (S4.6.2).
    if (byServicePort.get(port.port) === port.nodePort) continue;
    if (port.nodePort < from || port.nodePort > to) {
      return reject(path, msg('cluster.rejected.node-port-range', { port: port.nodePort, range: `${from}-${to}` }), 'S4.6.1');
    }
    const holder = ports.take(port.nodePort, nameKey(service.ref.namespace, service.ref.name));
    if (holder !== null)
      return reject(
        path,
        msg('cluster.rejected.node-port-taken', { port: port.nodePort, holder }),
        holder === nameKey(service.ref.namespace, service.ref.name) ? 'S4.6.2' : 'S4.6.1',
      );
    byServicePort.set(port.port, port.nodePort);
  }
  if (service.healthCheckNodePort !== 0 && needsHealthCheckPort(service)) {
    const holder = ports.take(service.healthCheckNodePort, nameKey(service.ref.namespace, service.ref.name));
    if (holder !== null)
      return reject(['spec', 'healthCheckNodePort'], msg('cluster.rejected.node-port-taken', { port: service.healthCheckNodePort, holder }), 'S4.6.5');
  }
  return null;
}

/** S3.9: the stated families, or as many of the cluster's as the policy asks for. */
function familiesOf(service: Service, environment: Environment): IpFamily[] | { readonly path: FieldPath; readonly message: Rejection['message'] } {
  if (service.type === 'ExternalName') return [];
  const known = clusterFamilies(environment);
  for (const [index, family] of service.ipFamilies.entries()) {
    if (!known.includes(family)) return { path: ['spec', 'ipFamilies', index], message: msg('cluster.rejected.family', { family, families: known }) };
  }
  const own: IpFamily[] = [...service.ipFamilies];
  for (const ip of service.clusterIPs) {
    const family = canonicalIp(ip) === null ? null : familyOf(ip);
    if (family !== null && !own.includes(family)) own.push(family);
  }
  const isOpen = service.headless && service.selector === null && service.ipFamilies.length === 0;
  if (service.ipFamilyPolicy === 'RequireDualStack' && known.length < 2 && !isOpen) {
    return { path: ['spec', 'ipFamilyPolicy'], message: msg('cluster.rejected.dual-stack', { families: known }) };
  }
  if (own.length === 0) own.push(known[0]!);
  if (service.ipFamilyPolicy !== 'SingleStack' || isOpen) for (const family of known) if (!own.includes(family)) own.push(family);
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
        return { object: service.ref, path: ['spec', 'clusterIPs'], category: 'Invalid', message, rule: 'S4.6.4' };
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
    const byServicePort = new Map(draft.ports.filter((port) => port.nodePort !== 0).map((port) => [port.port, port.nodePort]));
    for (const [index, port] of draft.ports.entries()) {
      if (port.nodePort !== 0) continue;
      const shared = byServicePort.get(port.port);
      const nodePort = shared ?? ports.next(key);
      if (nodePort === null) {
        return {
          object: service.ref,
          path: ['spec', 'ports', index, 'nodePort'],
          category: 'Invalid',
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
