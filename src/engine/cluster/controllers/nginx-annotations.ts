/**
 * Every annotation that ingress-nginx v1.15 knows, short names by how risky its maintainers call each. One above the level
 * that is allowed (`annotations-risk-level`, High by default) makes the controller leave the whole Ingress out (S10.25).
 * https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations-risk/
 */
const LEVELS = ['Low', 'Medium', 'High', 'Critical'] as const;
export type Risk = (typeof LEVELS)[number];

const NAMES: Readonly<Record<Risk, string>> = {
  Low: `
    affinity affinity-canary-behavior auth-always-set-cookie auth-keepalive auth-keepalive-requests auth-keepalive-share-vars
    auth-keepalive-timeout auth-method auth-secret-type auth-tls-pass-certificate-to-upstream auth-tls-verify-depth auth-type backend-protocol
    canary canary-weight canary-weight-total client-body-buffer-size connection-proxy-header cors-allow-credentials cors-max-age
    custom-http-errors default-backend disable-proxy-intercept-errors enable-access-log enable-cors enable-global-auth enable-modsecurity
    enable-opentelemetry enable-owasp-core-rules enable-rewrite-log from-to-www-redirect http2-push-preload limit-allowlist
    limit-burst-multiplier limit-connections limit-rate limit-rate-after limit-rpm limit-rps limit-whitelist load-balance mirror-request-body
    opentelemetry-trust-incoming-span permanent-redirect-code proxy-buffer-size proxy-buffering proxy-buffers-number proxy-busy-buffers-size
    proxy-connect-timeout proxy-http-version proxy-max-temp-file-size proxy-next-upstream-timeout proxy-next-upstream-tries proxy-read-timeout
    proxy-request-buffering proxy-send-timeout proxy-ssl-protocols proxy-ssl-server-name proxy-ssl-verify proxy-ssl-verify-depth
    relative-redirects satisfy service-upstream session-cookie-change-on-failure session-cookie-conditional-samesite-none
    session-cookie-samesite session-cookie-secure ssl-ciphers ssl-passthrough ssl-prefer-server-ciphers ssl-redirect temporal-redirect-code
    upstream-hash-by-subset upstream-hash-by-subset-size upstream-vhost use-port-in-redirects use-regex`,
  Medium: `
    affinity-mode allowlist-source-range app-root auth-cache-duration auth-cache-key auth-proxy-set-headers auth-realm auth-request-redirect
    auth-response-headers auth-secret auth-signin-redirect-param auth-tls-secret auth-tls-verify-client canary-by-cookie canary-by-header
    canary-by-header-pattern canary-by-header-value cors-allow-headers cors-allow-methods cors-allow-origin cors-expose-headers custom-headers
    denylist-source-range fastcgi-index fastcgi-params-configmap force-ssl-redirect opentelemetry-operation-name permanent-redirect
    preserve-trailing-slash proxy-body-size proxy-cookie-domain proxy-cookie-path proxy-next-upstream proxy-redirect-from proxy-redirect-to
    proxy-ssl-ciphers proxy-ssl-secret rewrite-target session-cookie-domain session-cookie-expires session-cookie-max-age session-cookie-name
    session-cookie-path temporal-redirect whitelist-source-range x-forwarded-prefix`,
  High: `
    auth-signin auth-tls-error-page auth-tls-match-cn auth-url mirror-host mirror-target modsecurity-transaction-id proxy-ssl-name server-alias
    upstream-hash-by`,
  Critical: `
    auth-snippet configuration-snippet modsecurity-snippet server-snippet stream-snippet`,
};

const riskOf: ReadonlyMap<string, Risk> = new Map(
  LEVELS.flatMap((risk) =>
    NAMES[risk]
      .trim()
      .split(/\s+/)
      .map((name) => [name, risk] as const),
  ),
);

/** Short names: `rewrite-target`. */
export const KNOWN_ANNOTATIONS: readonly string[] = [...riskOf.keys()];

/** An annotation that ingress-nginx does not know has no risk, and no effect (S10.26). */
export function isTooRisky(name: string, allowed: Risk): boolean {
  const risk = riskOf.get(name);
  return risk !== undefined && LEVELS.indexOf(risk) > LEVELS.indexOf(allowed);
}

/** Any case; what the controller cannot read counts as Low. */
export function readRisk(text: string): Risk {
  return LEVELS.find((level) => level.toLowerCase() === text.toLowerCase()) ?? 'Low';
}
