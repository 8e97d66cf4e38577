import { analyse, playFirst } from './analysis-actions.ts';
import { keepState, restoreState } from './keep-state.ts';
import { openLink, openPage, setHash } from './link-actions.ts';
import { useStore } from './store.ts';
import { adoptTheme } from './view-actions.ts';

/** What happens when the page opens: a link, else what this tab held before, else the first example plays by itself. */
export function start(): void {
  adoptTheme();
  forgetRevealedLines();
  keepState();
  addEventListener('hashchange', () => void openLink(location.hash));
  addEventListener('popstate', () => openPage(location.hash));
  void open();
}

async function open(): Promise<void> {
  openPage(location.hash);
  if (!(await openLink(location.hash)) && !(await restoreState())) await playFirst();
}

/** An empty workspace, to paste into. */
export function startEmpty(): void {
  setHash('');
  useStore.setState({ brokenLink: null });
  analyse();
}

/** Lines that somebody asked to see stay marked until the player moves on. */
function forgetRevealedLines(): void {
  useStore.subscribe((state, before) => {
    if (state.view.reveal !== null && state.playback.stop !== before.playback.stop) useStore.setState({ view: { ...state.view, reveal: null } });
  });
}
