/** The command that asks a host outside for the same, in the name that it knows (F-15). */
import { msg } from '../../../catalogue/message.ts';
import type { Command } from '../../trace/hop.ts';
import { formatSocket } from '../../trace/packet.ts';
import { printHost } from '../../trace/request.ts';
import type { State } from '../component.ts';

/** `realName`: of the host behind an alias. `listed`: the address is an endpoint, which has no name of its own. */
export function sameRequest({ packet, carry }: State, realName: string | null, listed: boolean): readonly Command[] {
  const { http, dst } = packet;
  if (http === null) return [];
  const start = `curl -v${carry.flow.insecure === true ? ' -k' : ''}${http.method === 'GET' ? '' : ` -X ${http.method}`}`;
  const port = Number(dst.port);
  const own = http.scheme === 'https' ? 443 : 80;
  const authority = (host: string) => `${printHost(host)}${port === own ? '' : `:${port}`}`;
  if (realName !== null) {
    const shows = msg('command.real-host');
    // A proxy reached the host by its own name; a client can go the way through the alias.
    if (carry.proxied !== undefined) return [{ line: `${start} ${http.scheme}://${authority(realName)}${http.path}`, shows }];
    const alias = printHost(carry.flow.host);
    return http.scheme === 'https'
      ? [{ line: `${start} --connect-to '${realName}:${port}:${alias}:${port}' https://${authority(realName)}${http.path}`, shows }]
      : [{ line: `${start} -H 'Host: ${authority(realName)}' http://${authority(carry.flow.host)}${http.path}`, shows }];
  }
  if (listed) return [{ line: `${start} -H 'Host: ${http.host}' ${http.scheme}://${formatSocket(dst)}${http.path}`, shows: msg('command.endpoint-itself') }];
  return [{ line: `${start} ${http.scheme}://${authority(carry.flow.host)}${http.path}`, shows: msg('command.same-request') }];
}
