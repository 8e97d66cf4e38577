/** How long nginx waits for an upstream, how often it tries, and what its client gets when nothing helps (S10.21). */
import type { Reason } from '../../component.ts';
import type { OnFailure } from '../../proxy/proxy.ts';
import { annotationReason } from '../route.ts';
import type { Location } from './configuration.ts';
import type { Handling } from './handling.ts';
import type { Settings } from './settings.ts';

/** What a backend refuses or breaks off is a bad gateway. */
export const NGINX_ANSWERS: OnFailure['answers'] = { refused: 502, timeout: 504, slow: 504, reset: 502, tls: 502 };

/** Retries are for errors and timeouts by default. */
export function triesOf({ nextUpstream, nextUpstreamTries }: Settings): number {
  return nextUpstream.split(/\s+/).includes('error') ? Math.max(1, nextUpstreamTries) : 1;
}

/** Methods that nginx does not send again once an upstream has the request. */
const NON_IDEMPOTENT: ReadonlySet<string> = new Set(['POST', 'LOCK', 'PATCH']);

/** `at`: the rule whose backend is waited for; the annotation counts before it. */
export function patienceOf({ settings, request }: Handling, { from }: Location, at: Reason): OnFailure {
  const { proxyReadTimeout = settings.proxyReadTimeout } = from?.annotations ?? {};
  const name = from?.annotations.nameOf('proxy-read-timeout');
  const by = from !== null && name !== undefined && name in from.ingress.metadata.annotations ? annotationReason(from.ingress, name) : at;
  return {
    answers: NGINX_ANSWERS,
    tries: triesOf(settings),
    ...(NON_IDEMPOTENT.has(request.http.method) && { onlyUnsent: true }),
    limits: { perTry: proxyReadTimeout * 1000, by },
  };
}
