/** `custom-http-errors`: answers with one of these statuses are the default backend's instead (S10.11, S10.25). */
import type { Message } from '../../../../catalogue/message.ts';
import { msg } from '../../../../catalogue/message.ts';
import { nameKey } from '../../../manifests/object-ref.ts';
import type { Reason } from '../../component.ts';
import type { Target } from '../../proxy/proxy.ts';
import type { RouteDecision } from '../implementation.ts';
import { annotationReason } from '../route.ts';
import type { Location } from './configuration.ts';
import type { Handling } from './handling.ts';
import { defaultService, standIn } from './upstream.ts';
import { upstreamRequest } from './upstream-request.ts';

/** An answer of nginx itself; what a backend answers is told by `errorSentence`. */
export function withErrorPage(handling: Handling, location: Location, decision: RouteDecision): RouteDecision {
  if (decision.result.kind !== 'answer' || !codesOf(handling, location).includes(decision.result.status)) return decision;
  const { status } = decision.result;
  const target = defaultTarget(handling, location);
  const common = { ...decision, rules: [...decision.rules, 'S10.25' as const], because: [...decision.because, ...reasons(location)] };
  if (target === null) {
    const why = msg('ingress.nginx.error-page.none', { status });
    return { ...common, result: { kind: 'answer', status: 404 }, why: [...decision.why, why], effects: [...(decision.effects ?? []), why] };
  }
  const service = nameKey(target.service.ref.namespace, target.service.ref.name);
  const why = msg('ingress.nginx.error-page', { status, service });
  const headers = { 'x-code': String(status), 'x-format': handling.request.http.headers['accept'] ?? '', 'x-original-uri': handling.request.http.path };
  return {
    ...common,
    result: {
      kind: 'forward',
      to: [{ share: 1, target, request: upstreamRequest(handling, null, '/', headers), tls: { kind: 'plain' }, label: String(status), why }],
    },
    title: msg('ingress.nginx.title.error-page', { status, service }),
    why: [...decision.why, why],
    effects: [...(decision.effects ?? []), why],
    read: [target.service.ref],
  };
}

/** Said where the request goes on to a backend that may answer so. */
export function errorSentence(handling: Handling, location: Location): readonly Message[] {
  const codes = codesOf(handling, location);
  const target = codes.length === 0 ? null : defaultTarget(handling, location);
  if (codes.length === 0) return [];
  const statuses = codes.map(String);
  return [
    target === null
      ? msg('ingress.nginx.error-pages.none', { statuses })
      : msg('ingress.nginx.error-pages', { statuses, service: nameKey(target.service.ref.namespace, target.service.ref.name) }),
  ];
}

function codesOf({ settings }: Handling, { from }: Location): readonly number[] {
  const own = from?.annotations.customErrors ?? [];
  return own.length > 0 ? own : settings.customErrors;
}

function defaultTarget({ cluster, settings }: Handling, location: Location): Extract<Target, { kind: 'endpoints' }> | null {
  return standIn(cluster, location) ?? (settings.defaultBackendService === null ? null : defaultService(cluster, settings.defaultBackendService));
}

function reasons({ from }: Location): readonly Reason[] {
  return from === null || from.annotations.customErrors.length === 0 ? [] : [annotationReason(from.ingress, from.annotations.nameOf('custom-http-errors'))];
}
