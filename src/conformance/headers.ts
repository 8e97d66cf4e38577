type Headers = Readonly<Record<string, string | readonly string[]>>;

const joined = (value: string | readonly string[]) => (typeof value === 'string' ? value : value.join(','));

/** By name in lower case; several values as one comma-joined string. */
export const headersByName = (headers: Headers | null | undefined): ReadonlyMap<string, string> =>
  new Map(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), joined(value)]));

/** White space never counts: `a, b` is `a,b` on the wire. */
export const isSameValue = (came: string, expected: string | readonly string[]): boolean => withoutSpace(came) === withoutSpace(joined(expected));

const withoutSpace = (text: string) => text.replace(/\s+/g, '');
