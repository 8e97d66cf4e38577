/** Which Ingresses a controller takes for its own (S9.2, S10.1). */
import { msg, type Message } from '../../../catalogue/message.ts';
import type { IngressClass } from '../../kinds/ingress-class/ingress-class-spec.ts';
import type { Ingress } from '../../kinds/ingress/ingress-spec.ts';
import type { RuleId } from '../../manifests/finding.ts';
import type { ClaimRules, RunningController } from './running.ts';

export const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';

export interface Refusal {
  readonly why: Message;
  readonly rule: RuleId;
}

/** Null when the controller claims it. */
export function whyNotClaimed(
  { name, claims }: Pick<RunningController, 'name' | 'claims'>,
  ingress: Ingress,
  classes: ReadonlyMap<string, IngressClass>,
): Refusal | null {
  const { ingressClassName } = ingress;
  if (claims.namespaces !== null && !claims.namespaces.includes(ingress.ref.namespace)) {
    return { why: msg('cluster.claim.namespace', { controller: name, namespace: claims.namespaces }), rule: 'S10.1' };
  }
  const annotation = ingress.metadata.annotations[CLASS_ANNOTATION];
  const isOwn = annotation !== undefined && (annotation === claims.legacyClass || claims.alsoClasses?.includes(annotation) === true);
  if (claims.readsAnnotationOnly === true && annotation === undefined && ingressClassName !== null)
    return { why: msg('cluster.claim.annotation-only', { controller: name }), rule: 'S8.3.2' };
  const { classNames } = claims;
  if (classNames?.count === 'any') {
    const wanted = annotation ?? ingressClassName;
    if (wanted === null) return withoutClass(name, claims);
    return classNames.names.includes(wanted)
      ? null
      : { why: msg('cluster.claim.class-name', { controller: name, class: wanted, own: classNames.names }), rule: 'S11.1' };
  }
  const named = ingressClassName === null || claims.readsAnnotationOnly === true ? undefined : classes.get(ingressClassName);
  if (named !== undefined) return whyNotServed(name, claims, named);
  // The annotation is compared with the controller's own class name and never looked up; it also counts where the named class is missing.
  if (annotation !== undefined) {
    if (isOwn) return null;
    return { why: msg('cluster.claim.annotation', { class: annotation, controller: name, own: claims.legacyClass }), rule: 'S10.1' };
  }
  if (ingressClassName !== null) return { why: msg('cluster.claim.class-missing', { class: ingressClassName }), rule: 'S9.2' };
  return withoutClass(name, claims);
}

function withoutClass(controller: string, claims: ClaimRules): Refusal | null {
  return claims.withoutClass ? null : { why: msg('cluster.claim.no-class', { controller }), rule: 'S10.1' };
}

function whyNotServed(controller: string, claims: ClaimRules, { ref, controller: owner }: IngressClass): Refusal | null {
  const { classNames, controllerString } = claims;
  const isNamed = classNames !== null && classNames.names.includes(ref.name);
  if (classNames?.count === 'also' && isNamed) return null;
  if (!isStringOf(controllerString, owner))
    return { why: msg('cluster.claim.other-controller', { class: ref.name, owner, own: controllerString }), rule: 'S9.2' };
  return classNames?.count !== 'only' || isNamed
    ? null
    : { why: msg('cluster.claim.class-name', { controller, class: ref.name, own: classNames.names }), rule: 'S11.1' };
}

/** Whether the Ingresses of this class are its own. */
export function servesClass(claims: ClaimRules, ingressClass: IngressClass): boolean {
  return claims.classNames?.count === 'any' ? claims.classNames.names.includes(ingressClass.ref.name) : whyNotServed('', claims, ingressClass) === null;
}

/** Projects that run several controllers write a name of each behind a string of their own. */
function isStringOf(own: string, written: string): boolean {
  return written === own || (own.endsWith('/') && written.startsWith(own));
}

/** The class that an Ingress asks for, by field or by annotation; null when it names none. */
export function wantedClass(ingress: Ingress): string | null {
  return ingress.ingressClassName ?? ingress.metadata.annotations[CLASS_ANNOTATION] ?? null;
}
