/** The files of `-f`: single files, folders (every .yaml, .yml and .json below), or standard input. */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Workspace, WorkspaceFile } from '../engine/index.ts';

const IS_MANIFEST = /\.(ya?ml|json)$/i;

/** Throws Node's own error, with its code, for a path that cannot be read. */
export function readWorkspace(names: readonly string[]): Workspace {
  return names.flatMap((name) => readOne(name));
}

function readOne(name: string): WorkspaceFile[] {
  if (name === '-') return [{ name: 'stdin', text: readFileSync(0, 'utf8') }];
  if (!statSync(name).isDirectory()) return [{ name, text: readFileSync(name, 'utf8') }];
  return readdirSync(name, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .filter((entry) => entry.isDirectory() || IS_MANIFEST.test(entry.name))
    .flatMap((entry) => readOne(path.join(name, entry.name)));
}
