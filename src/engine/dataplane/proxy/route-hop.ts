/** The hop of a routed request: the rule and the endpoints it leads to, or the proxy's own answer. */
import { msg } from '../../../catalogue/message.ts';
import type { RuleId } from '../../manifests/finding.ts';
import type { ObjectRef } from '../../manifests/object-ref.ts';
import { nameKey, refKey } from '../../manifests/object-ref.ts';
import type { Command, Consulted } from '../../trace/hop.ts';
import type { Producer } from '../../trace/outcome.ts';
import type { ConsideredChoice, HopDecision, Onward } from '../component.ts';
import { listEndpoints, proxyLogs, repeat, showAlias, urlOf } from './commands.ts';
import type { Dialled } from './dial.ts';
import { carryOn, dial, endpointKey, packetTo, producerOf, serviceAddress, serviceName } from './dial.ts';
import { MOST_CONSIDERED } from './explain.ts';
import type { Answered, CertificateChoice, RequestDecision, Sticky, Upstream, Visit } from './proxy.ts';
import { preferred, rememberCookie } from './sticky.ts';
import { assumptionsOf, frame, secretOf, tlsCarry } from './visit.ts';

type Common = Pick<HopDecision, 'title' | 'rules' | 'because' | 'assumes'> & Pick<HopDecision, 'kind' | 'hop' | 'actor' | 'layer' | 'verb' | 'object'>;

function common(visit: Visit, decision: RequestDecision, certificate: CertificateChoice | null): Common {
  return {
    ...frame(visit),
    title: decision.title,
    rules: [...new Set([...decision.rules, ...(certificate?.rules ?? [])])],
    because: [...decision.because, ...(certificate?.because ?? [])],
    assumes: [...decision.assumes, ...(certificate?.assumes ?? [])],
  };
}

/** The request ends here with an answer of the proxy. */
export function answerHop(
  visit: Visit,
  decision: RequestDecision,
  {
    status,
    location,
    grpcStatus,
    producer,
  }: { readonly status: number; readonly location?: string; readonly grpcStatus?: number; readonly producer?: Producer },
  certificate: CertificateChoice | null,
): HopDecision {
  const { carry } = visit.state;
  const headers = { ...carry.responseHeaders, ...decision.responseHeaders };
  const read = [...decision.read, ...secretOf(certificate)];
  const base = common(visit, decision, certificate);
  // F-27: most often TLS ended in front, and this proxy still sees plain HTTP.
  const loops = location !== undefined && location.replace(/^(https?:\/\/[^/]+)$/, '$1/') === urlOf(carry.flow);
  return {
    ...base,
    ...(loops ? { title: msg('proxy.title.redirect-loop', { location }), rules: [...new Set<RuleId>([...base.rules, 'F-27'])] } : {}),
    why: [...(loops ? [msg('proxy.why.redirect-loop')] : []), ...decision.why, ...(certificate?.why ?? [])],
    considered: decision.considered.slice(0, MOST_CONSIDERED),
    consulted: [...decision.read.filter(isService).map((ref) => consulted(visit, ref)), ...secrets(certificate), ...(decision.consulted ?? [])],
    assumptions: assumptionsOf(visit, read),
    commands: [...commandsFor(visit, decision, decision.read.filter(isService)), ...proxyLogs(visit)],
    becomes: {
      kind: 'end',
      outcome: {
        code: 'HTTP',
        status,
        producer: producer ?? producerOf(visit.proxy),
        ...(location === undefined ? {} : { location }),
        ...(loops && { loops }),
        ...(grpcStatus === undefined ? {} : { grpcStatus }),
        ...(Object.keys(headers).length === 0 ? {} : { headers }),
      },
      stage: 'http',
      carry: tlsCarry(visit, certificate),
    },
  };
}

/** The request goes on over a new connection. */
export function forwardHop(
  visit: Visit,
  decision: RequestDecision,
  upstreams: readonly Upstream[],
  certificate: CertificateChoice | null,
  answered: readonly Answered[] = [],
): HopDecision {
  const { cluster } = visit;
  const kept = upstreams.find((upstream) => upstream.sticky?.beatsShares === true && preferred(visit, upstream) !== null);
  // A side without a share is there for those that hold its cookie.
  const open = upstreams.filter((upstream) => upstream.share > 0 || upstream === kept);
  const ways = kept === undefined ? open.flatMap((upstream) => waysOf(visit, upstream)) : waysOf(visit, { ...kept, share: 1 });
  const rules = decision.considered.slice(0, Math.max(MOST_CONSIDERED - ways.length, MOST_CONSIDERED / 2));
  const endpoints =
    ways.length > 1 || ways[0]?.dialled.endpoint != null || ways[0]?.upstream.target.kind === 'nodes'
      ? ways.map((way) => endpointChoice(visit, way, ways.length))
      : [];
  const services = uniqueRefs(open.map((upstream) => upstream.target.service.ref));
  const pods = ways.flatMap(({ dialled }) => (dialled.endpoint?.pod == null ? [] : (cluster.pods.get(dialled.endpoint.pod)?.ref ?? [])));
  const to = ways.map((way) => onward(visit, decision, way, certificate));
  return {
    ...common(visit, decision, certificate),
    why: [
      ...decision.why,
      ...(kept?.sticky === undefined ? open.map((upstream) => howPicked(visit, upstream)) : [keptSentence(kept.sticky, serviceName(kept.target))]),
      ...(certificate?.why ?? []),
    ],
    considered: [...rules, ...endpoints.slice(0, MOST_CONSIDERED - rules.length)],
    consulted: [
      ...open.map((upstream) => ({
        object: upstream.target.service.ref,
        role: roleOf(upstream),
        address: serviceAddress(upstream.target),
        label: upstream.label,
      })),
      ...secrets(certificate),
      ...(decision.consulted ?? []),
    ],
    assumptions: assumptionsOf(visit, [...decision.read, ...secretOf(certificate), ...services, ...pods]),
    commands: commandsFor(visit, decision, services),
    becomes: { kind: 'forward', to, ...(answered.length > 0 && kept === undefined && { answered }) },
  };
}

