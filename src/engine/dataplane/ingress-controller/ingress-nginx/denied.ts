/** Locations that ingress-nginx closes (503) because an annotation of their Ingress cannot be followed. */
import { msg } from '../../../../catalogue/message.ts';
import { nameKey } from '../../../manifests/object-ref.ts';
import { annotationReason } from '../route.ts';
import type { Answer } from './answers.ts';
import { configMap } from './config-map.ts';
import type { Location } from './configuration.ts';
import type { Handling } from './handling.ts';

/** Null when the location is open. */
export function deniedLocation({ cluster, settings }: Handling, { from }: Location): Answer | null {
  if (from === null) return null;
  const { ingress, annotations } = from;
  const closed = (annotation: string, why: Answer['why']): Answer => ({
    status: 503,
    title: msg('ingress.nginx.title.closed'),
    why,
    rules: ['S10.25'],
    because: [annotationReason(ingress, annotation)],
  });
  if (annotations.denied !== null) return closed(annotations.denied, msg('ingress.nginx.closed.value', { annotation: annotations.denied }));
  if (annotations.basicAuth !== null) {
    const { secret } = annotations.basicAuth;
    const key = secret.includes('/') ? secret : nameKey(ingress.ref.namespace, secret);
    if (!cluster.secrets.has(key)) return closed(annotations.nameOf('auth-secret'), msg('ingress.nginx.closed.secret', { secret: key }));
  }
  if (annotations.customHeaders === null) return null;
  const name = annotations.nameOf('custom-headers');
  const headers = configMap(cluster, annotations.customHeaders);
  if (headers === null) return closed(name, msg('ingress.nginx.closed.config-map', { name: annotations.customHeaders }));
  const refused = Object.keys(headers).find((header) => !settings.allowedResponseHeaders.includes(header));
  return refused === undefined ? null : closed(name, msg('ingress.nginx.closed.header', { header: refused, key: 'global-allowed-response-headers' }));
}
