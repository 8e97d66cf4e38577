/** Settings of the AWS Load Balancer Controller for an Ingress: annotations, and the parameters of its class. */
import type { IngressClass } from '../../kinds/ingress-class/ingress-class-spec.ts';
import type { Ingress } from '../../kinds/ingress/ingress-spec.ts';
import type { ApiObject } from '../../kinds/kind.ts';
import type { Json, JsonObject, Manifests } from '../../manifests/document.ts';
import type { ObjectRef } from '../../manifests/object-ref.ts';
import type { FieldPath } from '../../manifests/source.ts';
import { CLASS_ANNOTATION } from '../controllers/claims.ts';
import { isObject, member, textOf, textsOf } from './loose-json.ts';

export const ALB_PREFIX = 'alb.ingress.kubernetes.io/';

/** An Ingress of the controller with the parameters of its class, which go before its annotations. */
export interface AlbIngress {
  readonly ingress: Ingress;
  /** `spec` of the IngressClassParams; null where the class has none or they were not pasted. */
  readonly params: JsonObject | null;
}

export function albIngress(ingress: Ingress, ingressClasses: ReadonlyMap<string, IngressClass>, manifests: Manifests): AlbIngress {
  if (ingress.metadata.annotations[CLASS_ANNOTATION] !== undefined || ingress.ingressClassName === null) return { ingress, params: null };
  const parameters = member(member(ingressClasses.get(ingress.ingressClassName)?.manifest?.value, 'spec'), 'parameters');
  const name = member(parameters, 'kind') === 'IngressClassParams' ? textOf(member(parameters, 'name')) : null;
  const found = name === null ? undefined : manifests.objects.find(({ ref }) => ref.kind === 'IngressClassParams' && ref.name === name);
  const spec = member(found?.value, 'spec');
  return { ingress, params: isObject(spec) ? spec : null };
}

export function albAnnotation({ metadata }: ApiObject, name: string): string | null {
  return metadata.annotations[`${ALB_PREFIX}${name}`] ?? null;
}

export function albPath(name: string): FieldPath {
  return ['metadata', 'annotations', `${ALB_PREFIX}${name}`];
}

export function albReason({ ref }: { readonly ref: ObjectRef }, name: string): { readonly object: ObjectRef; readonly path: FieldPath } {
  return { object: ref, path: albPath(name) };
}

/** A setting that the parameters of the class may fix for all its Ingresses; `param` is its name there. */
export function albSetting({ ingress, params }: AlbIngress, name: string, param: string): string | null {
  return textOf(member(params ?? undefined, param)) ?? albAnnotation(ingress, name);
}

/** An annotation of the Service goes before one of the Ingress. */
export function targetSetting({ ingress }: AlbIngress, service: ApiObject, name: string): string | null {
  return albAnnotation(service, name) ?? albAnnotation(ingress, name);
}

/** What the targets of a Service are: nodes or Pods. */
export function targetType(one: AlbIngress, service: ApiObject): string {
  return textOf(member(one.params ?? undefined, 'targetType')) ?? targetSetting(one, service, 'target-type') ?? 'instance';
}

/** `a, b` as a list. */
export function albList(one: AlbIngress, name: string, param: string): readonly string[] {
  const fixed: Json | undefined = member(one.params ?? undefined, param);
  if (fixed !== undefined) return textsOf(fixed);
  return (albAnnotation(one.ingress, name) ?? '').split(',').flatMap((text) => text.trim() || []);
}

/** `a=1,b=2` as its entries. */
export function albMap(text: string | null): ReadonlyMap<string, string> {
  const entries = (text ?? '').split(',').map((pair): [string, string] => {
    const [key = '', ...value] = pair.split('=');
    return [key.trim(), value.join('=').trim()];
  });
  return new Map(entries.filter(([key]) => key !== ''));
}
