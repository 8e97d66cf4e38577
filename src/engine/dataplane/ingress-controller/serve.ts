/** A rule that is chosen, followed to its backend: forwarded there, or answered because nobody stands behind it. */
import type { Message } from '../../../catalogue/message.ts';
import { msg } from '../../../catalogue/message.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { RuleId } from '../../manifests/finding.ts';
import type { HttpRequest } from '../../trace/packet.ts';
import type { ConsideredChoice, Reason } from '../component.ts';
import { emptyChoices } from '../proxy/explain.ts';
import type { Resolved, Target, Upstream } from '../proxy/proxy.ts';
import { isTarget } from '../proxy/proxy.ts';
import { readFor, whyEmpty } from './explain.ts';
import type { RouteDecision } from './implementation.ts';
import type { Route } from './route.ts';

export interface Chosen {
  readonly title: (target: Target) => Message;
  readonly why: readonly Message[];
  /** Of `why`, as in `RouteDecision`. */
  readonly effects?: readonly Message[];
  readonly rules: readonly RuleId[];
  readonly because: readonly Reason[];
  readonly considered: readonly ConsideredChoice[];
  readonly ingress: Route['ingress'];
  /** The path; null for the default backend. */
  readonly label: string | null;
}

/** What the controller sends, and how. */
export interface Sent extends Partial<Pick<Upstream, 'sticky' | 'onFailure'>> {
  readonly http: HttpRequest;
  readonly tls: Upstream['tls'];
  /** What is answered where nobody stands behind the backend. */
  readonly unavailable: { readonly status: number; readonly why: Message };
}

/** `at` is the field that names the backend. */
export function serve(cluster: Cluster, resolved: Resolved, at: Reason, chosen: Chosen, { http, unavailable, ...sent }: Sent): RouteDecision {
  const common = { considered: chosen.considered, ingress: chosen.ingress, read: readFor(resolved), assumes: [], responseHeaders: {} };
  if (!isTarget(resolved)) {
    const empty = whyEmpty(resolved, at);
    return {
      ...common,
      result: { kind: 'answer', status: unavailable.status },
      considered: [...chosen.considered, ...emptyChoices(cluster, resolved)],
      title: chosen.label === null ? msg('ingress.title.default-empty') : msg('ingress.title.empty', { path: chosen.label }),
      why: [...chosen.why, empty.why, unavailable.why],
      effects: [unavailable.why],
      rules: [...chosen.rules, ...empty.rules],
      because: [...chosen.because, ...empty.because],
    };
  }
  const why = chosen.label === null ? msg('ingress.upstream.default') : msg('ingress.upstream.rule', { path: chosen.label });
  return {
    ...common,
    result: { kind: 'forward', to: [{ ...sent, share: 1, target: resolved, request: http, label: chosen.label ?? '*', why }] },
    title: chosen.title(resolved),
    why: chosen.why,
    effects: chosen.effects ?? [],
    rules: [...chosen.rules, 'S9.9'],
    because: [...chosen.because, { object: at.object, path: at.path }],
  };
}
