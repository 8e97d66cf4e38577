/** Middlewares that an Ingress names: those that change where a request goes, of the ones that were pasted. */
import { msg, type Message } from '../../../../catalogue/message.ts';
import type { Ingress } from '../../../kinds/ingress/ingress-spec.ts';
import type { JsonObject } from '../../../manifests/document.ts';
import type { ControllerView, ReceivedRequest } from '../implementation.ts';
import { annotationReason } from '../route.ts';
import type { HttpsRedirect } from '../ranked/dialect.ts';

export const MIDDLEWARES = 'traefik.ingress.kubernetes.io/router.middlewares';

interface Named {
  /** `shop-redirect@kubernetescrd`, as the annotation has it. */
  readonly name: string;
  /** Null: not pasted, or of another provider. */
  readonly spec: JsonObject | null;
}

export function middlewaresOf({ cluster }: ControllerView, ingress: Ingress): readonly Named[] {
  const names = (ingress.metadata.annotations[MIDDLEWARES] ?? '').split(',').flatMap((name) => name.trim() || []);
  return names.map((name) => {
    const found = cluster.manifests.objects.find(({ ref }) => ref.kind === 'Middleware' && `${ref.namespace}-${ref.name}@kubernetescrd` === name);
    return { name, spec: objectIn(found?.value, 'spec') };
  });
}

/** The answer of a redirectScheme: 301 and 302 for GET, 308 and 307 for other methods. */
export function redirectBy(view: ControllerView, ingress: Ingress, { http }: ReceivedRequest): HttpsRedirect | null {
  for (const { name, spec } of middlewaresOf(view, ingress)) {
    const redirect = objectIn(spec, 'redirectScheme');
    if (redirect === null || redirect['scheme'] !== 'https') continue;
    const port = Number(redirect['port'] ?? 443);
    return {
      status: redirectStatus(redirect['permanent'] === true, http.method),
      ...(Number.isInteger(port) && port > 0 && { port }),
      why: msg('ingress.traefik.redirect', { middleware: name }),
      because: [annotationReason(ingress, MIDDLEWARES)],
    };
  }
  return null;
}

export function redirectStatus(isPermanent: boolean, method: string): number {
  if (method === 'GET') return isPermanent ? 301 : 302;
  return isPermanent ? 308 : 307;
}

/** The path after stripPrefix, addPrefix and replacePath, in the order in which they are named. */
export function rewriteBy(view: ControllerView, ingress: Ingress, path: string): { readonly path: string; readonly why: readonly Message[] } {
  const why: Message[] = [];
  let now = path;
  for (const { name, spec } of middlewaresOf(view, ingress)) {
    const after = spec === null ? null : rewritten(spec, now);
    if (after === null) why.push(msg('ingress.traefik.middleware', { middleware: name }));
    else if (after !== now) why.push(msg('ingress.traefik.rewrite', { middleware: name, before: now, after }));
    now = after ?? now;
  }
  return { path: now, why };
}

/** Null: it does something that is not simulated. */
function rewritten(spec: JsonObject, path: string): string | null {
  const strip = objectIn(spec, 'stripPrefix');
  if (strip !== null) {
    const prefixes = Array.isArray(strip['prefixes']) ? strip['prefixes'] : [];
    const found = prefixes.find((prefix): prefix is string => typeof prefix === 'string' && path.startsWith(prefix));
    return found === undefined ? path : withSlash(path.slice(found.length));
  }
  const add = objectIn(spec, 'addPrefix')?.['prefix'];
  if (typeof add === 'string') return withSlash(`${add}${path}`);
  const replace = objectIn(spec, 'replacePath')?.['path'];
  if (typeof replace === 'string') return withSlash(replace);
  return objectIn(spec, 'redirectScheme') === null ? null : path;
}

function withSlash(path: string): string {
  return path.startsWith('/') ? path : `/${path}`;
}

function objectIn(value: unknown, key: string): JsonObject | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const inner: unknown = (value as JsonObject)[key];
  return typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? (inner as JsonObject) : null;
}
