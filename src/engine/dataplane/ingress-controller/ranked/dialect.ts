/**
 * How one controller differs from the others that write every path of an Ingress as a rule of its own and try the
 * rules in a fixed order (S11). `ranked.ts` makes an implementation of it. What is not asked here is the same for all.
 */
import type { Message } from '../../../../catalogue/message.ts';
import type { RuleId } from '../../../manifests/finding.ts';
import type { Ingress, IngressBackend } from '../../../kinds/ingress/ingress-spec.ts';
import type { Assumption } from '../../../trace/assumption.ts';
import type { HttpRequest } from '../../../trace/packet.ts';
import type { Reason } from '../../component.ts';
import type { OnFailure, Resolved, Sticky, Target, Upstream } from '../../proxy/proxy.ts';
import type { ControllerView, IngressImplementation, ReceivedRequest } from '../implementation.ts';
import type { Route } from '../route.ts';
import type { PathPattern } from './path-pattern.ts';

export interface Dialect extends Pick<IngressImplementation, 'id' | 'product' | 'controllerStrings' | 'certificate' | 'onPlainText' | 'refusesHandshake'> {
  /** The rule that names its ways, for every decision it makes. */
  readonly rule: RuleId;
  readonly hosts: HostChoice;
  /** Null: the controller makes no rule of this path. */
  readonly pattern: (view: ControllerView, route: Route) => PathPattern | null;
  /** Rules are tried in the order of these numbers, the greatest first; the first that differs decides. */
  readonly rank: (view: ControllerView, route: Route, pattern: PathPattern) => readonly number[];
  readonly resolve: (view: ControllerView, namespace: string, backend: IngressBackend) => Resolved;
  /** There is no rule without such a backend, so another rule may match. */
  readonly leavesOut: (view: ControllerView, resolved: Resolved, backend: IngressBackend) => boolean;
  /** Why a rule does not serve what arrives on this port; null when it does. */
  readonly closedTo: (view: ControllerView, route: Route, request: ReceivedRequest) => Message | null;
  /** Sent to HTTPS before any rule is looked at. */
  readonly redirectsAll: (view: ControllerView, request: ReceivedRequest) => HttpsRedirect | null;
  /** The rules of this Ingress, or its default backend, answer plain HTTP with a redirect. */
  readonly redirects: (view: ControllerView, ingress: Ingress, request: ReceivedRequest) => HttpsRedirect | null;
  /** Which `spec.defaultBackend` serves, and whether only where no rule is for the host. */
  readonly defaultBackend: (view: ControllerView) => { readonly ingress: Ingress; readonly onlyOtherHosts: boolean } | null;
  /** The headers that its backend gets. */
  readonly headers: (view: ControllerView, request: ReceivedRequest) => HttpRequest['headers'];
  readonly manner: (view: ControllerView, target: Target, ingress: Ingress, path: string) => Manner;
  readonly onFailure: OnFailure;
  /** What it answers where nobody stands behind a rule; status 503 unless stated. */
  readonly unavailable?: (view: ControllerView) => Unavailable;
  /** The headline of a rule that serves, where it is no Pod that takes the request. */
  readonly title?: (path: string, ingress: Ingress, target: Target) => Message;
  /** What is taken for granted of a backend. */
  readonly assumes?: (view: ControllerView, resolved: Resolved) => readonly Assumption[];
  readonly commands?: IngressImplementation['commands'];
  /** Why the rule that serves goes before the others. */
  readonly whyFirst: (view: ControllerView, route: Route, pattern: PathPattern) => Message;
  readonly annotations: Annotations;
}

export interface Unavailable {
  readonly status: number;
  readonly why: Message;
}

export interface HostChoice {
  /** Whether the rules of all hosts that cover a name compete, or those of the closest host alone are asked. */
  readonly ask: 'all' | 'closest';
  /** Labels that `*` stands for: where a host is looked for, and where its rules match. */
  readonly finds: 'one label' | 'any labels';
  readonly matches: 'one label' | 'any labels';
}

export interface HttpsRedirect {
  readonly status: number;
  readonly port?: number;
  readonly why: Message;
  readonly because: readonly Reason[];
}

/** How requests go on to a Service. `path`: as rewritten, without the query. */
export interface Manner {
  readonly tls: Upstream['tls'];
  readonly sticky?: Sticky;
  readonly onFailure?: OnFailure;
  readonly path?: string;
  readonly why?: readonly Message[];
  readonly because?: readonly Reason[];
}

export interface Annotations {
  /** Those of the controller begin so. */
  readonly prefix: string;
  /** Followed, without the prefix. Others are told of. */
  readonly followed: ReadonlySet<string>;
}
