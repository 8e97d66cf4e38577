import { analyse, playFirst } from './analysis-actions.ts';
import { redo, undo } from './document-actions.ts';
import { keepState, restoreState } from './keep-state.ts';
import { openLink, openPage, setHash } from './link-actions.ts';
import { useStore } from './store.ts';
import { adoptTheme } from './view-actions.ts';

/** What happens when the page opens: a link, else what this tab held before, else the first example plays by itself. */
export function start(): void {
  adoptTheme();
  forgetRevealedLines();
  keepState();
  undoByKeys();
  addEventListener('hashchange', () => void openLink(location.hash));
  addEventListener('popstate', () => openPage(location.hash));
  void open();
}

async function open(): Promise<void> {
  openPage(location.hash);
  if (await openLink(location.hash)) return;
  // What this tab held before may have stood on another page than the one that the address names now.
  if (await restoreState()) openPage(location.hash);
  else await playFirst();
}

/** An empty workspace, to paste into. */
export function startEmpty(): void {
  setHash('');
  useStore.setState({ brokenLink: null });
  analyse();
}

/** A field of the page keeps the browser's own undo, the editor calls `undo` itself. */
const OWN_UNDO = 'input:not([type="range"], [type="checkbox"], [type="radio"]), textarea, [contenteditable="true"]';

function undoByKeys(): void {
  addEventListener('keydown', (event) => {
    const way = undoKey(event);
    if (way === null || event.defaultPrevented || (event.target instanceof Element && event.target.closest(OWN_UNDO))) return;
    event.preventDefault();
    way();
  });
}

/** What the key asks for: Ctrl or Cmd with Z, with Shift and Z, or with Y. */
function undoKey({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): (() => void) | null {
  if (ctrlKey === metaKey || altKey) return null;
  if (key.toLowerCase() === 'z') return shiftKey ? redo : undo;
  return key === 'y' && ctrlKey ? redo : null;
}

/** Lines that somebody asked to see stay marked until the player moves on. */
function forgetRevealedLines(): void {
  useStore.subscribe((state, before) => {
    if (state.view.reveal !== null && state.playback.stop !== before.playback.stop) useStore.setState({ view: { ...state.view, reveal: null } });
  });
}
