import { msg, type Message } from '../../catalogue/message.ts';
import { decodePermalink, encodePermalink, type PermalinkProblem } from '../../permalink/codec.ts';
import { NO_MEMORY } from '../../engine/index.ts';
import { analyse, engine } from './analysis-actions.ts';
import { takeTyping } from './document-actions.ts';
import { useStore } from './store.ts';

/** Changes wait this long before they enter the address bar; ms. */
const SETTLED = 600;
/** Longer addresses are slow to copy and cut off by other programs; the Share button makes them all the same. */
const LONGEST_ADDRESS = 30_000;

const WHY: Readonly<Record<PermalinkProblem, Message>> = {
  'not-a-permalink': msg('app.broken-link.damaged'),
  damaged: msg('app.broken-link.damaged'),
  'unknown-version': msg('app.broken-link.newer'),
  'too-large': msg('app.broken-link.too-large'),
};

/** What stands in the address bar because of us, so that our own change is not taken for a link somebody opened. */
let own = '';

/** Texts, request and step as a link. Payloads of Secrets that somebody typed are left out. */
async function currentHash(): Promise<string> {
  takeTyping();
  const { workspace, sent, playback } = useStore.getState();
  const { files } = await engine().ask('redactSecrets', workspace);
  return encodePermalink({ workspace: files, request: sent, step: playback.stop });
}

/** Puts the link into the address bar and returns it. */
export async function share(): Promise<string> {
  setHash(await currentHash());
  return location.href;
}

function setHash(hash: string): void {
  own = hash;
  history.replaceState(null, '', hash);
}

/** Opens what a link holds. False when there is none; a link that cannot be read leads to the repair screen. */
export async function openLink(hash: string): Promise<boolean> {
  // What does not begin like one of our links is an anchor somebody added; it is none of our business.
  if (hash === own || !/^#v\d/.test(hash)) return false;
  const decoded = await decodePermalink(hash);
  if (!decoded.ok) {
    useStore.setState({ brokenLink: WHY[decoded.reason] });
    return true;
  }
  own = hash;
  const { workspace, request, step } = decoded.state;
  useStore.setState((state) => ({
    workspace,
    activeFile: workspace[0]?.name ?? 'manifests.yaml',
    revision: state.revision + 1,
    undoable: [],
    draft: request ?? state.draft,
    sent: request,
    memory: NO_MEMORY,
    brokenLink: null,
    notice: null,
    view: { ...state.view, selected: null, reveal: null },
  }));
  analyse({ stop: step });
  return true;
}

/** Keeps the address bar at what is on screen, once somebody has made it their own: a reload loses nothing. */
export function followInAddressBar(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  useStore.subscribe((state, before) => {
    const isOwn = state.workspace !== before.workspace || state.sent !== before.sent || state.playback.stop !== before.playback.stop;
    if (!isOwn || state.playback.status === 'playing' || (own === '' && state.undoable.length === 0)) return;
    clearTimeout(timer);
    timer = setTimeout(() => void currentHash().then((hash) => hash.length <= LONGEST_ADDRESS && setHash(hash)), SETTLED);
  });
}
