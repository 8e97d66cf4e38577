/** How Gateway API objects name others: parents, backends, Secrets and CA bundles (S3.19, S3.20, S4.7.7, S4.7.8). */
import { msg } from '../../../catalogue/message.ts';
import type { RuleId } from '../../manifests/finding.ts';
import type { Field } from '../field.ts';
import { checkPortNumber } from '../field-rules.ts';
import { checkCount, GATEWAY_GROUP, type GroupKind, readRequiredText, readText } from './names.ts';

/** An object that another names, with the namespace filled in. */
export interface TargetRef extends GroupKind {
  readonly namespace: string;
  readonly name: string;
}

/** `spec.parentRefs[i]`: what a route attaches to. */
export interface ParentRef extends TargetRef {
  readonly sectionName: string | null;
  readonly port: number | null;
}

/** What a rule or a mirror forwards to. `port` is null only where the kind is no core Service. */
export interface BackendObjectRef extends TargetRef {
  readonly port: number | null;
}

export interface BackendRef extends BackendObjectRef {
  readonly weight: number;
}

/** `usual`: what stands for an unwritten group and kind, and the rule that says so; null where both must be written. */
export function readTargetRef(field: Field, namespace: string, usual: UsualKind | null): TargetRef {
  return {
    group: field.get('group').text() ?? (usual === null ? '' : field.get('group').default(usual.group, usual.rule)),
    kind: usual === null ? readRequiredText(field.get('kind'), 'S4.7.7') : readKind(field.get('kind'), usual),
    namespace: readText(field.get('namespace'), 'S4.7.7') ?? namespace,
    name: readRequiredText(field.get('name'), 'S4.7.7'),
  };
}

function readKind(field: Field, usual: UsualKind): string {
  return field.text() === null ? field.default(usual.kind, usual.rule) : (readText(field, 'S4.7.7') ?? '');
}

interface UsualKind extends GroupKind {
  readonly rule: RuleId;
}

export const USUAL_PARENT: UsualKind = { group: GATEWAY_GROUP, kind: 'Gateway', rule: 'S3.20' };
const USUAL_BACKEND: UsualKind = { group: '', kind: 'Service', rule: 'S3.19' };
export const USUAL_CERTIFICATE: UsualKind = { group: '', kind: 'Secret', rule: 'S12.12.1' };

export function readParentRefs(field: Field, namespace: string): readonly ParentRef[] {
  const refs = field.items().map((item): ParentRef => {
    const port = item.get('port').integer();
    if (port !== null) checkPortNumber(item.get('port'), port, 'S4.7.8');
    return { ...readTargetRef(item, namespace, USUAL_PARENT), sectionName: readText(item.get('sectionName'), 'S4.7.8'), port };
  });
  checkCount(field, refs.length, 32, 'S4.7.8');
  for (const [index, ref] of refs.entries()) {
    const twin = refs.findIndex((other) => isSameParent(other, ref) && isSameSection(other, ref));
    if (twin < index) field.item(index).reject('Invalid', 'S4.7.8', msg('rejection.gateway.parent-twice', { path: field.item(index).name }), field);
  }
  return refs;
}

function isSameParent(a: ParentRef, b: ParentRef): boolean {
  return a.group === b.group && a.kind === b.kind && a.namespace === b.namespace && a.name === b.name;
}

/** Two references to one parent both state the same fields, with different values. */
function isSameSection(a: ParentRef, b: ParentRef): boolean {
  const statesSame = (a.sectionName === null) === (b.sectionName === null) && (a.port === null) === (b.port === null);
  return !statesSame || (a.sectionName === b.sectionName && a.port === b.port);
}

export function readBackendObjectRef(field: Field, namespace: string): BackendObjectRef {
  const ref = readTargetRef(field, namespace, USUAL_BACKEND);
  const port = field.get('port').integer();
  if (port !== null) checkPortNumber(field.get('port'), port, 'S4.7.7');
  else if (ref.group === '' && ref.kind === 'Service')
    field.get('port').reject('Invalid', 'S4.7.7', msg('rejection.gateway.backend-port', { path: field.get('port').name }), field);
  return { ...ref, port };
}

export function readBackendRef(field: Field, namespace: string): BackendRef {
  const weight = field.get('weight').integer() ?? field.get('weight').default(1, 'S3.19');
  if (weight < 0 || weight > 1_000_000)
    field.get('weight').reject('Invalid', 'S4.7.7', msg('rejection.gateway.weight', { path: field.get('weight').name, value: weight }));
  return { ...readBackendObjectRef(field, namespace), weight };
}
