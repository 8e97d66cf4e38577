/** X-Forwarded headers of Traefik: those of the client are dropped, unless it is trusted (S14.5). */
import { canonicalIp } from '../../../manifests/ip.ts';
import type { HttpRequest } from '../../../trace/packet.ts';
import { forwardedHeaders } from '../../proxy/forwarded-headers.ts';
import type { ControllerView, ReceivedRequest } from '../implementation.ts';
import { inRanges } from '../../proxy/ranges.ts';
import { entryPoint, flag, isOn } from './settings.ts';

const FORWARDED = /^x-(forwarded-|real-ip$)/;

export function forwardedByTraefik({ controller }: ControllerView, request: ReceivedRequest): HttpRequest['headers'] {
  const { http, scheme, peer, port } = request;
  const option = `entrypoints.${entryPoint(controller, port, scheme)}.forwardedheaders`;
  const trusts = isOn(controller, `${option}.insecure`) || inRanges((flag(controller, `${option}.trustedips`) ?? '').split(','), peer) !== null;
  const kept = trusts ? http.headers : Object.fromEntries(Object.entries(http.headers).filter(([name]) => !FORWARDED.test(name)));
  const proto = kept['x-forwarded-proto'] ?? scheme;
  return {
    ...forwardedHeaders({ http: { ...http, headers: kept }, scheme, peer }),
    'x-forwarded-proto': proto,
    'x-forwarded-host': kept['x-forwarded-host'] ?? http.host,
    'x-forwarded-port': kept['x-forwarded-port'] ?? (scheme === 'https' ? '443' : '80'),
    'x-real-ip': kept['x-real-ip'] ?? canonicalIp(peer) ?? peer,
  };
}
