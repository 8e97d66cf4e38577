/**
 * What all kinds of routes are: hostnames, parents, rules with backends (S12.1.3). Attachment, grants and conditions
 * read only this; what a rule matches stands in the kind's own file. A new kind of route joins the union below.
 */
import type { GrpcRoute } from '../grpc-route/grpc-route-spec.ts';
import type { HttpRoute } from '../http-route/http-route-spec.ts';
import type { TcpRoute } from '../tcp-route/tcp-route-spec.ts';
import type { TlsRoute } from '../tls-route/tls-route-spec.ts';
import type { UdpRoute } from '../udp-route/udp-route-spec.ts';
import type { ApiObject } from '../kind.ts';
import type { RouteFilter } from './filter-spec.ts';
import type { BackendRef, ParentRef } from './references.ts';

export interface RouteRule {
  readonly name: string | null;
  readonly backendRefs: readonly (BackendRef & { readonly filters: readonly RouteFilter[] })[];
  /** Empty for kinds without filters. */
  readonly filters: readonly RouteFilter[];
}

export interface RouteBase<R extends RouteRule = RouteRule> extends ApiObject {
  readonly parentRefs: readonly ParentRef[];
  /** Lower case, maybe `*.` first. Empty: those of the listener; always so for TCP and UDP. */
  readonly hostnames: readonly string[];
  readonly rules: readonly R[];
}

export type Route = HttpRoute | GrpcRoute | TlsRoute | TcpRoute | UdpRoute;

/**
 * Which listeners a kind of route belongs on unless they say otherwise (S3.21). `TLS` listeners differ by what they do
 * with the TLS they get.
 */
export type Carrier = 'HTTP' | 'HTTPS' | 'TLS/Terminate' | 'TLS/Passthrough' | 'TCP' | 'UDP';

/** The facet of a kind whose objects are routes. */
export interface RouteFacet {
  readonly carriers: readonly Carrier[];
  /** Attaches by intersection of hostnames (S12.2). */
  readonly hasHostnames: boolean;
  /** What its backends are spoken to in. */
  readonly transport: 'TCP' | 'UDP';
}
