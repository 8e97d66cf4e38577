/**
 * Which location of a server takes a path. Two worlds: nginx's own exact and prefix locations (S10.6), or, as soon as
 * one Ingress of the host uses regular expressions or a rewrite, regular expressions for every path (S10.7).
 */
import type { Annotations } from './annotations.ts';
import type { Location, Server } from './configuration.ts';
import type { Match, Pattern } from '../../proxy/regex/pattern.ts';
import { compilePattern } from '../../proxy/regex/pattern.ts';

/** Locations as nginx has them: a Prefix path stands for itself exactly and for what is below it. */
export interface Entry {
  readonly location: Location;
  readonly path: string;
  readonly exact: boolean;
}

export interface LocationTable {
  /** Every path is a regular expression, and the location that makes it so. */
  readonly regexBecauseOf: Location | null;
  /** In the order in which regular expressions are tried; otherwise longest first. */
  readonly entries: readonly Entry[];
  readonly exact: ReadonlyMap<string, Entry>;
  readonly prefix: ReadonlyMap<string, Entry>;
  /** Compiled on first use. */
  readonly patternOf: (entry: Entry) => Pattern;
}

export type LocationChoice =
  | { readonly kind: 'location'; readonly entry: Entry; readonly by: 'exact' | 'prefix' | 'regex' }
  /** Only `/p/` exists and the request is `/p`: nginx adds the slash by a redirect. */
  | { readonly kind: 'add-slash'; readonly entry: Entry }
  | { readonly kind: 'none' };

const memo = new WeakMap<Server, LocationTable>();

export function locationTable(server: Server): LocationTable {
  let table = memo.get(server);
  if (table === undefined) memo.set(server, (table = build(server.locations)));
  return table;
}

export function chooseLocation(table: LocationTable, uri: string): LocationChoice {
  if (table.regexBecauseOf !== null) {
    const entry = table.entries.find((candidate) => matchPath(table, candidate, uri).kind === 'match');
    return entry === undefined ? { kind: 'none' } : { kind: 'location', entry, by: 'regex' };
  }
  const exact = table.exact.get(uri);
  if (exact !== undefined) return { kind: 'location', entry: exact, by: 'exact' };
  const slashed = table.prefix.get(`${uri}/`);
  if (slashed !== undefined) return { kind: 'add-slash', entry: slashed };
  // Every prefix location ends in a slash, so only those cuts of the path can be one.
  for (let end = uri.lastIndexOf('/'); end >= 0; end = end === 0 ? -1 : uri.lastIndexOf('/', end - 1)) {
    const entry = table.prefix.get(uri.slice(0, end + 1));
    if (entry !== undefined) return { kind: 'location', entry, by: 'prefix' };
  }
  return { kind: 'none' };
}

/** The path's regular expression on the request: case is ignored, and it need only match from the start. */
export function matchPath(table: LocationTable, entry: Entry, uri: string): Match {
  return table.patternOf(entry).search(uri);
}

export function needsRewrite(annotations: Annotations, path: string): boolean {
  return annotations.rewriteTarget !== '' && annotations.rewriteTarget !== path;
}

function usesRegex({ from, bare }: Location, path: string): boolean {
  return from !== null && !bare && (from.annotations.useRegex || needsRewrite(from.annotations, path));
}

function build(locations: readonly Location[]): LocationTable {
  // S10.7: by path descending, then by length; both sorts are stable.
  const sorted = [...locations].sort((a, b) => (a.path === b.path ? 0 : a.path < b.path ? 1 : -1)).sort((a, b) => b.path.length - a.path.length);
  const entries = expand(sorted);
  const exact = new Map<string, Entry>();
  const prefix = new Map<string, Entry>();
  for (const entry of entries) {
    const table = entry.exact ? exact : prefix;
    if (!table.has(entry.path)) table.set(entry.path, entry);
  }
  const patterns = new Map<Entry, Pattern>();
  const patternOf = (entry: Entry): Pattern => {
    let pattern = patterns.get(entry);
    if (pattern === undefined) patterns.set(entry, (pattern = compilePattern(`^${entry.path}`, { ignoreCase: true })));
    return pattern;
  };
  const regexBecauseOf = entries.find(({ location, path }) => usesRegex(location, path))?.location ?? null;
  return { regexBecauseOf, entries, exact, prefix, patternOf };
}

/** S10.6: a Prefix `/p` becomes `/p/`, and `/p` exactly unless an Exact path is there already. */
function expand(sorted: readonly Location[]): readonly Entry[] {
  const exactPaths = new Set(sorted.filter(({ type }) => type === 'Exact').map(({ path }) => path));
  return sorted.flatMap((location): Entry[] => {
    const { path, type } = location;
    if (type === 'Exact') return [{ location, path, exact: true }];
    if (path === '/' || usesRegex(location, path)) return [{ location, path, exact: false }];
    const below: Entry = { location, path: path.endsWith('/') ? path : `${path}/`, exact: false };
    return exactPaths.has(path) ? [below] : [below, { location, path, exact: true }];
  });
}
