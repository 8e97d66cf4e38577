/**
 * An Ingress controller's Pod, when a connection arrives on a port it listens on: it ends TLS, picks the rule and a
 * Pod, and opens a NEW connection to that Pod (S1.7, S9, S14). One decision, one hop. It never decides how a rule
 * wins: that is each implementation's own (`implementations.ts`).
 * https://kubernetes.io/docs/concepts/services-networking/ingress-controllers/
 */
import type { Message } from '../../../catalogue/message.ts';
import { msg } from '../../../catalogue/message.ts';
import type { Cluster, Controller } from '../../cluster/cluster.ts';
import type { Ingress } from '../../kinds/ingress/ingress-spec.ts';
import type { RuleId } from '../../manifests/finding.ts';
import { nameKey, refKey } from '../../manifests/object-ref.ts';
import type { Hop } from '../../trace/hop.ts';
import type { Packet } from '../../trace/packet.ts';
import type { Component, HopDecision, Reason, State } from '../component.ts';
import { closedHop, handshakeHop, openedHop, passthroughHop, refusedCertificate } from '../proxy/connection-hop.ts';
import { serviceName } from '../proxy/dial.ts';
import type { Answered, CertificateChoice, Proxy, RequestDecision, Visit } from '../proxy/proxy.ts';
import { answerHop, forwardHop } from '../proxy/route-hop.ts';
import { describeIngress, listIngresses } from './commands.ts';
import { foreignAnnotations, inWhosePlace } from './foreign.ts';
import type { AnsweredShare, ControllerView, IngressImplementation, ReceivedRequest, RouteDecision, StreamService } from './implementation.ts';
import { implementationOf } from './implementations.ts';

interface ControllerVisit extends Visit {
  readonly view: ControllerView;
  readonly implementation: IngressImplementation;
}

/** The Ingress controller that listens on this port of this Pod; null when the Pod is an ordinary one there. */
export function ingressControllerAt(cluster: Cluster, pod: string, { dst: { port }, protocol }: Pick<Packet, 'dst' | 'protocol'>): Controller | null {
  const own = cluster.controllers.filter(({ kind, pods }) => kind === 'ingress' && pods.includes(pod));
  const listens = ({ listens: listeners }: Controller) => listeners.some(({ containerPort }) => containerPort === port);
  return own.find((controller) => listens(controller) || streamAt({ cluster, controller }, protocol, port) !== null) ?? null;
}

function streamAt(view: ControllerView, protocol: Packet['protocol'], port: number | '*'): StreamService | null {
  if (port === '*' || (protocol !== 'TCP' && protocol !== 'UDP')) return null;
  return implementationOf(view.controller.implementation).stream?.(view, protocol, port) ?? null;
}

/** Called at the place {pod} where `ingressControllerAt` finds a controller, and at the load balancers made for Ingresses. */
export const ingressController: Component = (state, { cluster, memory }) => {
  const { dst, protocol } = state.packet;
  const controller = controllerAt(cluster, state);
  if (controller === null) throw new Error('no Ingress controller listens here');
  const view = { cluster, controller };
  const implementation = implementationOf(controller.implementation);
  const proxy = proxyOf(view, implementation, state.place.kind === 'pod' ? state.place.pod : null);
  const visit: ControllerVisit = { cluster, state, memory, proxy, view, implementation };
  const stream = streamAt(view, protocol, dst.port);
  if (stream !== null) return streamHop(visit, stream);
  if (protocol !== 'TCP') return closedHop(visit, 'CONN_REFUSED', msg('ingress.why.not-tcp', { protocol }), ['S9.12']);
  const encrypts = controller.listens.some((listener) => listener.containerPort === dst.port && listener.scheme === 'https');
  return proxyProtocolTrouble(visit, encrypts) ?? (encrypts ? onTlsPort(visit) : onPlainPort(visit));
};

function controllerAt(cluster: Cluster, { place, packet }: State): Controller | null {
  if (place.kind === 'pod') return ingressControllerAt(cluster, place.pod, packet);
  return cluster.controllers.find(({ balancer }) => place.kind === 'ingress-balancer' && balancer?.name === place.name) ?? null;
}

function proxyOf({ cluster, controller }: ControllerView, { product, onFailure }: IngressImplementation, pod: string | null): Proxy {
  const { publishes, assumption, balancer, claims } = controller;
  const view = { cluster, controller };
  return {
    hop: 'ingress-controller',
    speaker: balancer === null ? 'ingress' : 'load-balancer',
    product,
    pod,
    ...(balancer !== null && {
      outside: { name: balancer.name, address: balancer.ownAddress, object: cluster.ingresses.get(claims[0] ?? '')?.ref ?? null },
    }),
    publishes,
    assumption,
    source: balancer === null ? 'controller' : 'load-balancer',
    onFailure: { ...onFailure, tries: onFailure.tries(view) },
    rules: { endpoint: 'S9.9', notHttp: 'S9.12' },
  };
}

