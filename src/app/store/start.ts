import { analyse, playFirst } from './analysis-actions.ts';
import { followInAddressBar, openLink } from './link-actions.ts';
import { useStore } from './store.ts';
import { adoptTheme } from './view-actions.ts';

/** What happens when the page opens: a link is opened, or else the first example plays by itself. */
export function start(): void {
  adoptTheme();
  forgetRevealedLines();
  followInAddressBar();
  addEventListener('hashchange', () => void openLink(location.hash));
  void openLink(location.hash).then((isOpen) => {
    if (!isOpen) void playFirst();
  });
}

/** An empty workspace, to paste into. */
export function startEmpty(): void {
  history.replaceState(null, '', location.pathname + location.search);
  useStore.setState({ brokenLink: null });
  analyse();
}

/** Lines that somebody asked to see stay marked until the player moves on. */
function forgetRevealedLines(): void {
  useStore.subscribe((state, before) => {
    if (state.view.reveal !== null && state.playback.stop !== before.playback.stop) useStore.setState({ view: { ...state.view, reveal: null } });
  });
}
