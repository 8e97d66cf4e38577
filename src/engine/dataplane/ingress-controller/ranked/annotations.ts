/** Annotations of a controller that are not simulated are said, never passed over in silence. */
import { msg, type Message } from '../../../../catalogue/message.ts';
import type { Ingress } from '../../../kinds/ingress/ingress-spec.ts';
import type { Annotations } from './dialect.ts';

export function unfollowed({ prefix, followed }: Annotations, ingress: Ingress): readonly Message[] {
  return Object.keys(ingress.metadata.annotations)
    .filter((name) => name.startsWith(prefix) && !followed.has(name.slice(prefix.length)))
    .map((annotation) => msg('ingress.ranked.unfollowed', { annotation }));
}
