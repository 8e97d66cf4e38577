/**
 * A packet that a frontend takes: the endpoint is chosen, the destination becomes its address, and the source
 * changes if replies must return through this node. One connection, one choice (S7.1, S7.5, S7.6).
 */
import type { Message } from '../../../catalogue/message.ts';
import { msg } from '../../../catalogue/message.ts';
import type { Cluster, Endpoint } from '../../cluster/cluster.ts';
import { endpointsOf } from '../../cluster/endpoints.ts';
import type { Node } from '../../kinds/node/node-spec.ts';
import type { Service, ServicePort } from '../../kinds/service/service-spec.ts';
import type { RuleId } from '../../manifests/finding.ts';
import { refKey } from '../../manifests/object-ref.ts';
import type { FieldPath } from '../../manifests/source.ts';
import type { Packet } from '../../trace/packet.ts';
import { formatSocket } from '../../trace/packet.ts';
import type { HopDecision, Onward, Place, Reason, State, Surroundings } from '../component.ts';
import { familyOf } from '../../cluster/address-family.ts';
import { listedEndpoint } from '../external/listed-endpoint.ts';
import { considerEndpoints } from './considered.ts';
import { dropForeignSource, dropNoLocal, rejectNoEndpoints } from './empty-set.ts';
import type { EndpointSets } from './endpoint-selection.ts';
import { endpointSets, isUsable } from './endpoint-selection.ts';
import type { Frontend } from './frontends.ts';
import { hostNetworkListener } from './host-port.ts';
import { isSourceAllowed } from './load-balancer-vip.ts';
import { masqueraded, masqueradeReason, masqueradeRule } from './masquerade.ts';
import { isDown } from '../../cluster/nodes.ts';
import { listed } from '../../cluster/open-points.ts';
import { addressed, assumptionsOf, because, endpointsCommand, keyOf, nodeRef, podRefs, proxyHop, proxyName, rulesCommand } from './service-hop.ts';
import { affinityKey, rememberedEndpoint } from './session-affinity.ts';
import type { PolicyDecision } from './traffic-policy.ts';
import { decidePolicy, withIpvsFallback } from './traffic-policy.ts';

