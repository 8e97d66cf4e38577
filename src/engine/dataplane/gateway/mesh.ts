/**
 * The mesh proxy beside a client (GAMMA, S12.15): what a route that binds to a Service does to requests which the Pods
 * of the mesh send to the Service's own address. Without such a route the request goes to the kernel as always.
 * https://gateway-api.sigs.k8s.io/mesh/gamma/
 */
import { msg } from '../../../catalogue/message.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { MeshBinding } from '../../cluster/gateways/settled.ts';
import type { Component, State } from '../component.ts';
import type { Proxy } from '../proxy/proxy.ts';
import { meshEntries } from './entry.ts';
import { consideredEntries } from './explain.ts';
import { noRoute, pick } from './http.ts';
import { GATEWAY_ANSWERS } from './limits.ts';
import { askedOf } from './match.ts';
import type { Led } from './serve.ts';
import type { GatewayVisit } from './visit.ts';

interface Bound {
  readonly pod: string;
  readonly service: string;
  readonly bindings: readonly MeshBinding[];
}

/** The routes that hold for a packet as it leaves its Pod; null where the mesh has nothing to say. */
export function meshRoutesFor(cluster: Cluster, { place, packet, carry }: State): Bound | null {
  if (cluster.gatewayApi.mesh.size === 0 || place.kind !== 'node' || place.entered !== 'pod') return null;
  // TLS of the client's own hides the request; other protocols hold none.
  if (packet.http === null || packet.tls.mode === 'tls' || carry.proxied !== undefined) return null;
  const owner = cluster.addressOwners.get(packet.dst.ip);
  const sender = cluster.addressOwners.get(packet.src.ip);
  if (owner?.kind !== 'cluster-ip' || sender?.kind !== 'pod') return null;
  const all = (cluster.gatewayApi.mesh.get(owner.service) ?? []).filter(({ port }) => port === null || port === packet.dst.port);
  const namespace = cluster.pods.get(sender.pod)?.ref.namespace;
  // A route of the client's own namespace beats those of the Service's (S12.15).
  const consumer = all.filter(({ consumerNamespace }) => consumerNamespace !== null && consumerNamespace === namespace);
  const holding = consumer.length > 0 ? consumer : all.filter(({ consumerNamespace }) => consumerNamespace === null);
  // Of routes of two kinds for one Service port, GRPCRoutes hold and HTTPRoutes are left out (GEP-1294).
  const calls = holding.filter(({ route }) => cluster.routes.get(route)?.protocol === 'grpc');
  const bindings = calls.length > 0 ? calls : holding.filter(({ route }) => cluster.routes.get(route)?.protocol === 'http');
  return bindings.length === 0 ? null : { pod: sender.pod, service: owner.service, bindings };
}

/** Called where `meshRoutesFor` finds routes. */
export const meshProxy: Component = (state, { cluster, memory }) => {
  const bound = meshRoutesFor(cluster, state);
  const { http, dst } = state.packet;
  if (bound === null || http === null) throw new Error('no mesh route holds here');
  const { pod, service, bindings } = bound;
  const visit: GatewayVisit = {
    cluster,
    state,
    memory,
    proxy: proxyOf(pod, cluster.gatewayApi.meshAssumption),
    voice: 'mesh',
    gateway: null,
    port: dst.port === '*' ? 0 : dst.port,
    lacks: new Set(),
  };
  const asked = askedOf(http);
  const entries = meshEntries(cluster, bindings);
  const namespace = bindings[0]?.consumerNamespace ?? null;
  const led: Led = {
    why: [namespace === null ? msg('mesh.why.producer', { service }) : msg('mesh.why.consumer', { service, namespace })],
    rules: ['S12.15'],
    because: bindings.flatMap(({ route, parentRef }) => {
      const ref = cluster.routes.get(route)?.ref;
      return ref === undefined ? [] : [{ object: ref, path: ['spec', 'parentRefs', parentRef] }];
    }),
    considered: [],
    assumes: [],
  };
  return pick(visit, entries, asked, led, null) ?? noRoute(visit, entries, asked, { ...led, considered: consideredEntries(entries, null, asked) }, null);
};

function proxyOf(pod: string, assumption: string | null): Proxy {
  return {
    hop: 'gateway',
    speaker: 'mesh',
    product: 'Mesh proxy',
    pod,
    publishes: [],
    assumption,
    source: 'preserved',
    onFailure: { answers: GATEWAY_ANSWERS, tries: 1 },
    rules: { endpoint: 'S12.15', notHttp: 'S12.15' },
  };
}
