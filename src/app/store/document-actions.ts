/**
 * The only way to change the workspace. Whoever edits, a person typing or the program, adds one step to one history,
 * and no keystroke is lost: what was typed is taken over before anything else happens, and an edit that took its time is
 * computed again when the texts changed meanwhile.
 */
import { msg, type Message } from '../../catalogue/message.ts';
import type { AssumptionChoice, FieldPath, Json, Workspace } from '../../engine/index.ts';
import { analyse, engine } from './analysis-actions.ts';
import { back, forth, record, type Place, type Selection, type Walked } from './history.ts';
import { useStore, type Notice } from './store.ts';

/** The text is taken over when nobody typed for this long; ms. Until then the editor alone has it. */
const IDLE = 120;

interface Typed {
  readonly file: string;
  /** Whether it was one letter or one deletion: those join what was typed right before. */
  readonly isLetter: boolean;
  /** Of the editor before this was typed. */
  readonly before: Selection;
  /** The editor's text and selection now. It is read only once the typing rests. */
  readonly read: () => { readonly text: string; readonly selection: Selection };
}

let typing: (Typed & { readonly since: number; readonly until: number; readonly timer: ReturnType<typeof setTimeout> }) | null = null;

/** The editor's text changed by what a person did in it. */
export function typeText(typed: Typed): void {
  const now = Date.now();
  const joined = typing?.file === typed.file && typed.isLetter ? typing : null;
  if (!joined) takeTyping();
  else clearTimeout(joined.timer);
  typing = {
    ...typed,
    ...(joined && { before: joined.before, isLetter: joined.isLetter }),
    since: joined?.since ?? now,
    until: now,
    timer: setTimeout(takeTyping, IDLE),
  };
}

/** Takes over at once what was typed, so that a request is sent to what is on screen. */
export function takeTyping(): void {
  if (!typing) return;
  clearTimeout(typing.timer);
  const { file, isLetter, before, since, until, read } = typing;
  typing = null;
  const { workspace, history, notice } = useStore.getState();
  const { text, selection } = read();
  if (workspace.every((other) => other.name !== file || other.text === text)) return;
  const next = workspace.map((other) => (other.name === file ? { name: file, text } : other));
  const place = (selected: Selection): Place => ({ activeFile: file, selection: selected, request: null });
  useStore.setState({
    workspace: next,
    history: record(history, workspace, next, { from: place(before), to: place(selection), joining: { kind: 'typed', isLetter, since, until } }),
    notice: afterwards(notice),
  });
  analyse();
}

export interface WorkspaceEdit {
  readonly workspace: Workspace;
  /** Told with the way back; null where the change is plain to see. */
  readonly said: Message | null;
  /** The file to show; without it the one on screen stays. */
  readonly activeFile?: string;
  /** Where the cursor of that file goes; without it the cursor moves with the text around it. */
  readonly selection?: Selection;
  /** Edits of the same key in a row are one step of the history, as while a slider is moved. */
  readonly joins?: string;
}

/** An edit by the program: the editor takes the new texts, and it can be undone. `edit` gets the texts as they are, null changes nothing. */
export function changeWorkspace(edit: (workspace: Workspace) => WorkspaceEdit | null): void {
  takeTyping();
  const { workspace } = useStore.getState();
  const made = edit(workspace);
  if (made) put(workspace, made);
}

/** What waits for an answer of the worker; edits take effect in the order in which they were asked for. */
let onTheWay: Promise<void> | null = null;

/** `changeWorkspace` for an edit that asks the worker: when somebody typed before the answer, it is asked again. */
export function changeWorkspaceLater(edit: (workspace: Workspace) => Promise<WorkspaceEdit | null>): Promise<void> {
  return inTurn(async () => {
    for (;;) {
      takeTyping();
      const { workspace } = useStore.getState();
      const made = await edit(workspace);
      takeTyping();
      if (useStore.getState().workspace !== workspace) continue;
      if (made) put(workspace, made);
      return;
    }
  });
}

export const undo = () => walk(back);
export const redo = () => walk(forth);

/** After edits that are still on their way: they were asked for first. */
function walk(way: typeof back): void {
  if (onTheWay) void inTurn(() => step(way));
  else step(way);
}

function step(way: typeof back): void {
  takeTyping();
  const { history, workspace } = useStore.getState();
  const walked = way(history, workspace);
  if (!walked) return;
  const isTyped = walked.step.joining.kind === 'typed';
  const said = msg(way === back ? 'app.undone' : 'app.redone');
  show(walked, isTyped ? null : said, false);
  analyse(walked.place.request?.sent ? { stop: 'last' } : 'keep');
}

function inTurn(act: () => void | Promise<void>): Promise<void> {
  const done = (onTheWay ?? Promise.resolve()).then(act);
  // One that failed, because the worker died, does not hold up those behind it.
  const settled = done
    .catch(() => {})
    .then(() => {
      if (onTheWay === settled) onTheWay = null;
    });
  onTheWay = settled;
  return done;
}

function put(workspace: Workspace, { workspace: wanted, said, activeFile, selection, joins }: WorkspaceEdit): void {
  const next: Workspace = wanted.length > 0 ? wanted : [{ name: 'manifests.yaml', text: '' }];
  const { activeFile: active, history } = useStore.getState();
  const shown = activeFile ?? active;
  const from: Place = { activeFile: active, selection: null, request: null };
  const place: Place = { ...from, activeFile: next.some((file) => file.name === shown) ? shown : next[0]!.name, selection: selection ?? null };
  const recorded = record(history, workspace, next, { from, to: place, joining: joins === undefined ? { kind: 'alone' } : { kind: 'key', key: joins } });
  if (recorded === history) return;
  show({ history: recorded, workspace: next, place }, said, true);
  analyse();
}

function show({ history, workspace, place }: Omit<Walked, 'step'>, said: Message | null, canUndo: boolean): void {
  useStore.setState(({ example, revision, notice }) => ({
    // An example that is again as it was opened is an example again.
    workspace: example && isEqual(example, workspace) ? example : workspace,
    activeFile: place.activeFile,
    selection: place.selection,
    ...place.request,
    history,
    revision: revision + 1,
    notice: said ? { message: said, undo: canUndo } : afterwards(notice),
  }));
}

/** The way back of an older change would lead past this one. */
const afterwards = (notice: Notice | null) => (notice?.undo ? null : notice);

const isEqual = (a: Workspace, b: Workspace) => a.length === b.length && a.every((file, index) => file.name === b[index]!.name && file.text === b[index]!.text);

/** States one field of `scenario.yaml`; `undefined` takes the field away. */
export function setScenario(path: FieldPath, value: Json | undefined, said: Message = msg('app.scenario-changed')): Promise<void> {
  return changeWorkspaceLater(async (workspace) => ({ workspace: await engine().ask('setScenarioField', { workspace, path, value }), said }));
}

export function flip(choice: AssumptionChoice): void {
  if (!choice.current) void setScenario(choice.set.path, choice.set.value);
}
