/**
 * A Gateway's Pod, when a connection arrives on a port it listens on (S12): it picks the listener, ends TLS or leaves
 * it whole, picks the route, and opens a NEW connection to an endpoint of a backend. What is attached where, and what a
 * reference leads to, the control plane has settled (`cluster/gateways`); here only the request decides.
 * https://gateway-api.sigs.k8s.io/
 */
import { msg } from '../../../catalogue/message.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { SettledGateway, SettledListener } from '../../cluster/gateways/settled.ts';
import type { Packet } from '../../trace/packet.ts';
import type { Component, HopDecision } from '../component.ts';
import { closedHop, handshakeHop, openedHop, refusedCertificate } from '../proxy/connection-hop.ts';
import { presume } from '../proxy/presuppose.ts';
import type { Proxy } from '../proxy/proxy.ts';
import { plainConnection, tlsConnection } from './bytes.ts';
import { showGateway } from './commands.ts';
import { consideredIdle, consideredListeners, whyIdle } from './explain.ts';
import { requestInSession, requestOnPlainPort } from './http.ts';
import { GATEWAY_ANSWERS } from './limits.ts';
import { bestListener } from './listener-choice.ts';
import { certificateFor, refusedClient } from './session.ts';
import type { GatewayVisit } from './visit.ts';

export interface Found {
  readonly gateway: SettledGateway;
  /** The listener port behind the container port. */
  readonly port: number;
}

/** The Gateway whose proxy listens on this port of this Pod; null when the Pod is an ordinary one there. */
export function gatewayAt(cluster: Cluster, pod: string, { dst, protocol }: Pick<Packet, 'dst' | 'protocol'>): Found | null {
  for (const gateway of cluster.gatewayApi.gateways.values()) {
    if (gateway.infrastructure?.pods.includes(pod) !== true) continue;
    const listens = gateway.infrastructure.listens.find(({ containerPort, transport }) => containerPort === dst.port && transport === protocol);
    if (listens !== undefined) return { gateway, port: listens.port };
  }
  return null;
}

/** Called at the place {pod} where `gatewayAt` finds a Gateway. */
export const gateway: Component = (state, { cluster, memory }) => {
  const found = state.place.kind === 'pod' ? gatewayAt(cluster, state.place.pod, state.packet) : null;
  if (state.place.kind !== 'pod' || found === null) throw new Error('no Gateway listens here');
  const visit: GatewayVisit = {
    cluster,
    state,
    memory,
    proxy: proxyOf(found.gateway, state.place.pod),
    voice: 'gateway',
    gateway: found.gateway.gateway,
    port: found.port,
    lacks: new Set(found.gateway.unsupportedFeatures),
  };
  const { protocol } = state.packet;
  const onPort = found.gateway.listeners.filter((listener) => listener.port === found.port && transportOf(listener) === protocol);
  const listeners = onPort.filter(({ serves }) => serves);
  const whole = listeners.find(({ carrier }) => carrier === 'TCP' || carrier === 'UDP');
  if (whole !== undefined) return plainConnection(visit, whole);
  if (listeners.length === 0) return nobodyListens(visit, found.gateway);
  const idle = onPort.filter(({ serves }) => !serves);
  return state.packet.tls.mode === 'tls' ? encrypted(visit, listeners, state.packet.tls.sni, idle) : plain(visit, listeners);
};

function transportOf({ carrier }: SettledListener): 'TCP' | 'UDP' {
  return carrier === 'UDP' ? 'UDP' : 'TCP';
}

function proxyOf({ addresses, assumption, gateway: key }: SettledGateway, pod: string): Proxy {
  return {
    hop: 'gateway',
    speaker: 'gateway',
    product: `Gateway ${key}`,
    pod,
    publishes: addresses,
    assumption,
    source: 'controller',
    onFailure: { answers: GATEWAY_ANSWERS, tries: 1 },
    rules: { endpoint: 'S12.9.3', notHttp: 'S12.3' },
  };
}

