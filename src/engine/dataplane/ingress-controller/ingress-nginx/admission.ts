/**
 * Which claimed Ingresses an ingress-nginx really takes, and in which order. Some never get that far: its admission
 * webhook has the API server turn them away (`webhook.ts`), or the controller leaves them out by itself.
 */
import type { Message } from '../../../../catalogue/message.ts';
import { msg } from '../../../../catalogue/message.ts';
import type { Ingress } from '../../../kinds/ingress/ingress-spec.ts';
import type { RuleId } from '../../../manifests/finding.ts';
import type { FieldPath } from '../../../manifests/source.ts';
import type { Assumption } from '../../../trace/assumption.ts';
import { ingressName } from '../route.ts';
import type { Annotations } from './annotations.ts';
import { readAnnotations } from './annotations.ts';
import type { Settings } from './settings.ts';
import type { Webhook } from './webhook.ts';
import { existsAlready, webhookGate } from './webhook.ts';

export interface Admitted {
  readonly ingress: Ingress;
  readonly annotations: Annotations;
}

/** An Ingress that does not exist for the controller. */
export interface TurnedAway {
  readonly ingress: Ingress;
  readonly why: Message;
  readonly path: FieldPath;
  readonly rules: readonly RuleId[];
  /** Whether a webhook stands there is presumed; empty where the controller itself leaves it out. */
  readonly assumes: readonly Assumption[];
}

export function admit(
  claimed: readonly Ingress[],
  settings: Settings,
  webhook: Webhook,
): { readonly admitted: readonly Admitted[]; readonly turnedAway: readonly TurnedAway[] } {
  const turnedAway: TurnedAway[] = [];
  const usable = inOrder(claimed).flatMap((ingress): readonly Admitted[] => {
    const annotations = readAnnotations(ingress, settings);
    const trouble = judge(ingress, annotations, settings);
    if (trouble === null) return [{ ingress, annotations }];
    turnedAway.push({ ingress, ...trouble, assumes: [] });
    return [];
  });
  const gate = webhookGate(webhook, settings);
  const refused = new Set<Admitted>();
  for (const one of [...usable.filter(({ ingress }) => existsAlready(ingress)), ...usable.filter(({ ingress }) => !existsAlready(ingress))]) {
    const refusal = gate(one);
    if (refusal === null) continue;
    refused.add(one);
    turnedAway.push({ ingress: one.ingress, ...refusal });
  }
  return { admitted: usable.filter((one) => !refused.has(one)), turnedAway };
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

function judge(ingress: Ingress, { dropped }: Annotations, settings: Settings): Pick<TurnedAway, 'why' | 'path' | 'rules'> | null {
  if (settings.deepInspect) {
    const field = suspicious(ingress);
    if (field !== null) return { why: msg('ingress.nginx.inspected'), path: field, rules: ['S10.8'] };
  }
  if (settings.disableCatchAll && ingress.defaultBackend !== null)
    return { why: msg('ingress.nginx.no-catch-all'), path: ['spec', 'defaultBackend'], rules: ['S9.7'] };
  if (dropped !== null) return { why: whyDropped(dropped, settings), path: ['metadata', 'annotations', dropped.name], rules: ['S10.25'] };
  return null;
}

function whyDropped({ name, because }: NonNullable<Annotations['dropped']>, { riskLevel }: Settings): Message {
  switch (because) {
    case 'value':
      return msg('ingress.nginx.dropped', { annotation: name });
    case 'risk':
      return msg('ingress.nginx.dropped.risk', { annotation: name, level: riskLevel });
    case 'word':
      return msg('ingress.nginx.dropped.word', { annotation: name });
  }
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
