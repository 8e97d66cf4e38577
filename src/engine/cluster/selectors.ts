/**
 * Label selectors, one by one and all Services of a cluster at once.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/
 */
export type Labels = Readonly<Record<string, string>>;

export function matchesLabels(labels: Labels, wanted: Labels): boolean {
  for (const key in wanted) if (labels[key] !== wanted[key]) return false;
  return true;
}

/** Operators of label selectors and of node affinity; `Gt` and `Lt` compare integers. An unknown operator matches nothing. */
export function matchesExpression(
  labels: Labels,
  expression: { readonly key: string; readonly operator: string; readonly values: readonly string[] },
): boolean {
  // `constructor` is a label like another, and every object has one.
  const value = Object.hasOwn(labels, expression.key) ? labels[expression.key] : undefined;
  switch (expression.operator) {
    case 'In':
      return value !== undefined && expression.values.includes(value);
    case 'NotIn':
      return value === undefined || !expression.values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
      return value !== undefined && Number(value) > Number(expression.values[0]);
    case 'Lt':
      return value !== undefined && Number(value) < Number(expression.values[0]);
    default:
      return false;
  }
}

interface Selecting {
  readonly namespace: string;
  readonly selector: Labels;
}

interface Labelled {
  readonly namespace: string;
  readonly labels: Labels;
}

/** Between the parts of a joined key; cannot occur in a label. */
const JOIN = '\u0000';

/**
 * For each selector, in order, the positions of the things of its namespace that it matches. Selectors are indexed on
 * their whole key set, and things are grouped by the keys they have, so each thing is looked up once per key set that
 * it can satisfy, instead of being compared with every selector.
 */
export function selectAll(selecting: readonly Selecting[], labelled: readonly Labelled[]): readonly (readonly number[])[] {
  const found: number[][] = selecting.map(() => []);
  const tables = new Map<string, Map<string, { readonly keys: readonly string[]; readonly byValues: Map<string, number[]> }>>();
  for (const [index, { namespace, selector }] of selecting.entries()) {
    const keys = Object.keys(selector).sort();
    let sets = tables.get(namespace);
    if (sets === undefined) tables.set(namespace, (sets = new Map()));
    const id = keys.join(JOIN);
    let set = sets.get(id);
    if (set === undefined) sets.set(id, (set = { keys, byValues: new Map() }));
    const values = keys.map((key) => selector[key]!).join(JOIN);
    const same = set.byValues.get(values);
    if (same === undefined) set.byValues.set(values, [index]);
    else same.push(index);
  }
  const fitting = new Map<string, readonly { readonly keys: readonly string[]; readonly byValues: ReadonlyMap<string, readonly number[]> }[]>();
  for (const [index, { namespace, labels }] of labelled.entries()) {
    const sets = tables.get(namespace);
    if (sets === undefined) continue;
    const shape = namespace + JOIN + JOIN + Object.keys(labels).join(JOIN);
    let fits = fitting.get(shape);
    if (fits === undefined) {
      fits = [...sets.values()].filter((set) => set.keys.every((key) => Object.hasOwn(labels, key)));
      fitting.set(shape, fits);
    }
    for (const { keys, byValues } of fits) {
      const [only] = keys;
      const values = keys.length === 1 ? labels[only!]! : keys.map((key) => labels[key]!).join(JOIN);
      const matching = byValues.get(values);
      if (matching !== undefined) for (const selector of matching) found[selector]!.push(index);
    }
  }
  return found;
}
