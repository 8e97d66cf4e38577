/**
 * A `curl` command to a request and back (https://curl.se/docs/manpage.html). Options that decide where a request
 * goes or what it carries are taken over; those that only change what curl prints are dropped; others are named.
 */
import { msg } from '../../catalogue/message.ts';
import type { Finding } from '../manifests/finding.ts';
import type { Flow } from './flow.ts';
import { EXTERNAL_CLIENT, finding, printHost, readRequest, splitUrl } from './request.ts';
import type { RequestDraft } from './request-draft.ts';
import { quoteWord, shellWords } from './shell-words.ts';

/** Short options that take a value, by their long name. */
const SHORT: Readonly<Record<string, string>> = {
  X: 'request',
  H: 'header',
  d: 'data',
  F: 'form',
  u: 'user',
  A: 'user-agent',
  b: 'cookie',
  e: 'referer',
  T: 'upload-file',
  r: 'range',
  o: 'output',
  w: 'write-out',
  m: 'max-time',
  c: 'cookie-jar',
  D: 'dump-header',
  E: 'cert',
  x: 'proxy',
  U: 'proxy-user',
  K: 'config',
  C: 'continue-at',
  y: 'speed-time',
  Y: 'speed-limit',
  z: 'time-cond',
  Q: 'quote',
  P: 'ftp-port',
  t: 'telnet-option',
};
const SHORT_FLAGS: Readonly<Record<string, string>> = { I: 'head', k: 'insecure', L: 'location', G: 'get' };

/** Long options with a value that change nothing about the path. */
const QUIET_VALUES = new Set([
  'output',
  'write-out',
  'max-time',
  'connect-timeout',
  'cookie-jar',
  'dump-header',
  'cert',
  'cert-type',
  'key',
  'key-type',
  'pass',
  'cacert',
  'capath',
  'ciphers',
  'tls-max',
  'retry',
  'retry-delay',
  'retry-max-time',
  'max-redirs',
  'limit-rate',
  'speed-time',
  'speed-limit',
  'keepalive-time',
  'trace',
  'trace-ascii',
  'stderr',
  'continue-at',
  'time-cond',
  'expect100-timeout',
  'max-filesize',
  'output-dir',
  'dns-servers',
  'rate',
]);
/** Long options with a value that would send the request elsewhere. */
const OTHER_VALUES = new Set([
  'proxy',
  'proxy-user',
  'preproxy',
  'socks4',
  'socks4a',
  'socks5',
  'socks5-hostname',
  'interface',
  'unix-socket',
  'abstract-unix-socket',
  'config',
  'doh-url',
  'quote',
  'ftp-port',
  'telnet-option',
  'noproxy',
  'local-port',
]);
const OTHER_FLAGS = new Set(['ipv4', 'ipv6', '4', '6', 'haproxy-protocol', 'proxytunnel', 'p', 'next', ':', 'http3', 'http3-only']);
const BODY = new Set(['data', 'data-raw', 'data-binary', 'data-ascii', 'data-urlencode', 'json']);

