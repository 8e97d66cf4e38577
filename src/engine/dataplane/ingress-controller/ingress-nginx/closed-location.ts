/** Locations that ingress-nginx closes (503) because an annotation of their Ingress cannot be followed (S10.25). */
import type { Message } from '../../../../catalogue/message.ts';
import { msg } from '../../../../catalogue/message.ts';
import { nameKey } from '../../../manifests/object-ref.ts';
import type { Assumption } from '../../../trace/assumption.ts';
import { presumeExists } from '../../proxy/presuppose.ts';
import { annotationReason } from '../route.ts';
import type { Admitted } from './admission.ts';
import type { Answer } from './answers.ts';
import { configMap } from './config-map.ts';
import type { Location } from './configuration.ts';
import type { Handling } from './handling.ts';

export interface OpenOrClosed {
  /** What the location answers with; null when it is open. */
  readonly closed: Answer | null;
  readonly assumes: readonly Assumption[];
}

const OPEN: OpenOrClosed = { closed: null, assumes: [] };

export function openOrClosed(handling: Handling, { from }: Location): OpenOrClosed {
  if (from === null) return OPEN;
  const { denied } = from.annotations;
  if (denied !== null) return close(from, denied, msg('ingress.nginx.closed.value', { annotation: denied }));
  const users = usersOf(handling, from);
  if (users.closed !== null) return users;
  const headers = headersOf(handling, from);
  return { closed: headers.closed, assumes: [...users.assumes, ...headers.assumes] };
}

function close({ ingress }: Admitted, annotation: string, why: Message): OpenOrClosed {
  return {
    closed: { status: 503, title: msg('ingress.nginx.title.closed'), why, rules: ['S10.25'], because: [annotationReason(ingress, annotation)] },
    assumes: [],
  };
}

/** The Secret with users and passwords must be there. */
function usersOf({ cluster }: Handling, from: Admitted): OpenOrClosed {
  const { ingress, annotations } = from;
  if (annotations.basicAuth === null) return OPEN;
  const { secret } = annotations.basicAuth;
  const key = secret.includes('/') ? secret : nameKey(ingress.ref.namespace, secret);
  if (cluster.secrets.has(key)) return OPEN;
  const { holds, assumes } = presumeExists(cluster, `secret:${key}`, msg('ingress.nginx.assume.users', { secret: key }));
  return holds ? { closed: null, assumes } : close(from, annotations.nameOf('auth-secret'), msg('ingress.nginx.closed.secret', { secret: key }));
}

/** The ConfigMap with response headers must be there, and each of its headers allowed. */
function headersOf({ cluster, settings }: Handling, from: Admitted): OpenOrClosed {
  const { customHeaders, nameOf } = from.annotations;
  if (customHeaders === null) return OPEN;
  const name = nameOf('custom-headers');
  const headers = configMap(cluster, customHeaders);
  if (headers === null) {
    const { holds, assumes } = presumeExists(cluster, `config-map:${customHeaders}`, msg('ingress.nginx.assume.headers', { name: customHeaders }));
    return holds ? { closed: null, assumes } : close(from, name, msg('ingress.nginx.closed.config-map', { name: customHeaders }));
  }
  const refused = Object.keys(headers).find((header) => !settings.allowedResponseHeaders.includes(header));
  return refused === undefined ? OPEN : close(from, name, msg('ingress.nginx.closed.header', { header: refused, key: 'global-allowed-response-headers' }));
}
