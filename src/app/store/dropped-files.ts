import { msg, type Message } from '../../catalogue/message.ts';
import type { WorkspaceFile } from '../../engine/index.ts';

/** Taken together: more would not fit into the memory of a page. Characters. */
const MOST_TEXT = 60_000_000;
const MOST_FILES = 2000;

const isManifest = (name: string) => /\.(ya?ml|json)$/i.test(name);

export interface Taken {
  readonly files: readonly WorkspaceFile[];
  /** Why nothing was taken, when nothing was. */
  readonly left: Message | null;
}

/** Files and folders of a drop, folders to any depth; names are paths inside the folder that was dropped. */
export async function readDropped(entries: readonly FileSystemEntry[], files: readonly File[]): Promise<Taken> {
  // Some programs hand over files that are not of any file system.
  if (entries.length === 0) return readTexts(files.map((file) => ({ name: file.name, file })));
  const found: { readonly name: string; readonly file: File }[] = [];
  for (const entry of entries) await collect(entry, entry.isDirectory ? '' : entry.name, found);
  return readTexts(found);
}

/** Files of an `<input type=file>`, with the path inside the chosen folder where there is one. */
export async function readChosen(list: FileList): Promise<Taken> {
  return readTexts([...list].map((file) => ({ name: file.webkitRelativePath.split('/').slice(1).join('/') || file.name, file })));
}

async function readTexts(found: readonly { readonly name: string; readonly file: File }[]): Promise<Taken> {
  const wanted = found.filter(({ name }) => found.length === 1 || isManifest(name)).slice(0, MOST_FILES);
  if (wanted.length === 0) return { files: [], left: msg('app.no-manifests-found') };
  if (wanted.reduce((sum, { file }) => sum + file.size, 0) > MOST_TEXT) return { files: [], left: msg('app.files-too-large') };
  return { files: await Promise.all(wanted.map(async ({ name, file }) => ({ name, text: await file.text() }))), left: null };
}

async function collect(entry: FileSystemEntry, path: string, found: { readonly name: string; readonly file: File }[]): Promise<void> {
  if (found.length >= MOST_FILES) return;
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    found.push({ name: path, file });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    // A reader hands out a part at a time, and an empty part at the end.
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (part.length === 0) return;
    for (const child of part.sort((a, b) => (a.name < b.name ? -1 : 1))) await collect(child, path === '' ? child.name : `${path}/${child.name}`, found);
  }
}
