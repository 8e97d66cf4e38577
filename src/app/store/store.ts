import { create } from 'zustand';
import { NO_MEMORY, type Memory, type Message, type ObjectRef, type RequestDraft, type SourceRange, type Workspace } from '../../engine/index.ts';
import type { PermalinkProblem } from '../../permalink/codec.ts';
import type { Analysis } from '../worker/analysis.ts';
import { NO_HISTORY, type History, type Selection } from './history.ts';
import type { PageId, PageOptions } from './pages.ts';

/** Only what cannot be recomputed, plus the one snapshot the worker derived from it. */
export interface PodpathState {
  readonly workspace: Workspace;
  readonly activeFile: string;
  /** Goes up with every change made by the program rather than by typing, so that the editor takes the new text. */
  readonly revision: number;
  /** Where the cursor goes with this revision; null: it moves with the text around it. */
  readonly selection: Selection | null;
  /** Every edit of the workspace, typed or not, to be undone and redone. */
  readonly history: History;

  /** The texts of an example as it was opened: while nobody changed them, a person's own files take their place. */
  readonly example: Workspace | null;

  /** The request bar as it stands, and the request that was sent last. */
  readonly draft: RequestDraft;
  readonly sent: RequestDraft | null;
  readonly memory: Memory;

  readonly playback: Playback;
  readonly view: View;

  /** The newest finished analysis; null before the first. */
  readonly analysis: Analysis | null;
  readonly analysing: boolean;
  /** The engine itself failed: a bug of ours, never a person's input. */
  readonly crashed: string | null;

  /** What the page has to say about the last action. */
  readonly notice: Notice | null;
  /** Why the link that was opened cannot be read; the repair screen shows it. */
  readonly brokenLink: PermalinkProblem | null;
}

export interface Notice {
  readonly message: Message;
  /** Whether it can be taken back with `undo()`. */
  readonly undo: boolean;
}

export interface Playback {
  readonly status: 'idle' | 'playing' | 'paused' | 'ended';
  /** Index into `scene.stops`. */
  readonly stop: number;
  readonly speed: 0.5 | 1 | 2 | 4;
  /** While it plays, the stop at which it stands by itself; null: the last. */
  readonly until: number | null;
}

export interface View {
  readonly page: PageId;
  /** By page: what it shows, as far as a link should hold it. */
  readonly options: Readonly<Partial<Record<PageId, PageOptions>>>;
  readonly theme: 'system' | 'light' | 'dark';
  readonly tab: 'manifests' | 'environment' | 'add';
  /** Below 900 px one pane at a time beside the map. */
  readonly pane: 'path' | 'editor' | 'details';
  /** Object whose details are shown instead of the current stop's hop. */
  readonly selected: ObjectRef | null;
  /** The field for a new name of the selected object is to open. */
  readonly renames?: boolean;
  /** Lines to highlight and reveal in the editor. */
  readonly reveal: SourceRange | null;
  /** The line of a file whose fixes are shown over the page. */
  readonly fixesAt: { readonly file: string; readonly line: number } | null;
}

export const useStore = create<PodpathState>()(() => ({
  workspace: [{ name: 'manifests.yaml', text: '' }],
  activeFile: 'manifests.yaml',
  revision: 0,
  selection: null,
  history: NO_HISTORY,
  example: null,
  draft: { from: { kind: 'external', ip: '203.0.113.7' }, method: 'GET', url: '', headers: [], connectTo: '', followRedirects: false, insecure: false },
  sent: null,
  memory: NO_MEMORY,
  playback: { status: 'idle', stop: 0, speed: 1, until: null },
  view: { page: 'path', options: {}, theme: 'system', tab: 'manifests', pane: 'path', selected: null, reveal: null, fixesAt: null },
  analysis: null,
  analysing: false,
  crashed: null,
  notice: null,
  brokenLink: null,
}));
