/**
 * The annotations of one Ingress as ingress-nginx reads them: values it does not accept fall back to the default, and
 * a few make it drop the Ingress or deny its locations. Annotations it does not know are silently ignored (S10.26).
 * https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/
 */
import type { Ingress } from '../../../kinds/ingress/ingress-spec.ts';
import { parseCidr, parseIp } from '../../../manifests/ip.ts';
import type { CorsPolicy } from './cors.ts';
import { readCors } from './cors.ts';
import { isTooRisky } from '../../../cluster/controllers/nginx-annotations.ts';
import type { Limits } from './limits.ts';
import type { Settings } from './settings.ts';
import { readBool, readInt, splitList } from './settings.ts';

export interface Annotations {
  /** Full name of an annotation: `rewrite-target` gives `nginx.ingress.kubernetes.io/rewrite-target`. */
  readonly nameOf: (short: string) => string;
  readonly useRegex: boolean;
  readonly rewriteTarget: string;
  readonly xForwardedPrefix: string;
  readonly appRoot: string;
  readonly sslRedirect: boolean;
  readonly forceSslRedirect: boolean;
  readonly preserveTrailingSlash: boolean;
  readonly usePortInRedirects: boolean;
  /** `kind` names the annotation that holds it. */
  readonly redirect: { readonly kind: 'temporal-redirect' | 'permanent-redirect'; readonly url: string; readonly code: number } | null;
  readonly relativeRedirects: boolean;
  readonly fromToWww: boolean;
  readonly canary: CanaryPolicy | null;
  readonly cors: CorsPolicy | null;
  readonly allow: readonly string[];
  readonly deny: readonly string[];
  readonly limits: Limits;
  readonly satisfy: 'any' | 'all';
  readonly basicAuth: { readonly secret: string } | null;
  readonly authUrl: string | null;
  readonly authSignin: string | null;
  readonly aliases: readonly string[];
  readonly upstreamVhost: string;
  readonly defaultBackend: string | null;
  readonly customHeaders: string | null;
  readonly serviceUpstream: boolean;
  readonly backendProtocol: 'HTTP' | 'HTTPS' | 'AUTO_HTTP' | 'GRPC' | 'GRPCS' | 'FCGI';
  /** Server name sent to an HTTPS backend; none unless told to. */
  readonly proxySslName: string | null;
  readonly affinity: { readonly cookie: string; readonly path: string } | null;
  /** Whether clients of a canary are kept at it by the cookie of the main Ingress. */
  readonly canaryKeepsAffinity: boolean;
  readonly mirrorTarget: string | null;
  /** Statuses that the default backend answers instead; empty: those of the ConfigMap. */
  readonly customErrors: readonly number[];
  readonly globalAuth: boolean;
  readonly proxyBodySize: string;
  /** Seconds. */
  readonly proxyReadTimeout: number;
  readonly sslPassthrough: boolean;
  /** Snippets are nginx configuration of a person's own: named here, never simulated (S10.25). */
  readonly snippets: readonly string[];
  /** An annotation whose value denies all its locations (503), or null. */
  readonly denied: string | null;
  /** An annotation that makes the controller leave the Ingress out, or null. */
  readonly dropped: { readonly name: string; readonly because: 'value' | 'risk' | 'word' } | null;
}

/** S10.18. */
export interface CanaryPolicy {
  readonly header: string;
  readonly headerValue: string;
  readonly headerPattern: string;
  readonly cookie: string;
  readonly weight: number;
  readonly weightTotal: number;
}

const BASIC = /^[-._~a-zA-Z0-9/:]*$/;
const URL_CHARACTERS = /^[-._~a-zA-Z0-9/:,?&=]*$/;
const URL_WITH_VARIABLES = /^[-._~a-zA-Z0-9/:,?&= $]*$/;
const REGEX_CHARACTERS = /^[-._~a-zA-Z0-9/:^$[\](){}*+?|&=\\]*$/;
const CAPTURES = /^\/?[-._~a-zA-Z0-9/:$]*$/;
const SERVICE_NAME = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;
const SNIPPETS = ['configuration-snippet', 'server-snippet', 'auth-snippet', 'stream-snippet', 'modsecurity-snippet'];
const PROTOCOLS = ['HTTP', 'HTTPS', 'AUTO_HTTP', 'GRPC', 'GRPCS', 'FCGI'] as const;