function plain(visit: GatewayVisit, listeners: readonly SettledListener[]): HopDecision {
  const http = listeners.filter(({ carrier }) => carrier === 'HTTP');
  if (visit.state.packet.http === null) return openedHop(visit, null);
  if (http.length > 0) return requestOnPlainPort(visit, http);
  return closedHop(visit, 'CONN_RESET', msg('gateway.why.plain-on-tls', { port: visit.port }), ['S14.4']);
}

function encrypted(visit: GatewayVisit, listeners: readonly SettledListener[], serverName: string | null, idle: readonly SettledListener[]): HopDecision {
  const tls = listeners.filter(({ carrier }) => carrier !== 'HTTP');
  if (tls.length === 0) return handshakeHop(visit, 'wrong-version-number', [msg('gateway.tls.plain-port', { port: visit.port })], ['S14.4'], null);
  const listener = bestListener(tls, serverName);
  if (listener === null) return unknownName(visit, tls, serverName, idle);
  const considered = consideredListeners(tls, listener, serverName);
  const decision = inListener(visit, tls, listener, serverName);
  return decision.considered === undefined || decision.considered.length === 0 ? { ...decision, considered } : decision;
}

function inListener(visit: GatewayVisit, tls: readonly SettledListener[], listener: SettledListener, serverName: string | null): HopDecision {
  if (listener.carrier === 'TLS/Passthrough') return tlsConnection(visit, listener, serverName, null);
  const certificate = certificateFor(visit, listener, serverName);
  const refused = refusedCertificate(visit, certificate) ?? refusedClient(visit, listener, certificate);
  if (refused !== null) return refused;
  if (listener.carrier === 'TLS/Terminate') return tlsConnection(visit, listener, serverName, certificate);
  if (visit.state.packet.http === null) return openedHop(visit, certificate);
  const sessions = tls.filter(({ carrier }) => carrier === 'HTTPS');
  return requestInSession(visit, sessions, listener, certificate);
}

/** S12.3: no listener is for the server name. Whether the proxy closes or sends an alert is its own. */
function unknownName(visit: GatewayVisit, listeners: readonly SettledListener[], serverName: string | null, idle: readonly SettledListener[]): HopDecision {
  const host = serverName ?? visit.state.carry.flow.host;
  const meant = bestListener(idle, serverName);
  const why = meant === null ? msg('gateway.why.no-tls-listener', { host, port: visit.port }) : whyIdle(meant, host);
  const { holds, assumes } = presume(visit.cluster, 'gateway:closes-unknown-names', msg('gateway.assume.closes'));
  const hop = holds ? closedHop(visit, 'CONN_RESET', why, ['S12.3']) : handshakeHop(visit, 'unrecognized-name', [why], ['S12.3'], null);
  return {
    ...hop,
    assumes,
    because:
      meant === null
        ? listeners.slice(0, 3).map(({ owner, path }) => ({ object: owner, path: [...path, 'hostname'] }))
        : [{ object: meant.owner, path: meant.path }],
    considered: [...idle.map(consideredIdle), ...consideredListeners(listeners, null, serverName)],
    commands: showGateway(visit),
  };
}

/** The port is open, and no listener of it serves: in conflict, without a certificate, not accepted. */
function nobodyListens(visit: GatewayVisit, { listeners }: SettledGateway): HopDecision {
  const idle = listeners.filter(({ port }) => port === visit.port);
  const code = visit.state.packet.protocol === 'UDP' ? 'UDP_SILENT' : 'CONN_REFUSED';
  const hop = closedHop(visit, code, msg('gateway.why.no-listener-serves', { port: visit.port }), ['S12.4.3', 'F-82', 'F-83']);
  return {
    ...hop,
    because: idle.map(({ owner, path }) => ({ object: owner, path })),
    considered: idle.map(consideredIdle),
    commands: showGateway(visit),
  };
}
