/** A page of the site. `path`, the map of one request, is where a visit begins; every other is loaded when it is opened. */
export type PageId = 'path' | 'findings' | 'compare' | 'rules' | 'policies' | 'exactness';

/** In the order of the navigation. */
export const PAGES: readonly PageId[] = ['path', 'findings', 'compare', 'rules', 'policies', 'exactness'];

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

/** `#compare` names a page. Null for what is none: an anchor somebody added, or a permalink. */
export function pageOfHash(hash: string): PageId | null {
  const id = hash.replace(/^#/, '');
  return isPage(id) ? id : null;
}