export function readAnnotations(ingress: Ingress, settings: Settings): Annotations {
  const nameOf = (short: string) => `${settings.annotationsPrefix}/${short}`;
  const raw = (short: string): string | undefined => ingress.metadata.annotations[nameOf(short)];
  const refused = refusedBySettings(ingress, settings);
  let unusable: string | null = null;
  let denied: string | null = null;
  /** A value of the allowed form, trimmed; null when absent, empty or not allowed. */
  const text = (short: string, allowed: RegExp | null, spaces = false): string | null => {
    const value = raw(short);
    if (value === undefined || value.trim() === '') return null;
    if (allowed !== null && (!allowed.test(spaces ? value.replaceAll(' ', '') : value) || /[\r\n]/.test(value))) return null;
    return value.trim();
  };
  /** The same, for annotations whose parser fails on a value that is not allowed: the Ingress is left out then. */
  const strict = (short: string, allowed: RegExp, spaces = false): string | null => {
    const value = text(short, allowed, spaces);
    const given = raw(short) ?? '';
    if (value === null && given !== '' && given.trim() !== '') unusable ??= nameOf(short);
    return value;
  };
  const yes = (short: string, fallback: boolean): boolean => readBool(raw(short) ?? '') ?? fallback;
  const number = (short: string): number | null => readInt(raw(short) ?? '');
  const strictNumber = (short: string): number | null => {
    const given = raw(short) ?? '';
    if (given !== '' && readInt(given) === null) unusable ??= nameOf(short);
    return number(short);
  };
  const ranges = (short: string, alias: string, fallback: readonly string[]): readonly string[] => {
    const name = (raw(short) ?? '') !== '' ? short : alias;
    const value = raw(name);
    if (value === undefined) return fallback;
    const items = splitList(value);
    if (items.length === 0 || !items.every(isRange)) denied ??= nameOf(name);
    return items;
  };
  /** Not counted by limits; a value that cannot be read leaves the Ingress out. */
  const exemptRanges = (): readonly string[] => {
    const name = (raw('limit-allowlist') ?? '') === '' ? 'limit-whitelist' : 'limit-allowlist';
    const items = splitList(raw(name) ?? '');
    if (!items.every(isRange)) unusable ??= nameOf(name);
    return items;
  };

  const temporal = strict('temporal-redirect', URL_CHARACTERS);
  const permanent = strict('permanent-redirect', URL_CHARACTERS);
  const appRoot = text('app-root', CAPTURES);
  const authType = text('auth-type', null);
  const authSecret = text('auth-secret', BASIC, true);
  const authUrl = text('auth-url', URL_WITH_VARIABLES, true);
  if (authUrl !== null && !/^https?:\/\/[^/]/.test(authUrl)) denied ??= nameOf('auth-url');
  if (authType !== null && !['basic', 'digest'].includes(authType)) denied ??= nameOf('auth-type');
  if (authType !== null && authSecret === null) denied ??= nameOf('auth-secret');
  const protocol = (text('backend-protocol', null) ?? 'HTTP').toUpperCase();

  return {
    nameOf,
    useRegex: yes('use-regex', false),
    rewriteTarget: text('rewrite-target', CAPTURES) ?? '',
    xForwardedPrefix: strict('x-forwarded-prefix', CAPTURES, true) ?? '',
    appRoot: appRoot?.startsWith('/') === true ? appRoot : '',
    sslRedirect: yes('ssl-redirect', settings.sslRedirect),
    forceSslRedirect: yes('force-ssl-redirect', settings.forceSslRedirect),
    preserveTrailingSlash: yes('preserve-trailing-slash', settings.preserveTrailingSlash),
    usePortInRedirects: yes('use-port-in-redirects', false),
    redirect: redirectOf(temporal, strictNumber('temporal-redirect-code'), permanent, strictNumber('permanent-redirect-code')),
    relativeRedirects: yes('relative-redirects', settings.relativeRedirects),
    fromToWww: yes('from-to-www-redirect', false) && !(temporal !== null && !temporal.startsWith('http')),
    canary: yes('canary', false) ? canaryOf(text, number) : null,
    cors: yes('enable-cors', false) ? readCors(text, raw) : null,
    allow: ranges('allowlist-source-range', 'whitelist-source-range', settings.whitelistSourceRange),
    deny: ranges('denylist-source-range', 'denylist-source-range', settings.denylistSourceRange),
    limits: {
      perSecond: strictNumber('limit-rps') ?? 0,
      perMinute: strictNumber('limit-rpm') ?? 0,
      connections: strictNumber('limit-connections') ?? 0,
      burstMultiplier: number('limit-burst-multiplier') ?? 5,
      exempt: exemptRanges(),
    },
    satisfy: text('satisfy', null) === 'any' ? 'any' : 'all',
    basicAuth: authType === null || authSecret === null ? null : { secret: authSecret },
    authUrl,
    authSignin: text('auth-signin', URL_WITH_VARIABLES, true),
    aliases: [...new Set(splitList(strict('server-alias', /^[-._~a-zA-Z0-9/:^$[\](){}*+?|&=\\,]*$/, true) ?? ''))].map((alias) => alias.toLowerCase()),
    upstreamVhost: strict('upstream-vhost', REGEX_CHARACTERS) ?? '',
    defaultBackend: text('default-backend', SERVICE_NAME),
    customHeaders: text('custom-headers', BASIC),
    serviceUpstream: raw('service-upstream') === undefined ? settings.serviceUpstream : yes('service-upstream', false),
    backendProtocol: PROTOCOLS.find((known) => known === protocol) ?? 'HTTP',
    proxySslName:
      text('proxy-ssl-secret', BASIC, true) !== null && text('proxy-ssl-server-name', /^on$/) !== null
        ? (text('proxy-ssl-name', REGEX_CHARACTERS) ?? 'upstream_balancer')
        : null,
    affinity:
      text('affinity', null) === 'cookie'
        ? { cookie: text('session-cookie-name', BASIC) ?? 'INGRESSCOOKIE', path: text('session-cookie-path', null) ?? '/' }
        : null,
    canaryKeepsAffinity: text('affinity-canary-behavior', null) !== 'legacy',
    customErrors: splitList(strict('custom-http-errors', /^(?:[4-5][0-9]{2},?)+$/, true) ?? '').map(Number),
    globalAuth: yes('enable-global-auth', true),
    mirrorTarget: text('mirror-target', REGEX_CHARACTERS),
    proxyBodySize: text('proxy-body-size', /^\d+[bkmgBKMG]?$/) ?? settings.proxyBodySize,
    proxyReadTimeout: number('proxy-read-timeout') ?? settings.proxyReadTimeout,
    sslPassthrough: yes('ssl-passthrough', false),
    snippets: SNIPPETS.filter((short) => raw(short) !== undefined).map(nameOf),
    denied,
    dropped: refused ?? (unusable === null ? null : { name: unusable, because: 'value' }),
  };
}