/** Null when the text is no curl command. `base` gives what curl does not say: who asks. */
export function parseCurl(command: string, base?: RequestDraft): { readonly draft: RequestDraft; readonly findings: readonly Finding[] } | null {
  const words = shellWords(command.replace(/^\s*(?:[$#>]\s+)?/, ''));
  if (!/^(?:\S*\/)?curl(?:\.exe)?$/.test(words[0] ?? '')) return null;
  const read = readOptions(words.slice(1));
  const { urls, headers, body, get } = read;

  let url = urls[0] ?? '';
  if (get && body.length > 0) url = withQuery(url, body.join('&'));
  const sendsBody = !get && body.length > 0;
  const method = read.method ?? (read.head ? 'HEAD' : sendsBody || read.form ? 'POST' : read.upload ? 'PUT' : 'GET');
  const wants = (name: string) => !headers.some(([given]) => given.toLowerCase() === name);
  if (sendsBody && !read.json && wants('content-type')) headers.push(['Content-Type', 'application/x-www-form-urlencoded']);

  const version = read.http === null ? undefined : SPOKEN[read.http][/^https:/i.test(url) ? 'https' : 'http'];
  const findings = read.ignored.map((option) => finding(msg('request.curl-option', { option }), 'warning'));
  if (urls.length === 0) findings.push(finding(msg('request.curl-url')));
  if (urls.length > 1) findings.push(finding(msg('request.curl-urls', { url: urls[0]! }), 'warning'));
  return {
    draft: {
      from: base?.from ?? { kind: 'external', ip: EXTERNAL_CLIENT },
      method,
      url,
      headers,
      connectTo: connectTo(url, read.resolve, read.connectTo),
      followRedirects: read.location,
      insecure: read.insecure,
      ...(version !== undefined && { details: { httpVersion: version } }),
    },
    findings,
  };
}

/** What curl speaks by option and scheme. Without TLS, `--http2` only offers to change over, and servers of clusters stay with HTTP/1.1. */
const SPOKEN = {
  '1.1': { http: '1.1', https: '1.1' },
  h2: { http: undefined, https: 'h2' },
  h2c: { http: 'h2c', https: 'h2' },
} as const;

interface Options {
  urls: string[];
  headers: (readonly [string, string])[];
  body: string[];
  resolve: string[];
  connectTo: string[];
  ignored: string[];
  method: string | null;
  get: boolean;
  head: boolean;
  insecure: boolean;
  location: boolean;
  form: boolean;
  upload: boolean;
  json: boolean;
  /** `h2c` stands for prior knowledge. */
  http: '1.1' | 'h2' | 'h2c' | null;
}

function readOptions(words: readonly string[]): Options {
  const out: Options = {
    urls: [],
    headers: [],
    body: [],
    resolve: [],
    connectTo: [],
    ignored: [],
    method: null,
    get: false,
    head: false,
    insecure: false,
    location: false,
    form: false,
    upload: false,
    json: false,
    http: null,
  };
  let onlyUrls = false;
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (onlyUrls || !word.startsWith('-') || word === '-') out.urls.push(word);
    else if (word === '--') onlyUrls = true;
    else if (word.startsWith('--')) {
      if (takeOption(out, word.slice(2), words[at + 1] ?? '', word)) at++;
    } else {
      // `-sSLXPOST`: flags until one takes the rest of the word, or the next word, as its value.
      for (let letter = 1; letter < word.length; letter++) {
        const long = SHORT[word[letter]!];
        if (long === undefined) takeOption(out, SHORT_FLAGS[word[letter]!] ?? word[letter]!, '', `-${word[letter]}`);
        else {
          const rest = word.slice(letter + 1);
          takeOption(out, long, rest === '' ? (words[at + 1] ?? '') : rest, `-${word[letter]}`);
          if (rest === '') at++;
          break;
        }
      }
    }
  }
  return out;
}

/** True when the option took its value. */
function takeOption(out: Options, name: string, value: string, spelled: string): boolean {
  if (BODY.has(name)) {
    out.body.push(value);
    if (name === 'json') {
      out.json = true;
      out.headers.push(['Content-Type', 'application/json'], ['Accept', 'application/json']);
    }
    return true;
  }
  if (QUIET_VALUES.has(name)) return true;
  if (OTHER_VALUES.has(name)) {
    out.ignored.push(spelled);
    return true;
  }
  switch (name) {
    case 'request':
      out.method = value;
      return true;
    case 'header':
      addHeader(out, value);
      return true;
    case 'url':
      out.urls.push(value);
      return true;
    case 'form':
    case 'form-string':
      out.form = true;
      return true;
    case 'upload-file':
      out.upload = true;
      return true;
    case 'user':
      out.headers.push(['Authorization', 'Basic …']);
      return true;
    case 'oauth2-bearer':
      out.headers.push(['Authorization', `Bearer ${value}`]);
      return true;
    case 'user-agent':
      out.headers.push(['User-Agent', value]);
      return true;
    case 'referer':
      out.headers.push(['Referer', value]);
      return true;
    case 'range':
      out.headers.push(['Range', `bytes=${value}`]);
      return true;
    case 'cookie':
      // Without an equals sign it names a file, which is not here.
      if (value.includes('=')) out.headers.push(['Cookie', value]);
      else out.ignored.push(spelled);
      return true;
    case 'resolve':
      out.resolve.push(value);
      return true;
    case 'connect-to':
      out.connectTo.push(value);
      return true;
    case 'head':
    case 'get':
    case 'insecure':
    case 'location':
      out[name] = true;
      return false;
    case 'http1.1':
      out.http = '1.1';
      return false;
    case 'http2':
      out.http = 'h2';
      return false;
    case 'http2-prior-knowledge':
      out.http = 'h2c';
      return false;
    case 'location-trusted':
      out.location = true;
      return false;
    case 'compressed':
      out.headers.push(['Accept-Encoding', 'deflate, gzip, br, zstd']);
      return false;
    default:
      if (OTHER_FLAGS.has(name)) out.ignored.push(spelled);
      return false;
  }
}

/** `Name: value`; `Name;` is a header with an empty value; `Name:` takes one of curl's own away. */
function addHeader(out: Options, line: string): void {
  const colon = line.indexOf(':');
  if (colon > 0) {
    const value = line.slice(colon + 1).trim();
    if (value !== '') out.headers.push([line.slice(0, colon).trim(), value]);
  } else if (/^[^:;]+;\s*$/.test(line)) out.headers.push([line.slice(0, line.indexOf(';')).trim(), '']);
}

function withQuery(url: string, query: string): string {
  const [, before = '', fragment = ''] = /^([^#]*)(#.*)?$/s.exec(url) ?? [];
  return `${before}${before.includes('?') ? '&' : '?'}${query}${fragment}`;
}

/** The first `--connect-to` or `--resolve` that fits the URL, as `HOST:PORT`. */
function connectTo(url: string, resolve: readonly string[], connect: readonly string[]): string {
  const target = splitUrl(url);
  if ('wrong' in target) return '';
  const fits = (host: string, port: string) =>
    (host === '' || host === '*' || host.toLowerCase() === target.host) && (port === '' || Number(port) === target.port);
  for (const rule of connect) {
    const [fromHost = '', fromPort = '', host = '', port = ''] = splitColons(rule);
    if (!fits(fromHost, fromPort)) continue;
    return `${printHost(host || target.host)}:${port || target.port}`;
  }
  for (const rule of resolve) {
    const [host = '', port = '', ...address] = splitColons(rule.replace(/^[+-]/, ''));
    const first = address.join(':').split(',')[0] ?? '';
    if (first !== '' && fits(host, port)) return `${printHost(first.replace(/^\[|\]$/g, ''))}:${target.port}`;
  }
  return '';
}

/** Splits at colons outside brackets; the brackets go. */
function splitColons(text: string): readonly string[] {
  return text.split(/:(?![^[]*\])/).map((part) => part.replace(/^\[(.*)\]$/, '$1'));
}

/** A command that a person can run. What is not HTTP is asked with `nc`, `openssl` or `ping`. */
export function formatCurl(request: Flow | RequestDraft): string {
  if ('url' in request) {
    const { flow } = readRequest(request);
    return flow === null ? ['curl', quoteWord(request.url)].join(' ') : formatCurl(flow);
  }
  const { scheme, host, port, connectTo: connect } = request;
  const dialled = connect?.kind === 'address' ? connect : { host, port };
  switch (scheme) {
    case 'icmp':
      return `ping -c 3 ${quoteWord(host)}`;
    case 'tcp':
      return `nc -vz ${quoteWord(dialled.host)} ${dialled.port}`;
    case 'udp':
      return `nc -vzu ${quoteWord(dialled.host)} ${dialled.port}`;
    case 'sctp':
      return `ncat -v --sctp ${quoteWord(dialled.host)} ${dialled.port}`;
    case 'tls':
      return `openssl s_client -connect ${quoteWord(`${printHost(dialled.host)}:${dialled.port}`)} -servername ${quoteWord(request.sni ?? host)}`;
    case 'dns':
      return `nslookup -type=${request.method} ${quoteWord(host)}`;
    case 'http':
    case 'https':
      return httpCommand(request);
  }
}

function httpCommand({ scheme, host, port, portGiven, method, path, headers, ...flow }: Flow): string {
  // curl takes the server name from the URL, so another one goes there and the host into its header.
  const sni = scheme === 'https' && flow.sni !== undefined && flow.sni !== host ? flow.sni : null;
  const asksHost = headers.some(([name]) => name.toLowerCase() === 'host');
  const ownHost: Flow['headers'] = sni === null || asksHost ? [] : [['Host', portGiven ? `${printHost(host)}:${port}` : printHost(host)]];
  const connect = flow.connectTo ?? (sni === null ? undefined : { kind: 'address' as const, host, port });
  const words = ['curl'];
  if (method === 'HEAD') words.push('-I');
  else if (method !== 'GET') words.push('-X', method);
  if (flow.insecure === true) words.push('-k');
  if (flow.followRedirects === true) words.push('-L');
  if (flow.httpVersion !== undefined) words.push({ '1.1': '--http1.1', h2: '--http2', h2c: '--http2-prior-knowledge' }[flow.httpVersion]);
  if (connect?.kind === 'address') words.push('--connect-to', `::${printHost(connect.host)}:${connect.port}`);
  for (const [name, value] of [...ownHost, ...headers]) words.push('-H', value === '' ? `${name};` : `${name}: ${value}`);
  // curl would squash dot segments and expand brackets.
  if (/\/\.{1,2}(?:[/?]|$)/.test(path)) words.push('--path-as-is');
  if (/[[\]{}]/.test(path)) words.push('-g');
  words.push(`${scheme}://${printHost(sni ?? host)}${portGiven ? `:${port}` : ''}${path}`);
  return words.map(quoteWord).join(' ');
}