/** A PROXY protocol header that one side sends and the other does not expect, or misses, breaks every connection. */
function proxyProtocolTrouble(visit: ControllerVisit, encrypts: boolean): HopDecision | null {
  const expected = visit.implementation.expectsProxyProtocol(visit.view);
  const present = visit.state.packet.proxyProtocol !== undefined;
  if (expected === null || expected === present) return null;
  if (expected) return closedHop(visit, 'CONN_RESET', msg('ingress.why.proxy-missing'), ['S10.23']);
  const why = msg('ingress.why.proxy-unexpected');
  if (encrypts) return handshakeHop(visit, 'handshake-failure', [why], ['S10.23'], null);
  return answerHop(visit, ownAnswer(msg('ingress.title.proxy-unexpected'), [why], ['S10.23']), { status: 400 }, null);
}

/** A connection that goes on by its port alone; with TLS or without, nobody looks inside. */
function streamHop(visit: ControllerVisit, stream: StreamService): HopDecision {
  if (stream.kind === 'closed') return closedHop(visit, visit.state.packet.protocol === 'UDP' ? 'UDP_SILENT' : 'CONN_REFUSED', stream.why, [stream.rule]);
  const { target, why, because, rule, assumes, expectsProxyProtocol, sendsProxyProtocol } = stream;
  const { packet } = visit.state;
  if (expectsProxyProtocol && packet.proxyProtocol === undefined) return closedHop(visit, 'CONN_RESET', msg('ingress.why.proxy-missing'), [rule, 'S10.23']);
  const service = serviceName(target);
  const hop = passthroughHop(visit, {
    title: msg('ingress.title.stream', { service }),
    why: [why],
    ways: [{ share: 1, target, label: String(packet.dst.port), tls: 'same' }],
    because,
    rules: [rule, 'S9.12'],
    commands: [listIngresses()],
    assumes,
  });
  const { becomes } = hop;
  if (becomes.kind !== 'forward') return hop;
  const withHeader = ({ proxyProtocol: received, ...rest }: Packet): Packet => {
    const passes = sendsProxyProtocol ? packet.src : expectsProxyProtocol ? undefined : received;
    return { ...rest, ...(passes !== undefined && { proxyProtocol: passes }) };
  };
  return { ...hop, becomes: { ...becomes, to: becomes.to.map((onward) => ({ ...onward, packet: withHeader(onward.packet) })) } };
}

function onPlainPort(visit: ControllerVisit): HopDecision {
  const { packet } = visit.state;
  // S14.4: the bytes of a TLS hello are no HTTP request, and its client cannot read the answer as TLS.
  if (packet.tls.mode === 'tls')
    return handshakeHop(visit, 'wrong-version-number', [msg('ingress.tls.plain-port', { port: String(packet.dst.port) })], ['S14.4'], null);
  return packet.http === null ? openedHop(visit, null) : routed(visit, 'http', null);
}

function onTlsPort(visit: ControllerVisit): HopDecision {
  const { view, implementation, state } = visit;
  const { packet, carry } = state;
  if (packet.tls.mode === 'none') return packet.http === null ? openedHop(visit, null) : plainOnTlsPort(visit);
  const serverName = packet.tls.sni;
  const through = implementation.passthrough(view, serverName);
  if (through !== null) {
    const { target, because, ingress } = through;
    const service = serviceName(target);
    return passthroughHop(visit, {
      title: msg('proxy.title.passthrough', { service }),
      why: [msg('proxy.why.passthrough', { service })],
      ways: [{ share: 1, target, label: carry.flow.sni ?? carry.flow.host, tls: 'same' }],
      because,
      rules: ['S10.25', 'S14.2'],
      commands: [describeIngress(ingress)],
    });
  }
  const host = carry.flow.sni ?? carry.flow.host;
  const rejected = implementation.refusesHandshake(view, serverName);
  if (rejected !== null) return handshakeHop(visit, rejected.kind, [rejected.why(host)], [rejected.rule], null);
  const choice = implementation.certificate(view, serverName);
  const refused = refusedCertificate(visit, choice);
  if (refused !== null) return refused;
  return packet.http === null ? openedHop(visit, choice) : routed(visit, 'https', choice);
}