export function translate(state: State, { cluster, memory }: Surroundings, node: Node, frontend: Frontend): HopDecision {
  const { packet, carry, place } = state;
  const { service, port } = frontend;
  const name = node.ref.name;
  const family = familyOf(packet.dst.ip);
  // IPv4 and IPv6 never mix: each has its own rules (S7.5.18).
  const endpoints = endpointsOf(cluster, keyOf(service), port).filter(({ ip }) => familyOf(ip) === family);
  const sets = endpointSets(cluster, name, endpoints);
  const entered = place.kind === 'node' ? place.entered : 'network';
  const decision = withIpvsFallback(cluster, decidePolicy(cluster, node, frontend, packet.src.ip, entered), sets, entered);
  const possible = sets[decision.set];
  const matched = describeMatch(cluster, frontend, name, packet, place);

  const considered = considerEndpoints(cluster, frontend, decision, sets, endpoints, null);
  const refusal = { node: name, frontend, packet, isOutside: carry.client.kind === 'external', matched, considered };
  if (!sets.any) return rejectNoEndpoints(cluster, refusal);
  if (frontend.kind === 'load-balancer-vip' && !isSourceAllowed(service, node, packet)) return dropForeignSource(cluster, refusal);
  if (possible.length === 0) return dropNoLocal(cluster, decision, refusal);

  const key = affinityKey(frontend, name, packet.src.ip);
  const remembered = rememberedEndpoint(memory, key, possible);
  const chosen = remembered === null ? possible : [remembered];
  const reason = masqueradeReason(cluster, frontend, decision);
  const snat = masqueraded(node, family);
  const hairpin = reason === null && chosen.some(({ ip }) => ip === packet.src.ip);
  const alwaysHairpin = hairpin && chosen.every(({ ip }) => ip === packet.src.ip);

  const onward = chosen.map((endpoint): Onward => {
    const newSource = reason !== null || endpoint.ip === packet.src.ip ? snat : null;
    return {
      place: placeOf(cluster, endpoint),
      packet: { ...packet, src: newSource ?? packet.src, dst: { ip: endpoint.ip, port: endpoint.port } },
      carry: { ...carry, service: service.ref, source: newSource === null ? carry.source : 'node' },
      probability: 1 / chosen.length,
      ...(key === null ? {} : { remember: { affinity: { [key]: formatSocket(endpoint) } } }),
    };
  });

  const rules: RuleId[] = ['S7.1.1', 'S7.1.3', ...selectionRules(frontend, decision, sets, chosen.length)];
  if (!alwaysHairpin) rules.push(ruleOfSource(cluster, carry, frontend, decision, reason));
  if (hairpin) rules.push('S7.5.2', 'S7.5.15');
  if (key !== null) rules.push('S7.7.1');
  // Behind a proxy or another node's translation every client has the same source (S7.7.2).
  const oneSource = key !== null && packet.src.ip !== carry.client.ip;
  if (oneSource) rules.push('S7.7.2', 'F-32');
  if (frontend.kind === 'load-balancer-vip' && place.kind === 'node' && place.entered !== 'network') rules.push('S7.9');
  const changesSource = reason !== null && snat !== null;
  if (changesSource) rules.push('S7.5.14', 'S7.5.15', 'S7.5.17');
  if (service.ipFamilies.length > 1) rules.push('S7.5.18');
  if (endpoints.some((endpoint) => !isUsable(endpoint)) || chosen.some(isPublished)) rules.push('S7.2.5');
  rules.push(...endpointRules(cluster, frontend, sets, endpoints, chosen));
  if (cluster.environment.proxyMode === 'ebpf' && !rules.includes('S7.11')) rules.push('S7.11');
  const stays = chosen.length > 1 && carriesManyRequests(port, packet);
  if (stays) rules.push('F-33');
  const bypassed = frontend.kind === 'node-port' ? hostNetworkListener(cluster, name, packet) : null;
  if (bypassed !== null) rules.push('S7.4.4');

  return proxyHop(cluster, name, {
    title: msg('kube-proxy.title.translates', { component: proxyName(cluster), node: name }),
    why: [
      ...matched,
      ...(bypassed === null ? [] : [msg('kube-proxy.why.bypasses-process', { pod: bypassed, port: port.nodePort })]),
      ...describeChoice(cluster, name, decision, sets, chosen, remembered, packet),
      ...(stays ? [msg('kube-proxy.why.stays')] : []),
      ...(key !== null && remembered === null && service.sessionAffinity.kind === 'ClientIP'
        ? [msg('kube-proxy.why.remembers', { source: packet.src.ip, seconds: service.sessionAffinity.timeoutSeconds })]
        : []),
      ...(oneSource ? [msg('kube-proxy.why.one-source', { source: packet.src.ip })] : []),
      ...describeSource(name, packet, changesSource ? reason : null, snat, alwaysHairpin ? 'always' : hairpin ? 'maybe' : 'no'),
      ...(changesSource && !(reason === 'node-source' && packet.src.ip === snat.ip) ? [msg('kube-proxy.why.node-address')] : []),
      ...(cluster.environment.proxyMode === 'ebpf' ? [msg('kube-proxy.why.ebpf')] : []),
    ],
    rules,
    because: [...because(service, ...decidingFields(frontend, decision, key !== null)), ...writtenEndpoints(cluster, service, chosen)],
    considered: remembered === null ? considered : considerEndpoints(cluster, frontend, decision, sets, endpoints, remembered),
    consulted: [addressed(service)],
    assumes: listed(cluster.environment, decision.open),
    assumptions: assumptionsOf(cluster, [service.ref, nodeRef(name), ...podRefs(cluster, chosen)], defaultsUsed(cluster, frontend, state, chosen)),
    commands: [
      endpointsCommand(service),
      rulesCommand(cluster, name, service, packet.dst, packet.protocol),
      { line: `conntrack -L -p ${packet.protocol.toLowerCase()} --orig-dst ${packet.dst.ip}`, shows: msg('kube-proxy.command.conntrack', { node: name }) },
    ],
    becomes: { kind: 'forward', to: onward },
  });
}

