/** Which server of nginx takes a host: precise name, then wildcard, then the catch-all (S10.4). */
import { wildcardOf } from '../../proxy/host.ts';
import type { Configuration, Server } from './configuration.ts';
import { CATCH_ALL } from './configuration.ts';
import type { Pattern } from '../../proxy/regex/pattern.ts';
import { compilePattern } from '../../proxy/regex/pattern.ts';

export type ServerChoice =
  | { readonly kind: 'server'; readonly server: Server; readonly by: 'name' | 'alias' | 'wildcard' | 'catch-all' }
  /** The `www` twin of a server: it only sends the client there. */
  | { readonly kind: 'twin'; readonly server: Server; readonly from: string };

export interface ServerNames {
  /** Precise aliases, by name. */
  readonly aliases: ReadonlyMap<string, Server>;
  /** Aliases that begin with `*.`: for nginx itself these cover any number of labels. */
  readonly suffixes: readonly { readonly suffix: string; readonly server: Server }[];
  readonly patterns: readonly { readonly pattern: Pattern; readonly server: Server }[];
  readonly redirects: ReadonlyMap<string, { readonly from: string; readonly server: Server }>;
}

const memo = new WeakMap<Configuration, ServerNames>();

export function serverNames(configuration: Configuration): ServerNames {
  let names = memo.get(configuration);
  if (names === undefined) memo.set(configuration, (names = build(configuration)));
  return names;
}

export function chooseServer(configuration: Configuration, host: string): ServerChoice {
  const { servers } = configuration;
  const named = host === CATCH_ALL || host.startsWith('*.') ? undefined : servers.get(host);
  if (named !== undefined) return { kind: 'server', server: named, by: 'name' };
  const names = serverNames(configuration);
  const twin = names.redirects.get(host);
  if (twin !== undefined) return { kind: 'twin', ...twin };
  const alias = names.aliases.get(host) ?? names.suffixes.find(({ suffix }) => host.endsWith(suffix) && host.length > suffix.length)?.server;
  if (alias !== undefined) return { kind: 'server', server: alias, by: 'alias' };
  const wildcard = wildcardOf(host);
  const wild = wildcard === null ? undefined : servers.get(wildcard);
  if (wild !== undefined) return { kind: 'server', server: wild, by: 'wildcard' };
  const matching = names.patterns.find(({ pattern }) => pattern.search(host).kind === 'match')?.server;
  if (matching !== undefined) return { kind: 'server', server: matching, by: 'alias' };
  return { kind: 'server', server: servers.get(CATCH_ALL)!, by: 'catch-all' };
}

function build({ servers }: Configuration): ServerNames {
  const sorted = [...servers.values()].filter(({ aliases, fromToWww }) => aliases.length > 0 || fromToWww).sort((a, b) => (a.host < b.host ? -1 : 1));
  const aliases = new Map<string, Server>();
  const suffixes: { suffix: string; server: Server }[] = [];
  const patterns: { pattern: Pattern; server: Server }[] = [];
  const redirects = new Map<string, { from: string; server: Server }>();
  for (const server of sorted) {
    for (const alias of server.aliases) {
      if (alias.startsWith('~')) patterns.push({ pattern: compilePattern(alias.slice(1), { ignoreCase: true }), server });
      else if (alias.startsWith('*.')) suffixes.push({ suffix: alias.slice(1), server });
      else if (!aliases.has(alias)) aliases.set(alias, server);
    }
    if (!server.fromToWww) continue;
    const from = server.host.startsWith('www.') ? server.host.slice(4) : `www.${server.host}`;
    if (!servers.has(from)) redirects.set(from, { from, server });
  }
  suffixes.sort((a, b) => b.suffix.length - a.suffix.length);
  return { aliases, suffixes, patterns, redirects };
}
