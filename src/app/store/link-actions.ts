import type { PermalinkView } from '../../permalink/codec.ts';
import { NO_MEMORY, type Workspace } from '../../engine/index.ts';
import { analyse, engine } from './analysis-actions.ts';
import { takeTyping } from './document-actions.ts';
import { NO_HISTORY } from './history.ts';
import { addressOf, isPage, pageOfHash, type PageId, type PageOptions } from './pages.ts';
import { plainNewlines } from './plain-newlines.ts';
import { useStore, type View } from './store.ts';

const EMPTY: Workspace = [{ name: 'manifests.yaml', text: '' }];

/** Comes when a link is opened or made. */
export const loadCodec = () => import('../../permalink/codec.ts');

/** What stands in the address bar because of us, so that our own change is not taken for a link somebody opened. */
let own = '';

/** Texts, request and step as a link. Payloads of Secrets that somebody typed are left out. */
export async function currentHash(): Promise<string> {
  takeTyping();
  const { workspace, sent, draft, playback, view } = useStore.getState();
  const { files } = await engine().ask('redactSecrets', workspace);
  const { encodePermalink } = await loadCodec();
  return encodePermalink({ workspace: files, request: sent ?? (draft.url === '' ? null : draft), step: playback.stop, view: viewOf(view) });
}

/** Null for what a first visit shows: such links stay readable to every Podpath. */
function viewOf({ page, options }: View): PermalinkView | null {
  const own = options[page] ?? {};
  return page === 'path' && Object.keys(own).length === 0 ? null : { page, options: own };
}

/** Shows another page, or something else of one (`options`); the way back leads to what is shown now. Where the address holds a link, the link follows instead. */
export function goToPage(page: PageId, options?: PageOptions): void {
  const { view } = useStore.getState();
  if (view.page === page && options === undefined) return;
  // The editor goes with its page, so what was typed last is taken over first.
  takeTyping();
  const shown = options ?? view.options[page];
  useStore.setState(({ view: current }) => ({
    view: { ...current, page, options: shown === undefined ? current.options : { ...current.options, [page]: shown } },
  }));
  if (!holdsLink()) history.pushState(null, '', addressOf(page, shown));
}

/** The page that the address names, as after the browser's way back. */
export function openPage(hash: string): void {
  const place = hash === '' ? { page: 'path' as const, options: null } : pageOfHash(hash);
  if (place === null) return;
  const { page, options } = place;
  useStore.setState(({ view }) => ({ view: { ...view, page, options: options === null ? view.options : { ...view.options, [page]: options } } }));
}

/** Puts the link into the address bar and returns it. */
export async function share(): Promise<string> {
  setHash(await currentHash());
  return location.href;
}

/** Whether the address bar holds a link: one that was opened, or one that was made to be shared. */
export const holdsLink = () => own !== '';

/** Puts a link into the address bar without a step in its history; an empty one takes it away. */
export function setHash(hash: string): void {
  own = hash;
  history.replaceState(null, '', hash === '' ? location.pathname + location.search : hash);
}

/** Opens what a link holds. False when there is none; a link that cannot be read leads to the repair screen. */
export async function openLink(hash: string): Promise<boolean> {
  // What does not begin like one of our links is an anchor somebody added; it is none of our business.
  if (hash === own || !/^#v\d/.test(hash)) return false;
  const { decodePermalink } = await loadCodec();
  const decoded = await decodePermalink(hash);
  if (!decoded.ok) {
    useStore.setState({ brokenLink: decoded.reason });
    return true;
  }
  if (hash === location.hash) own = hash;
  const { request, step, view: shown } = decoded.state;
  // A page this Podpath does not have: the map shows the same request.
  const page = shown !== null && isPage(shown.page) ? shown.page : 'path';
  const workspace = decoded.state.workspace.length > 0 ? decoded.state.workspace.map((file) => ({ ...file, text: plainNewlines(file.text) })) : EMPTY;
  useStore.setState((state) => ({
    workspace,
    example: null,
    activeFile: workspace[0]!.name,
    revision: state.revision + 1,
    selection: null,
    history: NO_HISTORY,
    draft: request ?? state.draft,
    sent: request,
    memory: NO_MEMORY,
    brokenLink: null,
    notice: null,
    view: { ...state.view, page, options: shown === null ? {} : { [page]: shown.options }, selected: null, reveal: null },
  }));
  analyse({ stop: step });
  return true;
}