/** What becomes of the source, and why; with `maybe` only one of several Pods is the client itself (S7.5.2). */
function describeSource(
  node: string,
  { src }: Packet,
  reason: ReturnType<typeof masqueradeReason>,
  snat: ReturnType<typeof masqueraded>,
  hairpin: 'always' | 'maybe' | 'no',
): readonly Message[] {
  const kept = msg('kube-proxy.why.source-kept', { source: formatSocket(src) });
  if (snat === null) return [kept];
  const args = { address: snat.ip, node };
  if (reason !== null) {
    return [msg(reason === 'node-source' && src.ip === snat.ip ? 'kube-proxy.why.masquerade.node-own' : `kube-proxy.why.masquerade.${reason}`, args)];
  }
  switch (hairpin) {
    case 'always':
      return [msg('kube-proxy.why.masquerade.hairpin', args), msg('kube-proxy.why.hairpin-reply')];
    case 'maybe':
      return [kept, msg('kube-proxy.why.masquerade.hairpin-maybe', args), msg('kube-proxy.why.hairpin-reply')];
    case 'no':
      return [kept];
  }
}

/** S7.5: behind a load balancer the row is another, whatever the frontend. */
function ruleOfSource(
  cluster: Cluster,
  carry: State['carry'],
  frontend: Frontend,
  decision: PolicyDecision,
  reason: Parameters<typeof masqueradeRule>[2],
): RuleId {
  if (carry.source === 'load-balancer' && frontend.kind !== 'cluster-ip') return 'S7.5.10';
  const rule = masqueradeRule(frontend, decision, reason);
  return (rule === 'S7.5.4' || rule === 'S7.5.5') && !asksNode(cluster, carry) ? 'S7.5.9' : rule;
}

/** The client dialled an address of a node, and not one of a load balancer. */
function asksNode(cluster: Cluster, { resolution }: State['carry']): boolean {
  return !resolution.addresses.some((ip) => cluster.addressOwners.get(ip)?.kind === 'load-balancer');
}

/** Values nobody stated that this choice rests on. */
function defaultsUsed(cluster: Cluster, { kind }: Frontend, { carry, packet }: State, chosen: readonly Endpoint[]): readonly string[] {
  const out = ['proxyMode', 'nodes'];
  if (chosen.some(({ pod }) => pod !== null && cluster.pods.get(pod)?.status.from === 'synthesized')) out.push('pods-ready');
  // A load balancer reaches the nodes from within; only a client that asks a node itself depends on their addresses.
  if (kind === 'node-port' && asksNode(cluster, carry) && carry.client.kind === 'external' && packet.src.ip === carry.client.ip)
    out.push('externalReachesNodes');
  return out;
}

/** A translated packet goes straight to the Pod (S7.1.1); other endpoints are for the network to find. */
function placeOf(cluster: Cluster, endpoint: Endpoint): Place {
  if (endpoint.node !== null && isDown(cluster, endpoint.node)) return { kind: 'network', from: 'node' };
  if (endpoint.pod !== null) return { kind: 'pod', pod: endpoint.pod };
  return { kind: 'network', from: 'node' };
}

