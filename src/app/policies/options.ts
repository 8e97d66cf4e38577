import type { PageOptions } from '../store/pages.ts';
import { useStore } from '../store/store.ts';

/** What the page shows, as far as a link holds it. */
export interface Options {
  readonly show: 'lanes' | 'matrix';
  /** Id of the group whose lanes are shown; null for the usual one. */
  readonly of: string | null;
  /** The chosen cell of the matrix, by the ids of its groups. */
  readonly cell: { readonly from: string; readonly to: string } | null;
}

/** From a link anything may come; what is no option counts as none. */
export function readOptions(options: PageOptions | undefined): Options {
  const { show, of, from, to } = options ?? {};
  return {
    show: show === 'matrix' ? 'matrix' : 'lanes',
    of: of ?? null,
    cell: from === undefined || to === undefined ? null : { from, to },
  };
}

export function changeOptions(change: Partial<Options>): void {
  useStore.setState(({ view }) => {
    const { show, of, cell } = { ...readOptions(view.options.policies), ...change };
    const next: PageOptions = { ...(show === 'matrix' && { show }), ...(of !== null && { of }), ...cell };
    return { view: { ...view, options: { ...view.options, policies: next } } };
  });
}
