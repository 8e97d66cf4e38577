import { useEffect, type RefObject } from 'react';
import { isPageKey } from '../ui/page-keys.ts';

/** Of the rows that were seen, what is still seen after a page down; px. */
const OVERLAP = 40;
const ROW = 120;

/**
 * While the table is presented, one key leads through it: on to the next column, from the last one to the next rows, and
 * back the same way. The table stands in what scrolls.
 */
export function useColumnKeys(table: RefObject<HTMLTableElement | null>, isOn: boolean): void {
  useEffect(() => {
    if (!isOn) return;
    const press = (event: KeyboardEvent) => {
      const act = KEYS[event.key];
      const view = table.current?.parentElement;
      const isMeant = event.key === ' ' && event.target instanceof HTMLButtonElement && event.target.matches(':focus-visible');
      if (act === undefined || !view || isMeant || !isPageKey(event)) return;
      event.preventDefault();
      act(view, table.current!);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [table, isOn]);
}

type Act = (view: HTMLElement, table: HTMLTableElement) => void;

/** Where the view stands when a column begins right behind the labels. */
function beginnings(table: HTMLTableElement): readonly number[] {
  const [corner, ...heads] = table.tHead?.rows[0]?.cells ?? [];
  return heads.map((head) => head.offsetLeft - (corner?.offsetWidth ?? 0));
}

const pageOf = (view: HTMLElement, table: HTMLTableElement) => view.clientHeight - (table.tHead?.offsetHeight ?? 0) - OVERLAP;

const on: Act = (view, table) => {
  const end = view.scrollWidth - view.clientWidth;
  const next = view.scrollLeft < end - 1 ? beginnings(table).find((left) => left > view.scrollLeft + 1) : undefined;
  if (next !== undefined) view.scrollTo({ left: next });
  else if (view.scrollTop < view.scrollHeight - view.clientHeight - 1) view.scrollTo({ left: 0, top: view.scrollTop + pageOf(view, table) });
};

const back: Act = (view, table) => {
  const before = beginnings(table).findLast((left) => left < view.scrollLeft - 1);
  if (before !== undefined) view.scrollTo({ left: before });
  else if (view.scrollTop > 0) view.scrollTo({ left: view.scrollWidth, top: view.scrollTop - pageOf(view, table) });
};

const KEYS: Readonly<Record<string, Act>> = {
  ArrowRight: on,
  PageDown: on,
  ' ': on,
  ArrowLeft: back,
  PageUp: back,
  ArrowDown: (view) => view.scrollBy({ top: ROW }),
  ArrowUp: (view) => view.scrollBy({ top: -ROW }),
  Home: (view) => view.scrollTo({ left: 0, top: 0 }),
  End: (view) => view.scrollTo({ left: 0, top: view.scrollHeight }),
};
