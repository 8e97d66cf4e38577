/**
 * A reload loses nothing: once somebody has made the page their own, its state stands as a link in this tab's own
 * storage, which is gone with the tab. The address bar follows only where it holds a link already, because browsers
 * keep addresses and some carry them to other devices.
 */
import { currentHash, holdsLink, openLink, setHash } from './link-actions.ts';
import { useStore, type PodpathState } from './store.ts';

const KEY = 'podpath-state';
/** Changes wait this long; ms. */
const SETTLED = 600;
/** Longer addresses are cut off by other programs; the Share button makes them all the same. */
const LONGEST_ADDRESS = 60_000;

export function keepState(): void {
  let isOwn = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  useStore.subscribe((state, before) => {
    const isEdit = state.workspace !== before.workspace && state.workspace !== state.example;
    const isAnotherRequest = state.sent !== before.sent && before.sent !== null && state.workspace === before.workspace;
    isOwn ||= isEdit || isAnotherRequest;
    const isChange =
      state.workspace !== before.workspace || state.sent !== before.sent || state.playback.stop !== before.playback.stop || isAnotherView(state, before);
    if (!isChange || state.playback.status === 'playing' || (!isOwn && !holdsLink())) return;
    clearTimeout(timer);
    timer = setTimeout(() => void keep(), SETTLED);
  });
}

const isAnotherView = ({ view }: PodpathState, { view: before }: PodpathState) => view.page !== before.page || view.options !== before.options;

async function keep(): Promise<void> {
  try {
    const hash = await currentHash();
    if (holdsLink()) setHash(hash.length <= LONGEST_ADDRESS ? hash : '');
    sessionStorage.setItem(KEY, hash);
  } catch {
    // The worker died, which is told elsewhere, or the storage is full or refused: then a reload begins anew.
  }
}

/** True when this tab had a state before it was loaded again. */
export async function restoreState(): Promise<boolean> {
  let hash: string | null = null;
  try {
    hash = sessionStorage.getItem(KEY);
    // What cannot be restored must not come back for ever.
    sessionStorage.removeItem(KEY);
  } catch {
    return false;
  }
  return hash !== null && openLink(hash);
}
