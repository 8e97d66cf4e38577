/** The client as nginx sees it, which allowlists and headers go by (S10.23, S10.24). */
import { inRanges } from '../../proxy/ranges.ts';
import type { ReceivedRequest } from '../implementation.ts';
import type { Settings } from './settings.ts';

export function clientAddress(settings: Settings, request: ReceivedRequest): string {
  const { useForwardedHeaders, useProxyProtocol, enableRealIp } = settings;
  const { peer } = request;
  if (useProxyProtocol && !useForwardedHeaders) return trusted(settings, peer) ? (request.proxyProtocol ?? peer) : peer;
  if (!useForwardedHeaders && !enableRealIp) return peer;
  // With both, the header counts only where the PROXY protocol's own address is trusted.
  const from = request.proxyProtocol ?? peer;
  if (!trusted(settings, from)) return from;
  const chain = (request.http.headers[settings.forwardedForHeader] ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
  // From the right, past every trusted proxy; when all are trusted, the leftmost stays.
  return chain.findLast((address) => !trusted(settings, address)) ?? chain[0] ?? from;
}

function trusted({ proxyRealIpCidr }: Settings, ip: string): boolean {
  return inRanges(proxyRealIpCidr, ip) !== null;
}
