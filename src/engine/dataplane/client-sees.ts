/**
 * What a person's terminal shows at the end: the lines that `curl -i`, `nc -vz`, `openssl s_client` or `ping` print.
 * Exit codes and wording follow curl 8 and OpenBSD netcat; see https://curl.se/docs/manpage.html for the codes (S1.6).
 */
import { msg, type Message } from '../../catalogue/message.ts';
import { renderText } from '../../catalogue/render.ts';
import type { Flow } from '../trace/flow.ts';
import type { Outcome, TlsErrorKind } from '../trace/outcome.ts';

/** `address` is what was connected to, where anything was. Empty where the program prints nothing. */
export function clientSees(flow: Flow, outcome: Outcome, addresses: readonly string[]): readonly string[] {
  if (flow.scheme === 'dns' && outcome.code === 'ACCEPTED') return addresses;
  return linesOf(flow, outcome, addresses[0] ?? flow.host).map((line) => renderText(line));
}

function linesOf(flow: Flow, outcome: Outcome, ip: string): readonly Message[] {
  switch (flow.scheme) {
    case 'http':
    case 'https':
      return curl(flow, outcome);
    case 'tls':
      return openssl(flow, outcome);
    case 'tcp':
    case 'udp':
    case 'sctp':
      return netcat(flow, outcome, ip);
    case 'icmp':
      return ping(flow, outcome, ip);
    case 'dns':
      return lookup(flow, outcome);
  }
}

function curl(flow: Flow, outcome: Outcome): readonly Message[] {
  const { host, port } = flow;
  switch (outcome.code) {
    case 'DNS_NXDOMAIN':
    case 'DNS_NODATA':
    case 'DNS_TIMEOUT':
      return [msg('curl.no-host', { host })];
    case 'CONN_REFUSED':
      return [msg('curl.refused', { host, port })];
    case 'NO_ROUTE':
      return [msg('curl.no-route', { host, port })];
    case 'CONN_TIMEOUT':
    case 'UDP_SILENT':
      return [msg('curl.timeout', { host, port })];
    case 'CONN_RESET':
      return [flow.scheme === 'https' ? msg('curl.reset-in-tls') : msg('curl.reset')];
    case 'TLS_ERROR':
      return [tlsError(outcome.kind, host)];
    case 'HTTP':
      return http(flow, outcome);
    case 'REDIRECT_LOOP':
      return [msg('curl.redirects')];
    case 'ACCEPTED':
      return [];
  }
}

function tlsError(kind: TlsErrorKind, host: string): Message {
  switch (kind) {
    case 'untrusted':
      return msg('curl.untrusted');
    case 'name-mismatch':
      return msg('curl.name-mismatch', { host });
    case 'expired':
      return msg('curl.expired');
    case 'not-yet-valid':
      return msg('curl.not-yet-valid');
    case 'unrecognized-name':
      return msg('curl.unrecognized-name');
    case 'plain-http-on-tls-port':
      return msg('curl.not-http');
    case 'wrong-version-number':
      return msg('curl.wrong-version');
    case 'handshake-failure':
      return msg('curl.handshake');
  }
}

function http(flow: Flow, outcome: Extract<Outcome, { code: 'HTTP' }>): readonly Message[] {
  const version = flow.httpVersion === 'h2' || flow.httpVersion === 'h2c' ? '2' : '1.1';
  const reason = version === '2' ? '' : (REASONS[outcome.status] ?? '');
  const headers = Object.entries({
    ...outcome.headers,
    ...(outcome.grpcStatus !== undefined && { 'grpc-status': String(outcome.grpcStatus) }),
    ...(outcome.location !== undefined && { location: outcome.location }),
  });
  return [msg('curl.status', { version, status: outcome.status, reason }), ...headers.map(([name, value]) => msg('curl.header', { name, value }))];
}

