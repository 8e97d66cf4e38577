/**
 * Which claimed Ingresses an ingress-nginx really takes, and in which order. Some never get that far: its admission
 * webhook has the API server turn them away (S10.8), or the controller leaves them out by itself.
 */
import type { Message } from '../../../../catalogue/message.ts';
import { msg } from '../../../../catalogue/message.ts';
import type { Ingress } from '../../../kinds/ingress/ingress-spec.ts';
import type { RuleId } from '../../../manifests/finding.ts';
import type { FieldPath } from '../../../manifests/source.ts';
import { ingressName, routePath, routesOf } from '../route.ts';
import type { Annotations } from './annotations.ts';
import { readAnnotations } from './annotations.ts';
import type { Settings } from './settings.ts';

export interface Admitted {
  readonly ingress: Ingress;
  readonly annotations: Annotations;
}

/** An Ingress that does not exist for the controller. */
export interface TurnedAway {
  readonly ingress: Ingress;
  readonly why: Message;
  readonly path: FieldPath;
  readonly rule: RuleId;
  /** The admission webhook did it: whether one stands there is presumed. */
  readonly byWebhook: boolean;
}

/** `webhook`: its check of path types is on. */
export function admit(
  claimed: readonly Ingress[],
  settings: Settings,
  { webhook }: { readonly webhook: boolean },
): { readonly admitted: readonly Admitted[]; readonly turnedAway: readonly TurnedAway[] } {
  const admitted: Admitted[] = [];
  const turnedAway: TurnedAway[] = [];
  for (const ingress of inOrder(claimed)) {
    const annotations = readAnnotations(ingress, settings);
    const trouble = judge(ingress, annotations, settings) ?? (webhook ? judgePaths(ingress) : null);
    if (trouble === null) admitted.push({ ingress, annotations });
    else turnedAway.push({ ingress, ...trouble });
  }
  return { admitted, turnedAway };
}

/** S10.3: oldest first; of the same second, the later name first. */
function inOrder(claimed: readonly Ingress[]): readonly Ingress[] {
  const out: Ingress[] = [];
  let twins: Ingress[] = [];
  const flush = () => {
    out.push(...twins.sort((a, b) => (ingressName(a) < ingressName(b) ? 1 : -1)));
    twins = [];
  };
  for (const ingress of claimed) {
    const created = ingress.metadata.creationTimestamp;
    if (created === null || twins[0]?.metadata.creationTimestamp !== created) flush();
    twins.push(ingress);
  }
  flush();
  return out;
}

function judge(ingress: Ingress, annotations: Annotations, settings: Settings): Omit<TurnedAway, 'ingress'> | null {
  if (settings.deepInspect) {
    const field = suspicious(ingress);
    if (field !== null) return { why: msg('ingress.nginx.inspected'), path: field, rule: 'S10.8', byWebhook: false };
  }
  if (settings.disableCatchAll && ingress.defaultBackend !== null)
    return { why: msg('ingress.nginx.no-catch-all'), path: ['spec', 'defaultBackend'], rule: 'S9.7', byWebhook: false };
  if (annotations.dropped !== null)
    return {
      why: msg('ingress.nginx.dropped', { annotation: annotations.dropped }),
      path: ['metadata', 'annotations', annotations.dropped],
      rule: 'S10.25',
      byWebhook: false,
    };
  return null;
}

/** S10.8: an Ingress that a cluster holds already was let in, whatever the webhook would say today. */
function judgePaths(ingress: Ingress): Omit<TurnedAway, 'ingress'> | null {
  if (ingress.metadata.creationTimestamp !== null || ingress.statusIngress !== null) return null;
  const route = routesOf(ingress).find(({ path, pathType }) => pathType !== 'ImplementationSpecific' && !/^\/[A-Za-z0-9._\-/]*$/.test(path));
  if (route === undefined) return null;
  return {
    why: msg('ingress.nginx.strict-path', { path: route.path, pathType: route.pathType }),
    path: [...routePath(route), 'path'],
    rule: 'S10.8',
    byWebhook: true,
  };
}

/** The field that looks like nginx configuration instead of a name or a path; null when none does. */
function suspicious(ingress: Ingress): FieldPath | null {
  for (const [index, rule] of ingress.rules.entries()) {
    if (looksLikeConfiguration(rule.host)) return ['spec', 'rules', index, 'host'];
    for (const [at, { path }] of rule.paths.entries()) if (looksLikeConfiguration(path)) return ['spec', 'rules', index, 'http', 'paths', at, 'path'];
  }
  for (const [index, { hosts, secretName }] of ingress.tls.entries()) {
    if (secretName !== null && looksLikeConfiguration(secretName)) return ['spec', 'tls', index, 'secretName'];
    if (hosts.some(looksLikeConfiguration)) return ['spec', 'tls', index, 'hosts'];
  }
  return null;
}

function looksLikeConfiguration(text: string): boolean {
  const directive = (word: string) => text.includes(word) && text.lastIndexOf(';') > text.indexOf(word);
  return directive('alias') || directive('root') || /\/etc\/(?:passwd|shadow|group|nginx|ingress-controller)|\/var\/run\/secrets|_by_lua/.test(text);
}
