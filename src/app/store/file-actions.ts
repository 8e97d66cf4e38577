import { msg } from '../../catalogue/message.ts';
import type { WorkspaceFile } from '../../engine/index.ts';
import { engine } from './analysis-actions.ts';
import { changeWorkspace } from './document-actions.ts';
import { readDropped } from './dropped-files.ts';
import { freeName } from './file-names.ts';
import { plainNewlines } from './plain-newlines.ts';
import { useStore } from './store.ts';

/** Adds files that came from outside; payloads of Secrets are taken out before they enter the state. */
export async function addFiles(files: readonly WorkspaceFile[]): Promise<void> {
  if (files.length === 0) return;
  const plain = files.map((file) => ({ ...file, text: plainNewlines(file.text) }));
  const redacted = await engine().ask('redactSecrets', plain);
  changeWorkspace((workspace) => {
    const kept = workspace === useStore.getState().example ? [] : workspace.filter((file) => file.text.trim() !== '');
    const added: WorkspaceFile[] = [];
    for (const file of redacted.files) added.push({ ...file, name: freeName(file.name, [...kept, ...added]) });
    const said =
      redacted.removed > 0
        ? msg('app.files-added-redacted', { files: added.length, values: redacted.removed })
        : msg('app.files-added', { files: added.length });
    return { workspace: [...kept, ...added], said, activeFile: added[0]!.name };
  });
}

/** Adds the manifests of a drop, or says why there are none. */
export async function addDropped(entries: readonly FileSystemEntry[], loose: readonly File[]): Promise<void> {
  const { files, left } = await readDropped(entries, loose);
  if (files.length > 0) await addFiles(files);
  else if (left !== null) useStore.setState({ notice: { message: left, undo: false } });
}

export function addEmptyFile(): void {
  changeWorkspace((workspace) => {
    const name = freeName('manifests.yaml', workspace);
    return { workspace: [...workspace, { name, text: '' }], said: null, activeFile: name };
  });
}

/** False when the name is empty or taken. */
export function renameFile(file: string, name: string): boolean {
  const wanted = name.trim();
  if (wanted === file) return true;
  if (wanted === '' || useStore.getState().workspace.some((other) => other.name === wanted)) return false;
  changeWorkspace((workspace) => ({
    workspace: workspace.map((other) => (other.name === file ? { ...other, name: wanted } : other)),
    said: msg('app.file-renamed', { file, name: wanted }),
    activeFile: wanted,
  }));
  return true;
}

export function removeFile(file: string): void {
  changeWorkspace((workspace) => ({ workspace: workspace.filter((other) => other.name !== file), said: msg('app.file-removed', { file }) }));
}

export function removeAllFiles(): void {
  changeWorkspace(() => ({ workspace: [], said: msg('app.files.all-removed') }));
}

/** Takes payloads of Secrets out of what a person pasted into the editor, and says so when there were any. */
export async function redact(file: WorkspaceFile): Promise<string> {
  const { files, removed } = await engine().ask('redactSecrets', [file]);
  if (removed > 0) useStore.setState({ notice: { message: msg('app.secrets-removed', { values: removed }), undo: false } });
  return files[0]?.text ?? file.text;
}
