/** Who may pass: source ranges and authentication, joined by `satisfy` (S10.12 step 7, S10.25). */
import type { Message } from '../../../../catalogue/message.ts';
import { msg } from '../../../../catalogue/message.ts';
import type { Annotations } from './annotations.ts';
import { inRanges } from './client-address.ts';
import type { Settings } from './settings.ts';

export type Access =
  | { readonly kind: 'pass'; readonly notes: readonly Message[] }
  /** `annotation` is the short name of the one that decided; null for a ConfigMap key. */
  | { readonly kind: 'stop'; readonly status: 401 | 403; readonly why: Message; readonly annotation: string | null };

export function checkAccess(annotations: Annotations | null, settings: Settings, client: string, path: string, authorization: string | undefined): Access {
  const address = checkAddress(annotations, settings, client);
  const auth = annotations === null || settings.noAuthLocations.some((prefix) => path.startsWith(prefix)) ? null : checkAuth(annotations, authorization);
  const notes = auth?.kind === 'pass' ? auth.notes : [];
  if (annotations?.satisfy === 'any') {
    // One of the two is enough, and a check that is not there lets nobody in by itself.
    if (address === 'allowed' || auth?.kind === 'pass') return { kind: 'pass', notes };
    if (auth !== null) return auth;
    return address === null ? { kind: 'pass', notes } : address;
  }
  if (address !== null && address !== 'allowed') return address;
  return auth ?? { kind: 'pass', notes };
}

/** Null when no range is set. */
function checkAddress(annotations: Annotations | null, settings: Settings, client: string): Extract<Access, { kind: 'stop' }> | 'allowed' | null {
  const stop = (why: Message, annotation: string | null) => ({ kind: 'stop' as const, status: 403 as const, why, annotation });
  const deny = annotations?.deny ?? [];
  const allow = annotations?.allow ?? [];
  if (deny.length === 0 && allow.length === 0) {
    const blocked = inRanges(settings.blockCidrs, client);
    return blocked === null ? null : stop(msg('ingress.nginx.denied-range', { client, range: blocked, name: 'block-cidrs' }), null);
  }
  const denied = inRanges(deny, client);
  if (denied !== null) return stop(msg('ingress.nginx.denied-range', { client, range: denied, name: 'denylist-source-range' }), 'denylist-source-range');
  if (allow.length === 0) return null;
  if (inRanges(allow, client) !== null) return 'allowed';
  return stop(msg('ingress.nginx.not-allowed', { client, ranges: allow }), 'allowlist-source-range');
}

/** Null when the location asks for nothing. Passwords are not in manifests, so any that is sent counts as right. */
function checkAuth({ basicAuth, authUrl, authSignin }: Annotations, authorization: string | undefined): Access | null {
  if (basicAuth !== null) {
    if (authorization === undefined) return { kind: 'stop', status: 401, why: msg('ingress.nginx.auth.missing'), annotation: 'auth-type' };
    return { kind: 'pass', notes: [msg('ingress.nginx.auth.assumed', { secret: basicAuth.secret })] };
  }
  if (authUrl === null) return null;
  return {
    kind: 'pass',
    notes: [authSignin === null ? msg('ingress.nginx.auth.url', { url: authUrl }) : msg('ingress.nginx.auth.signin', { url: authUrl, signin: authSignin })],
  };
}
