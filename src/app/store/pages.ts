/** A page of the site. `path`, the map of one request, is where a visit begins; every other is loaded when it is opened. */
export type PageId = 'path' | 'findings' | 'compare' | 'rules' | 'policies' | 'failures' | 'exactness';

/** In the order of the navigation. */
export const PAGES: readonly PageId[] = ['path', 'findings', 'compare', 'rules', 'policies', 'failures', 'exactness'];

/** Pages that can be presented: shown large in the frame of `src/app/present`. */
export const PRESENTABLE: ReadonlySet<PageId> = new Set<PageId>(['path', 'compare']);

/**
 * What a page wants a link to hold beside texts, request and step: a few short strings by name, which only the page
 * itself understands. From a link they are untrusted like everything else.
 */
export type PageOptions = Readonly<Record<string, string>>;

export function isPage(id: string): id is PageId {
  return PAGES.some((page) => page === id);
}

/** The option that the address of a page may name behind it: `#failures/selector-matches-no-pods`. */
const NAMED: Readonly<Partial<Record<PageId, string>>> = { failures: 'code' };

/** The address of a page within the site, as a fragment. */
export function addressOf(page: PageId, options: PageOptions = {}): string {
  const named = options[NAMED[page] ?? ''];
  return named === undefined ? `#${page}` : `#${page}/${named}`;
}

/** `#compare` names a page. Null for what is none: an anchor somebody added, or a permalink. What is named behind it is untrusted. */
export function pageOfHash(hash: string): { readonly page: PageId; readonly options: PageOptions | null } | null {
  const [, id = '', named] = /^#?([a-z]+)(?:\/([a-z0-9-]{1,80}))?$/.exec(hash) ?? [];
  if (!isPage(id)) return null;
  const option = NAMED[id];
  return { page: id, options: option === undefined ? null : named === undefined ? {} : { [option]: named } };
}
