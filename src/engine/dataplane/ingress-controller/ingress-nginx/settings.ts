/**
 * What an ingress-nginx runs with: keys of its ConfigMap and flags of its command line, with the defaults of v1.15.
 * https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/
 */
import type { Controller } from '../../../cluster/cluster.ts';
import type { Risk } from '../../../cluster/controllers/nginx-annotations.ts';
import { readRisk } from '../../../cluster/controllers/nginx-annotations.ts';

export interface Settings {
  readonly sslRedirect: boolean;
  readonly forceSslRedirect: boolean;
  readonly httpRedirectCode: number;
  readonly preserveTrailingSlash: boolean;
  readonly relativeRedirects: boolean;
  readonly useForwardedHeaders: boolean;
  readonly computeFullForwardedFor: boolean;
  readonly useProxyProtocol: boolean;
  readonly enableRealIp: boolean;
  /** Lower case. */
  readonly forwardedForHeader: string;
  readonly proxyRealIpCidr: readonly string[];
  readonly hsts: string | null;
  readonly strictValidatePathType: boolean;
  readonly blockUserAgents: readonly string[];
  readonly blockReferers: readonly string[];
  readonly blockCidrs: readonly string[];
  readonly whitelistSourceRange: readonly string[];
  readonly denylistSourceRange: readonly string[];
  readonly noTlsRedirectLocations: readonly string[];
  readonly noAuthLocations: readonly string[];
  readonly sslRejectHandshake: boolean;
  readonly proxyBodySize: string;
  readonly serviceUpstream: boolean;
  readonly allowedResponseHeaders: readonly string[];
  readonly underscoresInHeaders: boolean;
  readonly generateRequestId: boolean;
  readonly nextUpstream: string;
  readonly nextUpstreamTries: number;
  /** Seconds between two pieces of an answer (S10.21). */
  readonly proxyReadTimeout: number;
  /** `namespace/name` of ConfigMaps with headers. */
  readonly proxySetHeaders: string | null;
  readonly addHeaders: string | null;
  readonly allowSnippets: boolean;
  readonly riskLevel: Risk;
  /** Words that no value of an annotation may hold. */
  readonly wordBlocklist: readonly string[];
  /** HTTP statuses for requests and connections over a limit. */
  readonly limitStatus: { readonly requests: number; readonly connections: number };
  /** Statuses that the default backend answers instead. */
  readonly customErrors: readonly number[];
  readonly globalAuthUrl: string | null;

  readonly annotationsPrefix: string;
  readonly defaultBackendService: string | null;
  readonly defaultSslCertificate: string | null;
  readonly sslPassthrough: boolean;
  readonly disableCatchAll: boolean;
  readonly deepInspect: boolean;
  readonly externalNames: boolean;
  /** The admission webhook stands before the API server, as the usual installation has it. */
  readonly webhook: boolean;
  /** A flag says that it runs, so nobody need assume it. */
  readonly webhookStated: boolean;
}

const YEAR = '31536000';