/** RFC 9110 section 15, as far as somebody on a path answers with them. */
const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  304: 'Not Modified',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  413: 'Content Too Large',
  421: 'Misdirected Request',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

function netcat(flow: Flow, outcome: Outcome, ip: string): readonly Message[] {
  const { host, port } = flow;
  const args = { host, port, ip, protocol: flow.scheme };
  // Connecting a UDP socket never fails; the error comes on the next send, of which netcat prints nothing (S7.3.1).
  if (flow.scheme === 'udp' && (outcome.code === 'CONN_REFUSED' || outcome.code === 'NO_ROUTE' || outcome.code === 'CONN_TIMEOUT')) return [];
  switch (outcome.code) {
    case 'DNS_NXDOMAIN':
    case 'DNS_NODATA':
      return [msg('curl.nc.no-host', { host, port })];
    case 'DNS_TIMEOUT':
      return [msg('curl.nc.dns-timeout', { host, port })];
    case 'CONN_REFUSED':
      return [msg('curl.nc.refused', args)];
    case 'NO_ROUTE':
      return [msg('curl.nc.no-route', args)];
    case 'CONN_TIMEOUT':
      return [msg('curl.nc.timeout', args)];
    case 'ACCEPTED':
      return [msg('curl.nc.accepted', args)];
    case 'CONN_RESET':
    case 'TLS_ERROR':
    case 'HTTP':
    case 'REDIRECT_LOOP':
      return [msg('curl.nc.accepted', args)];
    case 'UDP_SILENT':
      return [];
  }
}

function openssl(flow: Flow, outcome: Outcome): readonly Message[] {
  switch (outcome.code) {
    case 'ACCEPTED':
    case 'HTTP':
    case 'REDIRECT_LOOP':
      return [msg('curl.openssl.connected'), msg('curl.openssl.verified')];
    case 'TLS_ERROR':
      return [msg('curl.openssl.connected'), tlsError(outcome.kind, flow.host)];
    case 'DNS_NXDOMAIN':
    case 'DNS_NODATA':
    case 'DNS_TIMEOUT':
      return [msg('curl.openssl.no-host')];
    case 'CONN_REFUSED':
      return [msg('curl.openssl.refused')];
    case 'NO_ROUTE':
      return [msg('curl.openssl.no-route')];
    case 'CONN_TIMEOUT':
    case 'UDP_SILENT':
      return [msg('curl.openssl.timeout')];
    case 'CONN_RESET':
      return [msg('curl.openssl.connected'), msg('curl.openssl.reset')];
  }
}

/** What `nslookup` prints of a name without an answer. */
function lookup({ host }: Flow, outcome: Outcome): readonly Message[] {
  if (outcome.code === 'DNS_TIMEOUT') return [msg('curl.nslookup.timeout')];
  return [outcome.code === 'DNS_NODATA' ? msg('curl.nslookup.no-answer', { host }) : msg('curl.nslookup.no-host', { host })];
}

function ping(flow: Flow, outcome: Outcome, ip: string): readonly Message[] {
  const { host } = flow;
  switch (outcome.code) {
    case 'DNS_NXDOMAIN':
    case 'DNS_NODATA':
      return [msg('curl.ping.no-host', { host })];
    case 'DNS_TIMEOUT':
      return [msg('curl.ping.dns-timeout', { host })];
    case 'ACCEPTED':
      return [msg('curl.ping.answer', { ip }), msg('curl.ping.received')];
    case 'NO_ROUTE':
      return [msg('curl.ping.no-route', { ip }), msg('curl.ping.lost')];
    case 'CONN_REFUSED':
      return [msg('curl.ping.unreachable', { ip }), msg('curl.ping.lost')];
    case 'CONN_TIMEOUT':
    case 'CONN_RESET':
    case 'TLS_ERROR':
    case 'HTTP':
    case 'REDIRECT_LOOP':
    case 'UDP_SILENT':
      return [msg('curl.ping.lost')];
  }
}
