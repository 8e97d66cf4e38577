/** What a controller leaves unread of an Ingress, and in whose place it runs: said, so that nobody looks for its effect. */
import { msg, type Message } from '../../../catalogue/message.ts';
import type { Controller } from '../../cluster/cluster.ts';
import { KNOWN_CONTROLLERS } from '../../cluster/controllers/known.ts';
import type { Ingress } from '../../kinds/ingress/ingress-spec.ts';

/** Annotations of other products do nothing (S10.26): one sentence for each product. */
export function foreignAnnotations({ name, implementation }: Controller, product: string, ingress: Ingress): readonly Message[] {
  return KNOWN_CONTROLLERS.flatMap((owner): readonly Message[] => {
    const isOwn = owner.name === name || (owner.implementation !== 'generic' && owner.implementation === implementation);
    if (owner.annotations === null || isOwn) return [];
    const annotations = Object.keys(ingress.metadata.annotations).filter((key) => key.startsWith(owner.annotations!));
    return annotations.length === 0 ? [] : [msg('ingress.foreign', { product, annotations, owner: owner.name })];
  });
}

export function inWhosePlace({ standIn }: Controller, product: string): readonly Message[] {
  return standIn === null ? [] : [msg('ingress.stands-in', { product, replaced: standIn.name })];
}
