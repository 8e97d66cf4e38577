import { msg, type Message } from '../../catalogue/message.ts';
import type { AssumptionChoice, FieldPath, Json, Workspace, WorkspaceFile } from '../../engine/index.ts';
import { analyse, engine } from './analysis-actions.ts';
import { freeName } from './file-names.ts';
import { plainNewlines } from './plain-newlines.ts';
import { useStore } from './store.ts';

/** The text is taken over when nobody typed for this long; ms. Until then the editor alone has it. */
const IDLE = 120;
const UNDO_STEPS = 50;

let typing: { readonly file: string; readonly read: () => string; readonly timer: ReturnType<typeof setTimeout> } | null = null;

/** The editor's text changed. It is read only once the typing rests. */
export function typeText(file: string, read: () => string): void {
  if (typing?.file === file) clearTimeout(typing.timer);
  else takeTyping();
  typing = { file, read, timer: setTimeout(takeTyping, IDLE) };
}

/** Takes over at once what was typed, so that a request is sent to what is on screen. */
export function takeTyping(): void {
  if (!typing) return;
  clearTimeout(typing.timer);
  const { file, read } = typing;
  typing = null;
  const { workspace, notice } = useStore.getState();
  const text = read();
  if (workspace.every((other) => other.name !== file || other.text === text)) return;
  useStore.setState({
    workspace: workspace.map((other) => (other.name === file ? { name: file, text } : other)),
    undoable: [],
    notice: notice?.undo ? null : notice,
  });
  analyse();
}

/** An edit by the program: the editor takes the new texts, and it can be undone. */
export function changeWorkspace(next: Workspace, said: Message | null, activeFile?: string): void {
  takeTyping();
  const { workspace, revision, undoable, activeFile: active } = useStore.getState();
  const files: Workspace = next.length > 0 ? next : [{ name: 'manifests.yaml', text: '' }];
  const wanted = activeFile ?? active;
  useStore.setState({
    workspace: files,
    activeFile: files.some((file) => file.name === wanted) ? wanted : files[0]!.name,
    revision: revision + 1,
    undoable: [...undoable, { workspace, request: null }].slice(-UNDO_STEPS),
    notice: said && { message: said, undo: true },
  });
  analyse();
}

export function undo(): void {
  const { undoable, revision, activeFile } = useStore.getState();
  const before = undoable.at(-1);
  if (!before) return;
  useStore.setState({
    workspace: before.workspace,
    activeFile: before.workspace.some((file) => file.name === activeFile) ? activeFile : before.workspace[0]!.name,
    ...before.request,
    revision: revision + 1,
    undoable: undoable.slice(0, -1),
    notice: { message: msg('app.undone'), undo: undoable.length > 1 },
  });
  analyse(before.request?.sent ? { stop: 'last' } : 'keep');
}

/** Adds files that came from outside; payloads of Secrets are taken out before they enter the state. */
export async function addFiles(files: readonly WorkspaceFile[]): Promise<void> {
  if (files.length === 0) return;
  const plain = files.map((file) => ({ ...file, text: plainNewlines(file.text) }));
  const redacted = await engine().ask('redactSecrets', plain);
  const { workspace, example } = useStore.getState();
  const kept = workspace === example ? [] : workspace.filter((file) => file.text.trim() !== '');
  const added: WorkspaceFile[] = [];
  for (const file of redacted.files) added.push({ ...file, name: freeName(file.name, [...kept, ...added]) });
  const said =
    redacted.removed > 0 ? msg('app.files-added-redacted', { files: added.length, values: redacted.removed }) : msg('app.files-added', { files: added.length });
  changeWorkspace([...kept, ...added], said, added[0]!.name);
}

export function addEmptyFile(): void {
  const { workspace } = useStore.getState();
  const name = freeName('manifests.yaml', workspace);
  changeWorkspace([...workspace, { name, text: '' }], null, name);
}

/** False when the name is empty or taken. */
export function renameFile(file: string, name: string): boolean {
  const { workspace } = useStore.getState();
  const wanted = name.trim();
  if (wanted === file) return true;
  if (wanted === '' || workspace.some((other) => other.name === wanted)) return false;
  const next = workspace.map((other) => (other.name === file ? { ...other, name: wanted } : other));
  changeWorkspace(next, msg('app.file-renamed', { file, name: wanted }), wanted);
  return true;
}

export function removeFile(file: string): void {
  const { workspace } = useStore.getState();
  changeWorkspace(
    workspace.filter((other) => other.name !== file),
    msg('app.file-removed', { file }),
  );
}

/** Takes payloads of Secrets out of what a person pasted into the editor; true when there were any. */
export async function redact(file: WorkspaceFile): Promise<{ readonly text: string; readonly removed: number }> {
  const { files, removed } = await engine().ask('redactSecrets', [file]);
  if (removed > 0) useStore.setState({ notice: { message: msg('app.secrets-removed', { values: removed }), undo: false } });
  return { text: files[0]?.text ?? file.text, removed };
}

/** States one field of `scenario.yaml`; `undefined` takes the field away. */
export async function setScenario(path: FieldPath, value: Json | undefined, said: Message = msg('app.scenario-changed')): Promise<void> {
  takeTyping();
  const { workspace } = useStore.getState();
  const next = await engine().ask('setScenarioField', { workspace, path, value });
  // Typing goes on while the worker thinks; an edit of an older text must not undo it.
  if (useStore.getState().workspace === workspace) changeWorkspace(next, said);
  else await setScenario(path, value, said);
}

export function flip(choice: AssumptionChoice): void {
  if (!choice.current) void setScenario(choice.set.path, choice.set.value);
}
