import { msg, type Message } from '../../catalogue/message.ts';
import type { Outcome } from '../../engine/index.ts';

/** What the client meets, in a few words. */
export function outcomeName(outcome: Outcome): Message {
  switch (outcome.code) {
    case 'DNS_NXDOMAIN':
      return msg('app.outcome.nxdomain');
    case 'DNS_NODATA':
      return msg('app.outcome.nodata');
    case 'DNS_TIMEOUT':
      return msg('app.outcome.dns-timeout');
    case 'CONN_REFUSED':
      return msg('app.outcome.refused');
    case 'NO_ROUTE':
      return msg('app.outcome.no-route');
    case 'CONN_TIMEOUT':
      return msg('app.outcome.timeout');
    case 'CONN_RESET':
      return msg('app.outcome.reset');
    case 'TLS_ERROR':
      return msg('app.outcome.tls');
    case 'HTTP':
      return msg('app.outcome.http', { status: outcome.status });
    case 'ACCEPTED':
      return msg('app.outcome.accepted');
    case 'REDIRECT_LOOP':
      return msg('app.outcome.redirect-loop');
    case 'UDP_SILENT':
      return msg('app.outcome.udp-silent');
  }
}
