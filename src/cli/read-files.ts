/** The files of `-f`: single files, folders (every .yaml, .yml and .json below), or standard input. */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { msg, type Message } from '../catalogue/message.ts';
import type { Workspace, WorkspaceFile } from '../engine/index.ts';

const IS_MANIFEST = /\.(ya?ml|json)$/i;

class EmptyFolder extends Error {
  readonly folder: string;
  constructor(folder: string) {
    super(folder);
    this.folder = folder;
  }
}

/** Throws what `unreadable` puts into words. */
export function readWorkspace(names: readonly string[]): Workspace {
  return names.flatMap((name) => {
    const files = readOne(name);
    if (files.length === 0) throw new EmptyFolder(name);
    return files;
  });
}

/** Why a path given by a person holds no manifests. Not every error of Node names the path. */
export function unreadable(error: unknown, given: string): Message {
  if (error instanceof EmptyFolder) return msg('cli.folder-empty', { folder: error.folder });
  const { path: file = given, code = '' } = error as NodeJS.ErrnoException;
  return msg('cli.file-unreadable', { file, reason: code });
}

function readOne(name: string): WorkspaceFile[] {
  if (name === '-') return [{ name: 'stdin', text: readFileSync(0, 'utf8') }];
  if (!statSync(name).isDirectory()) return [{ name, text: readFileSync(name, 'utf8') }];
  return readdirSync(name, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .filter((entry) => entry.isDirectory() || IS_MANIFEST.test(entry.name))
    .flatMap((entry) => readOne(path.join(name, entry.name)));
}
