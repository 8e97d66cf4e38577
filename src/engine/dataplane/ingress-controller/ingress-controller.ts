/**
 * An Ingress controller's Pod, when a connection arrives on a port it listens on: it ends TLS, picks the rule and a
 * Pod, and opens a NEW connection to that Pod (S1.7, S9, S14). One decision, one hop. It never decides how a rule
 * wins: that is each implementation's own (`implementations.ts`).
 * https://kubernetes.io/docs/concepts/services-networking/ingress-controllers/
 */
import type { Message } from '../../../catalogue/message.ts';
import { msg } from '../../../catalogue/message.ts';
import type { Cluster, Controller } from '../../cluster/cluster.ts';
import type { RuleId } from '../../manifests/finding.ts';
import type { TlsErrorKind } from '../../trace/outcome.ts';
import type { Component, HopDecision } from '../component.ts';
import { verify } from './certificate.ts';
import { closedHop, handshakeHop, openedHop, passthroughHop } from './connection-hop.ts';
import type { CertificateChoice, RouteDecision } from './implementation.ts';
import { implementationOf } from './implementations.ts';
import { answerHop, forwardHop } from './route-hop.ts';
import type { Visit } from './visit.ts';

/** The Ingress controller that listens on this port of this Pod; null when the Pod is an ordinary one there. */
export function ingressControllerAt(cluster: Cluster, pod: string, port: number | '*'): Controller | null {
  const listens = (controller: Controller) => controller.pods.includes(pod) && controller.listens.some((listener) => listener.containerPort === port);
  return cluster.controllers.find((controller) => controller.kind === 'ingress' && listens(controller)) ?? null;
}

/** Called at the place {pod} where `ingressControllerAt` finds a controller. */
export const ingressController: Component = (state, { cluster, memory }) => {
  const { dst, protocol } = state.packet;
  const controller = state.place.kind === 'pod' ? ingressControllerAt(cluster, state.place.pod, dst.port) : null;
  if (state.place.kind !== 'pod' || controller === null) throw new Error('no Ingress controller listens here');
  const visit: Visit = { view: { cluster, controller }, implementation: implementationOf(controller.implementation), state, memory, pod: state.place.pod };
  if (protocol !== 'TCP') return closedHop(visit, 'CONN_REFUSED', msg('ingress.why.not-tcp', { protocol }), ['S9.12']);
  const encrypts = controller.listens.some((listener) => listener.containerPort === dst.port && listener.scheme === 'https');
  return proxyProtocolTrouble(visit, encrypts) ?? (encrypts ? onTlsPort(visit) : onPlainPort(visit));
};

/** A PROXY protocol header that one side sends and the other does not expect, or misses, breaks every connection. */
function proxyProtocolTrouble(visit: Visit, encrypts: boolean): HopDecision | null {
  const expected = visit.implementation.expectsProxyProtocol(visit.view);
  const present = visit.state.packet.proxyProtocol !== undefined;
  if (expected === null || expected === present) return null;
  if (expected) return closedHop(visit, 'CONN_RESET', msg('ingress.why.proxy-missing'), ['S10.23']);
  const why = msg('ingress.why.proxy-unexpected');
  if (encrypts) return handshakeHop(visit, 'handshake-failure', [why], ['S10.23'], null);
  return answerHop(visit, ownAnswer(400, msg('ingress.title.proxy-unexpected'), [why], ['S10.23']), 400, undefined, null);
}

function onPlainPort(visit: Visit): HopDecision {
  const { packet } = visit.state;
  // S14.4: the bytes of a TLS hello are no HTTP request, and its client cannot read the answer as TLS.
  if (packet.tls.mode === 'tls')
    return handshakeHop(visit, 'wrong-version-number', [msg('ingress.tls.plain-port', { port: String(packet.dst.port) })], ['S14.4'], null);
  return packet.http === null ? openedHop(visit, null) : routed(visit, 'http', null);
}

function onTlsPort(visit: Visit): HopDecision {
  const { view, implementation, state } = visit;
  const { packet, carry } = state;
  if (packet.tls.mode === 'none') return packet.http === null ? openedHop(visit, null) : answerHop(visit, plainOnTlsPort(visit), 400, undefined, null);
  const serverName = packet.tls.sni;
  const through = implementation.passthrough(view, serverName);
  if (through !== null) return passthroughHop(visit, through);
  const host = carry.flow.sni ?? carry.flow.host;
  if (implementation.refusesHandshake(view, serverName))
    return handshakeHop(visit, 'unrecognized-name', [msg('ingress.tls.rejected', { host })], ['S10.15'], null);
  const choice = implementation.certificate(view, serverName);
  // A proxy in front that encrypts again is the client of this session, and such proxies do not check names.
  const checked = carry.flow.insecure !== true && carry.terminatedAt === null;
  const failure = checked ? verify(choice, host) : null;
  if (failure !== null) {
    return handshakeHop(visit, failure, [whyRefused(failure, choice, host)], ['S14.3', 'F-65'], choice);
  }
  return packet.http === null ? openedHop(visit, choice) : routed(visit, 'https', choice);
}

function routed(visit: Visit, scheme: 'http' | 'https', certificate: CertificateChoice | null): HopDecision {
  const { packet, carry } = visit.state;
  const port = packet.dst.port === '*' ? 0 : packet.dst.port;
  const decision = visit.implementation.route(visit.view, {
    http: packet.http!,
    scheme,
    port,
    peer: packet.src.ip,
    proxyProtocol: packet.proxyProtocol?.ip ?? null,
    failed: carry.failed ?? [],
  });
  const { result } = decision;
  switch (result.kind) {
    case 'forward':
      return forwardHop(visit, decision, result.to, certificate);
    case 'answer':
      return answerHop(visit, decision, result.status, result.location, certificate);
  }
}

function whyRefused(failure: TlsErrorKind, { names }: CertificateChoice, host: string): Message {
  if (failure === 'untrusted') return msg('ingress.tls.untrusted', { host });
  return names.length === 0 ? msg('ingress.tls.nameless', { host }) : msg('ingress.tls.mismatch', { host, names });
}

/** S14.4: nginx and most others notice plain HTTP where a TLS hello should be. */
function plainOnTlsPort({ state }: Visit): RouteDecision {
  return ownAnswer(400, msg('ingress.title.plain-on-tls'), [msg('ingress.why.plain-on-tls', { port: String(state.packet.dst.port) })], ['S14.4']);
}

/** An answer given before any rule is looked at. */
function ownAnswer(status: number, title: Message, why: readonly Message[], rules: readonly RuleId[]): RouteDecision {
  return { result: { kind: 'answer', status }, title, why, rules, because: [], considered: [], ingress: null, read: [], assumes: [], responseHeaders: {} };
}
