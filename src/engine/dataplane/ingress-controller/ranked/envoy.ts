/** What Contour and Istio have in common: both only configure Envoy, which carries the traffic. */
import type { OnFailure } from '../../proxy/proxy.ts';
import type { HttpRequest } from '../../../trace/packet.ts';
import type { ReceivedRequest } from '../implementation.ts';

/** Envoy says 503 of every connection that fails, also of one that nobody answers, and 504 when an answer takes too long. */
export const ENVOY_ANSWERS: OnFailure['answers'] = { refused: 503, timeout: 503, slow: 504, reset: 503, tls: 503 };

/** How long Envoy waits for the whole of an answer, all tries together, where nobody sets a limit. */
export const ENVOY_WAITS = 15_000;

/** Envoy at the edge adds its client to the chain and says what was spoken; it sends no `X-Forwarded-Host`. */
export function forwardedByEnvoy({ http, peer, scheme }: ReceivedRequest): HttpRequest['headers'] {
  const chain = http.headers['x-forwarded-for'];
  return { ...http.headers, 'x-forwarded-for': chain === undefined || chain === '' ? peer : `${chain},${peer}`, 'x-forwarded-proto': scheme };
}
