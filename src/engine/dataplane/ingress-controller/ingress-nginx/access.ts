/** Who may pass: source ranges and authentication, joined by `satisfy` (S10.12 step 7, S10.25). */
import type { Message } from '../../../../catalogue/message.ts';
import { msg } from '../../../../catalogue/message.ts';
import type { Cluster } from '../../../cluster/cluster.ts';
import type { Assumption } from '../../../trace/assumption.ts';
import type { Consulted } from '../../../trace/hop.ts';
import type { Presupposed } from '../../proxy/presuppose.ts';
import { presume, presumeExists } from '../../proxy/presuppose.ts';
import { ingressName } from '../route.ts';
import type { Admitted } from './admission.ts';
import type { Annotations } from './annotations.ts';
import { inRanges } from '../../proxy/ranges.ts';
import type { Handling } from './handling.ts';
import type { Settings } from './settings.ts';
import type { UrlService } from './url-service.ts';
import { asked, isServed, serviceInUrl } from './url-service.ts';

export type Access =
  | { readonly kind: 'pass'; readonly notes: readonly Message[]; readonly assumes: readonly Assumption[]; readonly consulted: readonly Consulted[] }
  /** `annotation` is the short name of the one that decided; null for a ConfigMap key. */
  | { readonly kind: 'stop'; readonly status: 302 | 401 | 403 | 500; readonly location?: string; readonly why: Message; readonly annotation: string | null };

const PASS: Extract<Access, { kind: 'pass' }> = { kind: 'pass', notes: [], assumes: [], consulted: [] };

export function checkAccess(handling: Handling, from: Admitted | null): Access {
  const { settings, uri } = handling;
  const annotations = from?.annotations ?? null;
  const own = handling.request.origin ?? handling.client;
  const address = checkAddress(annotations, settings, handling.client, own);
  const pass: Access = { ...PASS, notes: hidden(annotations, settings, handling.client, own) };
  const auth = from === null || settings.noAuthLocations.some((prefix) => uri.startsWith(prefix)) ? null : checkAuth(handling, from);
  if (annotations?.satisfy === 'any') {
    // One of the two is enough, and a check that is not there lets nobody in by itself.
    if (address === 'allowed') return pass;
    return auth ?? address ?? pass;
  }
  if (address !== null && address !== 'allowed') return address;
  return auth ?? pass;
}

/** Who nginx lets in would be kept out by its own address, which something on the way replaced (S7.5.4). */
function hidden(annotations: Annotations | null, settings: Settings, client: string, own: string): readonly Message[] {
  const isKeptOut = (address: string) => {
    const decided = checkAddress(annotations, settings, address, address);
    return decided !== null && decided !== 'allowed';
  };
  return own !== client && !isKeptOut(client) && isKeptOut(own) ? [msg('ingress.nginx.address-hidden', { client, own })] : [];
}

/** Null when no range is set. `own`: the address of the client itself. */
function checkAddress(annotations: Annotations | null, settings: Settings, client: string, own: string): Extract<Access, { kind: 'stop' }> | 'allowed' | null {
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
  const why = client === own ? msg('ingress.nginx.not-allowed', { client, ranges: allow }) : msg('ingress.nginx.address-lost', { client, own, ranges: allow });
  return stop(why, 'allowlist-source-range');
}

/** Null when the location asks for nothing. Who is right about a password is not in manifests: it is presumed. */
function checkAuth({ cluster, request, forwarded, settings }: Handling, { ingress, annotations }: Admitted): Access | null {
  const { basicAuth, authSignin } = annotations;
  const authUrl = annotations.authUrl ?? (annotations.globalAuth ? settings.globalAuthUrl : null);
  const id = `auth:${ingressName(ingress)}`;
  if (basicAuth !== null) {
    const stop: Access = { kind: 'stop', status: 401, why: msg('ingress.nginx.auth.missing'), annotation: 'auth-type' };
    if (request.http.headers['authorization'] === undefined) return stop;
    const { holds, assumes } = presume(cluster, id, msg('ingress.nginx.assume.password', { ingress: ingressName(ingress) }));
    return holds
      ? { kind: 'pass', notes: [msg('ingress.nginx.auth.checked', { secret: basicAuth.secret })], assumes, consulted: [] }
      : { ...stop, why: msg('ingress.nginx.auth.wrong') };
  }
  if (authUrl === null) return null;
  const annotation = annotations.authUrl === null ? null : 'auth-url';
  const inside = serviceInUrl(cluster, authUrl);
  const there = inside === null ? null : serviceThere(cluster, inside);
  // nginx cannot tell yes from no then, and calls that an error of its own.
  if (inside !== null && there?.holds === false)
    return { kind: 'stop', status: 500, why: msg('ingress.nginx.auth.unreachable', { url: authUrl, service: inside.key }), annotation };
  const { holds, assumes } = presume(cluster, id, msg('ingress.nginx.assume.auth-url', { url: authUrl }));
  if (holds)
    return {
      kind: 'pass',
      notes: [msg('ingress.nginx.auth.url', { url: authUrl })],
      assumes: [...(there?.assumes ?? []), ...assumes],
      consulted: inside?.service == null ? [] : [asked(inside.service, 'auth-url')],
    };
  const why = msg('ingress.nginx.auth.url-refused', { url: authUrl });
  if (authSignin === null) return { kind: 'stop', status: 401, why, annotation };
  const back = `${forwarded.scheme}://${forwarded.host}${encodeURIComponent(request.http.path)}`;
  const location = /[?&]rd=/.test(authSignin) ? authSignin : `${authSignin}${authSignin.includes('?') ? '&' : '?'}rd=${back}`;
  return { kind: 'stop', status: 302, location, why, annotation: 'auth-signin' };
}

function serviceThere(cluster: Cluster, { key, service }: UrlService): Presupposed {
  if (service === null) return presumeExists(cluster, `service:${key}`, msg('ingress.nginx.assume.auth-service', { service: key }));
  return { holds: isServed(cluster, service), assumes: [] };
}
