/** Which Ingresses a controller takes for its own (S9.2, S10.1). */
import { msg, type Message } from '../../../catalogue/message.ts';
import type { IngressClass } from '../../kinds/ingress-class/ingress-class-spec.ts';
import type { Ingress } from '../../kinds/ingress/ingress-spec.ts';
import type { RuleId } from '../../manifests/finding.ts';
import { flagValue, type RunningController } from './running.ts';

export const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';

export interface Refusal {
  readonly why: Message;
  readonly rule: RuleId;
}

/** Null when the controller claims it. */
export function whyNotClaimed(
  controller: Pick<RunningController, 'name' | 'controllerString' | 'legacyClass' | 'alsoClasses' | 'readsAnnotationOnly' | 'watchesWithoutClass' | 'args'>,
  ingress: Ingress,
  classes: ReadonlyMap<string, IngressClass>,
): Refusal | null {
  const { ingressClassName } = ingress;
  const watched = flagValue(controller.args, 'watch-namespace');
  if (watched !== null && watched !== '' && watched !== ingress.ref.namespace) {
    return { why: msg('cluster.claim.namespace', { controller: controller.name, namespace: watched }), rule: 'S10.1' };
  }
  const annotation = ingress.metadata.annotations[CLASS_ANNOTATION];
  const isOwn = annotation !== undefined && (annotation === controller.legacyClass || controller.alsoClasses?.includes(annotation) === true);
  if (controller.readsAnnotationOnly === true && annotation === undefined && ingressClassName !== null)
    return { why: msg('cluster.claim.annotation-only', { controller: controller.name }), rule: 'S8.3.2' };
  const named = ingressClassName === null || controller.readsAnnotationOnly === true ? undefined : classes.get(ingressClassName);
  if (named !== undefined) {
    if (named.controller === controller.controllerString) return null;
    return { why: msg('cluster.claim.other-controller', { class: named.ref.name, owner: named.controller, own: controller.controllerString }), rule: 'S9.2' };
  }
  // The annotation is compared with the controller's own class name and never looked up; it also counts where the named class is missing.
  if (annotation !== undefined) {
    if (isOwn) return null;
    return { why: msg('cluster.claim.annotation', { class: annotation, controller: controller.name, own: controller.legacyClass }), rule: 'S10.1' };
  }
  if (ingressClassName !== null) return { why: msg('cluster.claim.class-missing', { class: ingressClassName }), rule: 'S9.2' };
  if (controller.watchesWithoutClass) return null;
  return { why: msg('cluster.claim.no-class', { controller: controller.name }), rule: 'S10.1' };
}

/** The class that an Ingress asks for, by field or by annotation; null when it names none. */
export function wantedClass(ingress: Ingress): string | null {
  return ingress.ingressClassName ?? ingress.metadata.annotations[CLASS_ANNOTATION] ?? null;
}