function receivedIn({ src, dst, proxyProtocol }: Packet): Pick<ReceivedRequest, 'port' | 'peer' | 'proxyProtocol'> {
  return { port: dst.port === '*' ? 0 : dst.port, peer: src.ip, proxyProtocol: proxyProtocol?.ip ?? null };
}

/** What the controller that a hop belongs to decided, before it became a hop: for whoever compares controllers. */
export interface Decided {
  readonly controller: Controller;
  /** Name on the map. */
  readonly product: string;
  /** Null where no request was read: another protocol, TLS that failed or went on whole. */
  readonly route: RouteDecision | null;
  readonly certificate: CertificateChoice | null;
}

/** Null for a hop of anything else. */
export function decidedAt(cluster: Cluster, { kind, actor, object, before, layer, outcome }: Hop): Decided | null {
  if (kind !== 'ingress-controller' || object === null) return null;
  const controller =
    object.kind === 'Pod'
      ? ingressControllerAt(cluster, nameKey(object.namespace, object.name), before)
      : (cluster.controllers.find(({ balancer }) => balancer?.name === actor.instance) ?? null);
  if (controller === null) return null;
  const { product, route, certificate } = implementationOf(controller.implementation);
  const view = { cluster, controller };
  const { http, tls } = before;
  const scheme = tls.mode === 'none' ? ('http' as const) : ('https' as const);
  return {
    controller,
    product,
    route:
      http === null || layer !== 'L7' || outcome?.code === 'TLS_ERROR' ? null : route(view, { ...receivedIn(before), origin: null, http, scheme, failed: [] }),
    certificate: tls.mode === 'none' ? null : certificate(view, tls.sni),
  };
}

function routed(visit: ControllerVisit, scheme: 'http' | 'https', certificate: CertificateChoice | null): HopDecision {
  const { packet, carry } = visit.state;
  const request = { ...receivedIn(packet), origin: carry.client.ip, http: packet.http!, scheme, failed: carry.failed ?? [] };
  const chosen = visit.implementation.route(visit.view, request);
  const { ingress, result, effects: _, ...decided } = chosen;
  const { controller } = visit.view;
  const { product } = visit.implementation;
  const unread = ingress === null ? [] : foreignAnnotations(controller, product, ingress);
  const why = [...decided.why, ...unread, ...inWhosePlace(controller, product)];
  const because = [...decided.because, ...(ingress === null ? [] : classByDefault(visit.view.cluster, ingress))];
  const decision: RequestDecision = {
    ...decided,
    why,
    because,
    commands: [ingress === null ? listIngresses() : describeIngress(ingress), ...(visit.implementation.commands?.(visit.view, chosen) ?? [])],
  };
  switch (result.kind) {
    case 'forward':
      return forwardHop(
        visit,
        decision,
        result.to,
        certificate,
        result.answered?.map((one) => answeredShare(visit, decision, one, certificate)),
      );
    case 'answer':
      return answerHop(visit, decision, result, certificate);
  }
}

/** S3.15: an Ingress that names no class is this controller's only because its class is the default. */
function classByDefault(cluster: Cluster, { ref }: Ingress): readonly Reason[] {
  const path = ['spec', 'ingressClassName'];
  return cluster.defaults.get(refKey(ref))?.[path.join('.')] === undefined ? [] : [{ object: ref, path }];
}

function answeredShare(
  visit: Visit,
  decision: RequestDecision,
  { share, status, producer, ...own }: AnsweredShare,
  certificate: CertificateChoice | null,
): Answered {
  return { share, decision: answerHop(visit, { ...decision, ...own }, { status, ...(producer !== undefined && { producer }) }, certificate) };
}

/** S14.4: nginx and servers written in Go notice plain HTTP where a TLS hello should be, others only hang up. */
function plainOnTlsPort(visit: ControllerVisit): HopDecision {
  const port = String(visit.state.packet.dst.port);
  if (visit.implementation.onPlainText === 'closes') return closedHop(visit, 'CONN_RESET', msg('ingress.why.plain-on-tls-closed', { port }), ['S14.4']);
  return answerHop(visit, ownAnswer(msg('ingress.title.plain-on-tls'), [msg('ingress.why.plain-on-tls', { port })], ['S14.4']), { status: 400 }, null);
}

/** An answer given before any rule is looked at. */
function ownAnswer(title: Message, why: readonly Message[], rules: readonly RuleId[]): RequestDecision {
  return { title, why, rules, because: [], considered: [], commands: [listIngresses()], read: [], assumes: [], responseHeaders: {} };
}