interface Way {
  readonly upstream: Upstream;
  readonly dialled: Dialled;
  readonly probability: number;
}

function waysOf(visit: Visit, upstream: Upstream): readonly Way[] {
  const stuck = preferred(visit, upstream);
  const dialled = dial(visit, upstream.target);
  const open =
    stuck === null ? dialled : dialled.filter(({ endpoint }) => endpoint !== null && endpointKey(endpoint) === stuck).map((one) => ({ ...one, share: 1 }));
  return open.map((one) => ({ upstream, dialled: one, probability: upstream.share * one.share }));
}

function onward(visit: Visit, decision: RequestDecision, { upstream, dialled, probability }: Way, certificate: CertificateChoice | null): Onward {
  const carry = carryOn(visit, upstream.target, upstream.onFailure, upstream.tls);
  const edits = [...(upstream.responseEdits ?? []), ...(carry.responseEdits ?? [])];
  const mirrors = [...(carry.mirrors ?? []), ...(upstream.mirrors ?? [])];
  const sticky = rememberCookie(visit, upstream, dialled.endpoint);
  return {
    place: dialled.place,
    packet: packetTo(visit, upstream, dialled.dst),
    carry: {
      ...carry,
      ...tlsCarry(visit, certificate),
      responseHeaders: { ...carry.responseHeaders, ...decision.responseHeaders, ...sticky?.headers },
      ...(edits.length > 0 && { responseEdits: edits }),
      ...(mirrors.length > 0 && { mirrors }),
      ...(carry.proxied !== undefined && upstream.speaks !== undefined && { proxied: { ...carry.proxied, speaks: upstream.speaks } }),
    },
    probability,
    ...(sticky?.cookies === undefined ? {} : { remember: { cookies: sticky.cookies } }),
  };
}

function endpointChoice({ proxy }: Visit, { upstream, dialled, probability }: Way, ways: number): ConsideredChoice {
  const { endpoint, dst } = dialled;
  const { target } = upstream;
  const node = target.kind === 'nodes' ? target.nodes.find(({ ip }) => ip === dst.ip)?.name : undefined;
  const what =
    node !== undefined
      ? msg('proxy.endpoint.node', { endpoint: endpointKey(dst), node })
      : endpoint?.pod == null
        ? msg('proxy.endpoint', { endpoint: endpointKey(dst), service: serviceName(upstream.target) })
        : msg('proxy.endpoint.pod', { endpoint: endpointKey(dst), pod: endpoint.pod });
  return { what, result: ways === 1 ? 'taken' : 'possible', why: upstream.why, probability, rules: [proxy.rules.endpoint] };
}

function howPicked({ proxy }: Visit, { target, sticky, request }: Upstream) {
  const service = serviceName(target);
  switch (target.kind) {
    case 'endpoints':
      if (target.endpoints.length === 1) return msg('proxy.pick.only', { service, endpoint: endpointKey(target.endpoints[0]!) });
      if (sticky !== undefined) return stickySentence(sticky, service);
      return msg('proxy.pick.equal', { service, endpoints: target.endpoints.length });
    case 'nodes':
      return msg('proxy.pick.nodes', { service, port: target.port.nodePort, nodes: target.nodes.length });
    case 'cluster-ip':
      return msg('proxy.pick.cluster-ip', { service, address: `${target.ip}:${target.port}` });
    case 'external':
      return msg(`${proxy.speaker}.pick.external`, { service, name: target.name, host: request.host });
  }
}

function stickySentence(sticky: Sticky, service: string) {
  return 'cookie' in sticky
    ? msg('proxy.pick.sticky', { service, cookie: sticky.cookie })
    : msg('proxy.pick.sticky-header', { service, header: sticky.header });
}

function keptSentence(sticky: Sticky, service: string) {
  return 'cookie' in sticky ? msg('proxy.pick.kept', { service, cookie: sticky.cookie }) : msg('proxy.pick.kept-header', { service, header: sticky.header });
}

function roleOf({ target }: Upstream): Consulted['role'] {
  return target.kind === 'cluster-ip' ? 'addressed' : 'consulted';
}

function consulted({ cluster }: Visit, ref: ObjectRef): Consulted {
  const service = cluster.services.get(`${ref.namespace}/${ref.name}`);
  return { object: ref, role: 'consulted', address: service === undefined ? null : service.headless ? 'None' : (service.clusterIPs[0] ?? null) };
}

function secrets(certificate: CertificateChoice | null): readonly Consulted[] {
  return secretOf(certificate).map((object) => ({ object, role: 'consulted', address: null }));
}

function commandsFor(visit: Visit, decision: RequestDecision, services: readonly ObjectRef[]): readonly Command[] {
  const { services: known } = visit.cluster;
  const behind = services.map((ref) => (known.get(nameKey(ref.namespace, ref.name))?.type === 'ExternalName' ? showAlias(ref) : listEndpoints(ref)));
  return [...decision.commands, ...behind, repeat(visit)];
}

function isService(ref: ObjectRef): boolean {
  return ref.kind === 'Service';
}

function uniqueRefs(refs: readonly ObjectRef[]): readonly ObjectRef[] {
  return [...new Map(refs.map((ref) => [refKey(ref), ref])).values()];
}