function describeMatch(cluster: Cluster, { kind, service, port }: Frontend, node: string, packet: Packet, place: Place): readonly Message[] {
  const key = keyOf(service);
  const address = formatSocket(packet.dst);
  switch (kind) {
    case 'cluster-ip':
      return [msg('kube-proxy.why.cluster-ip', { address, service: key, node })];
    case 'node-port':
      return [msg('kube-proxy.why.node-port', { port: port.nodePort, service: key })];
    case 'external-ip':
      return [
        msg('kube-proxy.why.external-ip', { address, service: key }),
        ...(place.kind === 'node' && place.entered === 'network' ? [msg('kube-proxy.why.external-ip-routed', { node })] : []),
      ];
    case 'load-balancer-vip': {
      const vip = msg('kube-proxy.why.vip', { address, service: key });
      if (place.kind !== 'node' || place.entered === 'network') return [vip];
      const loadBalancer = cluster.loadBalancers.get(key);
      return [
        vip,
        msg('kube-proxy.why.vip-inside', { node }),
        ...(loadBalancer?.tls?.ports.includes(port.port) === true ? [msg('kube-proxy.why.vip-no-tls')] : []),
        ...(loadBalancer?.proxyProtocol === true ? [msg('kube-proxy.why.vip-no-proxy-protocol')] : []),
      ];
    }
  }
}

function describeChoice(
  cluster: Cluster,
  node: string,
  decision: PolicyDecision,
  sets: EndpointSets,
  chosen: readonly Endpoint[],
  remembered: Endpoint | null,
  packet: Packet,
): readonly Message[] {
  const out: Message[] = [];
  if (decision.set === 'local') out.push(msg('kube-proxy.why.local', { node, field: decision.field }));
  if (decision.shortCircuit !== null) {
    out.push(
      decision.shortCircuit === 'ipvs' ? msg('kube-proxy.why.short-circuit-ipvs', { node }) : msg(`kube-proxy.why.short-circuit-${decision.shortCircuit}`),
    );
  }
  if (sets.fallback[decision.set]) out.push(msg('kube-proxy.why.terminating'));
  else if (decision.set === 'cluster' && sets.topology === 'node') out.push(msg('kube-proxy.why.same-node', { node }));
  else if (decision.set === 'cluster' && sets.topology === 'zone') out.push(msg('kube-proxy.why.same-zone', { zone: cluster.nodes.get(node)?.zone ?? '' }));
  if (chosen.some(isPublished)) out.push(msg('kube-proxy.why.published'));
  const [first] = chosen;
  if (remembered !== null) out.push(msg('kube-proxy.why.remembered', { node, endpoint: formatSocket(remembered), source: packet.src.ip }));
  else if (chosen.length > 1) {
    const what = chosen.every(({ pod }) => pod !== null) ? 'pods' : 'endpoints';
    const how = cluster.environment.proxyMode === 'ipvs' ? 'in-turn' : 'random';
    out.push(msg(`kube-proxy.why.${what}-${how}`, { count: chosen.length }));
  } else if (first !== undefined) {
    out.push(first.pod === null ? msg('kube-proxy.why.one-endpoint', { endpoint: formatSocket(first) }) : msg('kube-proxy.why.one-pod', { pod: first.pod }));
  }
  return out;
}

/** F-33: gRPC, HTTP/2 and WebSockets keep one connection open for all their requests. */
function carriesManyRequests({ appProtocol, name }: ServicePort, { http }: Packet): boolean {
  if (http?.headers['content-type']?.startsWith('application/grpc') === true || http?.headers['upgrade'] !== undefined) return true;
  return /^(grpcs?|h2c?|http2|kubernetes\.io\/(h2c|wss?))$/i.test(appProtocol ?? '') || /^grpc(-|$)/.test(name);
}

/** What upstream leaves open about each. */
const SHORT_CIRCUITS = { pod: ['U8'], node: [], ipvs: ['U7'] } as const;

/** A ready endpoint whose Pod is not: `publishNotReadyAddresses` made it one (S7.2.5). */
function isPublished({ ready, serving, terminating }: Endpoint): boolean {
  return ready && (!serving || terminating);
}