function isRange(text: string): boolean {
  return parseIp(text) !== null || parseCidr(text) !== null;
}

/** S10.25: an annotation that is riskier than allowed, or one that holds a forbidden word. */
function refusedBySettings({ metadata }: Ingress, { annotationsPrefix, riskLevel, wordBlocklist }: Settings): Annotations['dropped'] {
  for (const [name, value] of Object.entries(metadata.annotations)) {
    if (!name.startsWith(`${annotationsPrefix}/`)) continue;
    if (isTooRisky(name.slice(annotationsPrefix.length + 1), riskLevel)) return { name, because: 'risk' };
    if (wordBlocklist.some((word) => value.includes(word))) return { name, because: 'word' };
  }
  return null;
}

function redirectOf(temporal: string | null, temporalCode: number | null, permanent: string | null, permanentCode: number | null): Annotations['redirect'] {
  const code = (value: number | null, highest: number, fallback: number) => (value !== null && value >= 300 && value <= highest ? value : fallback);
  if (temporal !== null) return temporal.startsWith('http') ? { kind: 'temporal-redirect', url: temporal, code: code(temporalCode, 307, 302) } : null;
  return permanent === null ? null : { kind: 'permanent-redirect', url: permanent, code: code(permanentCode, 308, 301) };
}

function canaryOf(text: (short: string, allowed: RegExp | null, spaces?: boolean) => string | null, number: (short: string) => number | null): CanaryPolicy {
  return {
    header: (text('canary-by-header', BASIC, true) ?? '').toLowerCase(),
    headerValue: text('canary-by-header-value', BASIC, true) ?? '',
    headerPattern: text('canary-by-header-pattern', REGEX_CHARACTERS) ?? '',
    cookie: text('canary-by-cookie', BASIC, true) ?? '',
    weight: number('canary-weight') ?? 0,
    // A total of 100 or less is not used (S10.18).
    weightTotal: Math.max(number('canary-weight-total') ?? 100, 100),
  };
}