export function settingsOf(controller: Controller): Settings {
  const config = (key: string) => controller.config[key]?.trim() ?? '';
  const yes = (key: string, fallback: boolean) => readBool(config(key)) ?? fallback;
  const list = (key: string) => splitList(config(key));
  const text = (key: string, fallback: string) => (config(key) === '' ? fallback : config(key));
  const flags = readFlags(controller.args);
  const flag = (name: string) => flags.get(name) ?? '';
  const maxAge = text('hsts-max-age', YEAR);
  const hsts = [
    `max-age=${maxAge}`,
    ...(yes('hsts-include-subdomains', true) ? ['includeSubDomains'] : []),
    ...(yes('hsts-preload', false) ? ['preload'] : []),
  ].join('; ');
  return {
    sslRedirect: yes('ssl-redirect', true),
    forceSslRedirect: yes('force-ssl-redirect', false),
    httpRedirectCode: redirectCode(config('http-redirect-code')),
    preserveTrailingSlash: yes('preserve-trailing-slash', false),
    relativeRedirects: yes('relative-redirects', false),
    useForwardedHeaders: yes('use-forwarded-headers', false),
    computeFullForwardedFor: yes('compute-full-forwarded-for', false),
    useProxyProtocol: yes('use-proxy-protocol', false),
    enableRealIp: yes('enable-real-ip', false),
    forwardedForHeader: text('forwarded-for-header', 'X-Forwarded-For').toLowerCase(),
    proxyRealIpCidr: config('proxy-real-ip-cidr') === '' ? ['0.0.0.0/0'] : list('proxy-real-ip-cidr'),
    hsts: yes('hsts', true) ? hsts : null,
    strictValidatePathType: yes('strict-validate-path-type', true),
    blockUserAgents: list('block-user-agents'),
    blockReferers: list('block-referers'),
    blockCidrs: list('block-cidrs'),
    whitelistSourceRange: list('whitelist-source-range'),
    denylistSourceRange: list('denylist-source-range'),
    noTlsRedirectLocations: splitList(text('no-tls-redirect-locations', '/.well-known/acme-challenge')),
    noAuthLocations: splitList(text('no-auth-locations', '/.well-known/acme-challenge')),
    sslRejectHandshake: yes('ssl-reject-handshake', false),
    proxyBodySize: text('proxy-body-size', '1m'),
    serviceUpstream: yes('service-upstream', false),
    allowedResponseHeaders: list('global-allowed-response-headers'),
    underscoresInHeaders: yes('enable-underscores-in-headers', false),
    generateRequestId: yes('generate-request-id', true),
    nextUpstream: text('proxy-next-upstream', 'error timeout'),
    nextUpstreamTries: readInt(config('proxy-next-upstream-tries')) ?? 3,
    proxyReadTimeout: readInt(config('proxy-read-timeout')) ?? 60,
    proxySetHeaders: config('proxy-set-headers') === '' ? null : config('proxy-set-headers'),
    addHeaders: config('add-headers') === '' ? null : config('add-headers'),
    allowSnippets: yes('allow-snippet-annotations', false),
    riskLevel: readRisk(text('annotations-risk-level', 'High')),
    wordBlocklist: list('annotation-value-word-blocklist'),
    limitStatus: { requests: readInt(config('limit-req-status-code')) ?? 503, connections: readInt(config('limit-conn-status-code')) ?? 503 },
    customErrors: list('custom-http-errors').flatMap((code) => readInt(code) ?? []),
    globalAuthUrl: config('global-auth-url') === '' ? null : config('global-auth-url'),

    annotationsPrefix: flag('annotations-prefix') === '' ? 'nginx.ingress.kubernetes.io' : flag('annotations-prefix'),
    defaultBackendService: flag('default-backend-service') === '' ? null : flag('default-backend-service'),
    defaultSslCertificate: flag('default-ssl-certificate') === '' ? null : flag('default-ssl-certificate'),
    sslPassthrough: readBool(flag('enable-ssl-passthrough')) ?? false,
    disableCatchAll: readBool(flag('disable-catch-all')) ?? false,
    deepInspect: readBool(flag('deep-inspect')) ?? true,
    externalNames: !(readBool(flag('disable-svc-external-name')) ?? false),
    webhook: flags.get('validating-webhook') !== '',
    webhookStated: flag('validating-webhook') !== '',
  };
}

function redirectCode(text: string): number {
  const code = readInt(text);
  return code !== null && [301, 302, 307, 308].includes(code) ? code : 308;
}

export function splitList(text: string): readonly string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** Go's `strconv.ParseBool`; null where it would complain. */
export function readBool(text: string): boolean | null {
  if (['1', 't', 'T', 'true', 'TRUE', 'True'].includes(text)) return true;
  return ['0', 'f', 'F', 'false', 'FALSE', 'False'].includes(text) ? false : null;
}

/** Go's `strconv.Atoi`; null where it would complain. */
export function readInt(text: string): number | null {
  return /^[+-]?\d{1,15}$/.test(text) ? Number(text) : null;
}

/** `--name=value`, `--name value` and `--name`, which means true. */
function readFlags(args: readonly string[]): ReadonlyMap<string, string> {
  const flags = new Map<string, string>();
  for (const [index, argument] of args.entries()) {
    const match = /^--?([\w-]+)(?:=(.*))?$/s.exec(argument.trim());
    if (match === null) continue;
    const following = args[index + 1];
    const value = match[2] ?? (following !== undefined && !following.startsWith('-') ? following : 'true');
    flags.set(match[1]!, value.replace(/^(["'])(.*)\1$/s, '$2'));
  }
  return flags;
}