function selectionRules({ kind }: Frontend, decision: PolicyDecision, sets: EndpointSets, count: number): readonly RuleId[] {
  const out: RuleId[] = ['S7.6.1', kind === 'cluster-ip' ? 'S7.6.2' : 'S7.6.3', 'S7.1.2'];
  // One of several: the whole connection keeps to it, however many requests it carries.
  if (count > 1) out.push('S7.6.5');
  if (kind === 'node-port') out.push('S7.4.1', ...(decision.policy === 'Cluster' ? (['S7.4.3'] as const) : []));
  if (kind === 'external-ip') out.push('S7.11');
  if (decision.set === 'local') out.push('S7.2.2', 'S7.2.3');
  else out.push('S7.2.1');
  if (decision.set === 'cluster' && sets.topology !== 'none') out.push('S7.2.4');
  if (decision.shortCircuit !== null) out.push('S7.3', ...SHORT_CIRCUITS[decision.shortCircuit]);
  return out;
}

/** Which rules made the endpoints what they are (S5), as far as this choice shows it. */
function endpointRules(
  cluster: Cluster,
  { service, port }: Frontend,
  sets: EndpointSets,
  endpoints: readonly Endpoint[],
  chosen: readonly Endpoint[],
): readonly RuleId[] {
  const rules = new Set<RuleId>(service.selector === null ? ['S5.6'] : []);
  for (const { rule } of cluster.excludedPods.get(keyOf(service)) ?? []) rules.add(rule);
  if (typeof port.targetPort === 'string' && service.selector !== null) rules.add('S5.5');
  if (endpoints.some(({ ready }) => !ready) || chosen.some(isPublished)) rules.add('S5.3');
  if (endpoints.some(({ serving, terminating }) => !serving && !terminating)) rules.add('S5.4');
  if (endpoints.some(({ terminating }) => terminating)) rules.add('S5.14');
  if (sets.topology !== 'none') rules.add('S5.11').add('S5.10');
  // Every Pod counts once, whichever workload it belongs to.
  const owners = new Set(chosen.flatMap(({ pod }) => (pod === null ? [] : ownerOf(cluster, pod))));
  if (owners.size > 1) rules.add('S5.13');
  return [...rules];
}

/** The workload of a Pod, or the Pod where it has none. */
function ownerOf(cluster: Cluster, pod: string): string {
  const workload = cluster.pods.get(pod)?.workload ?? null;
  return workload === null ? pod : refKey(workload);
}

/** Where somebody wrote the endpoints of a Service without selector. */
function writtenEndpoints(cluster: Cluster, service: Service, chosen: readonly Endpoint[]): readonly Reason[] {
  if (service.selector !== null) return [];
  return chosen.slice(0, MOST_WRITTEN).flatMap(({ ip }) => {
    const listed = listedEndpoint(cluster, ip);
    return listed === null ? [] : [{ object: listed.slice, path: ['endpoints', listed.index] }];
  });
}

const MOST_WRITTEN = 3;

function decidingFields({ kind, service, index }: Frontend, decision: PolicyDecision, affinity: boolean): readonly FieldPath[] {
  const port: FieldPath = ['spec', 'ports', index];
  const own: FieldPath = kind === 'node-port' ? [...port, 'nodePort'] : kind === 'external-ip' ? ['spec', 'externalIPs'] : port;
  const policy: readonly FieldPath[] = [['spec', decision.field]];
  const remembers: readonly FieldPath[] = [
    ['spec', 'sessionAffinity'],
    ['spec', 'sessionAffinityConfig', 'clientIP', 'timeoutSeconds'],
  ];
  const vip: readonly FieldPath[] = kind === 'load-balancer-vip' && service.statusIngress !== null ? [['status', 'loadBalancer', 'ingress', 0]] : [];
  return [own, ...vip, ...policy, ...(service.selector === null ? [] : [['spec', 'selector']]), ...(affinity ? remembers : [])];
}
