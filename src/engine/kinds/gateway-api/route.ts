/** What the kinds of routes share in reading, and the references they all have. */
import { msg } from '../../../catalogue/message.ts';
import type { FieldPath } from '../../manifests/source.ts';
import type { Field } from '../field.ts';
import type { ApiObject, Reference } from '../kind.ts';
import type { FilterType, RouteFilter } from './filter-spec.ts';
import { readFilters } from './filters.ts';
import { checkCount, GATEWAY_GROUP, readHostname, readText, requireItems } from './names.ts';
import { type BackendObjectRef, readBackendRef, readParentRefs, type TargetRef } from './references.ts';
import type { RouteBase, RouteRule } from './route-spec.ts';

/** The rules and hostnames of one kind, as its CRD bounds them. */
export interface RouteShape<R extends RouteRule> {
  /** Null: the kind has no hostnames. */
  readonly hostnames: { readonly max: number; readonly isRequired: boolean; readonly ip: 'pattern-only' | 'refused' } | null;
  readonly maxRules: number;
  /** Whether a list of rules that is written must hold one. */
  readonly mustHoldRules: boolean;
  /** Rules that the API server fills in where none is written; null: it does not. */
  readonly usualRules: readonly R[] | null;
  readonly readRule: (field: Field, namespace: string) => R;
}

export function readRoute<R extends RouteRule>(root: Field, base: ApiObject, shape: RouteShape<R>): RouteBase<R> {
  const { namespace } = base.ref;
  const spec = root.get('spec');
  const rulesField = spec.get('rules');
  const items = rulesField.items();
  if (rulesField.isSet ? shape.mustHoldRules : shape.usualRules === null) requireItems(rulesField, 'S4.7.1');
  checkCount(rulesField, items.length, shape.maxRules, shape.maxRules === 1 ? 'S4.7.13' : 'S4.7.1');
  const rules = rulesField.isSet ? items.map((item) => shape.readRule(item, namespace)) : (shape.usualRules ?? []);
  for (const [index, { name }] of rules.entries()) {
    // Only the experimental CRD refuses this; the text of the API forbids it.
    if (name !== null && rules.findIndex((rule) => rule.name === name) < index) {
      const at = rulesField.item(index).get('name');
      at.note('route-rule-name-twice', 'warning', ['S4.7.1'], msg('rejection.gateway.note.rule-name-twice', { path: at.name, name }));
    }
  }
  return {
    ...base,
    parentRefs: readParentRefs(spec.get('parentRefs'), namespace),
    hostnames: shape.hostnames === null ? [] : readHostnames(spec.get('hostnames'), shape.hostnames),
    rules,
  };
}

function readHostnames(field: Field, { max, isRequired, ip }: NonNullable<RouteShape<RouteRule>['hostnames']>): readonly string[] {
  const items = field.items();
  if (isRequired) requireItems(field, 'S4.7.13');
  checkCount(field, items.length, max, isRequired ? 'S4.7.13' : 'S4.7.1');
  return items.flatMap((item) => readHostname(item, ip, field) ?? []);
}

/** A rule that only forwards, as those of TLSRoute, TCPRoute and UDPRoute. */
export function readForwardingRule(field: Field, namespace: string): RouteRule {
  const refs = field.get('backendRefs');
  requireItems(refs, 'S4.7.13');
  return { name: readText(field.get('name'), 'S4.7.1'), filters: [], backendRefs: readBackendRefs(refs, namespace, []) };
}

export function readBackendRefs(field: Field, namespace: string, filterTypes: readonly FilterType[]): RouteRule['backendRefs'] {
  const items = field.items();
  checkCount(field, items.length, 16, 'S4.7.1');
  return items.map((item) => ({
    ...readBackendRef(item, namespace),
    filters: filterTypes.length === 0 ? [] : readFilters(item.get('filters'), namespace, filterTypes),
  }));
}

/** A reference to a backend and where it stands. */
export interface PlacedBackend {
  /** `['spec', 'rules', 0, 'backendRefs', 1]`, or the `backendRef` of a mirror or of an authorizer. */
  readonly path: FieldPath;
  readonly ref: BackendObjectRef;
  /** Null for what filters name. */
  readonly weight: number | null;
}

/** Everything that the rules of a route send requests to, copies included. */
export function backendsOf(route: RouteBase): readonly PlacedBackend[] {
  return route.rules.flatMap((rule, i) => {
    const at: FieldPath = ['spec', 'rules', i];
    return [
      ...filterBackends(rule.filters, [...at, 'filters']),
      ...rule.backendRefs.flatMap((ref, j) => [
        { path: [...at, 'backendRefs', j], ref, weight: ref.weight },
        ...filterBackends(ref.filters, [...at, 'backendRefs', j, 'filters']),
      ]),
    ];
  });
}

function filterBackends(filters: readonly RouteFilter[], at: FieldPath): readonly PlacedBackend[] {
  return filters.flatMap((filter, index) => {
    if (filter.type === 'RequestMirror') return [{ path: [...at, index, 'requestMirror', 'backendRef'], ref: filter.backendRef, weight: null }];
    if (filter.type === 'ExternalAuth') return [{ path: [...at, index, 'externalAuth', 'backendRef'], ref: filter.backendRef, weight: null }];
    return [];
  });
}

export function routeReferences(route: RouteBase): readonly Reference[] {
  return [
    ...route.parentRefs.flatMap((ref, index) => referenceTo(ref, ['spec', 'parentRefs', index])),
    ...backendsOf(route).flatMap(({ ref, path }) => referenceTo(ref, path)),
  ];
}

/** Kinds of other groups are not read, so nothing leads to them. */
export function referenceTo({ group, kind, namespace, name }: TargetRef, path: FieldPath): readonly Reference[] {
  const isRead = (group === '' && CORE.has(kind)) || (group === GATEWAY_GROUP && PARENTS.has(kind));
  return isRead && name !== '' ? [{ path: [...path, 'name'], to: { kind, namespace, name } }] : [];
}

const CORE: ReadonlySet<string> = new Set(['Service', 'Secret', 'ConfigMap']);
const PARENTS: ReadonlySet<string> = new Set(['Gateway', 'ListenerSet']);
