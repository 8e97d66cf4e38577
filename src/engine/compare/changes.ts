import type { Workspace } from '../manifests/workspace.ts';

/** The workspace with some of its files replaced, and new ones behind. */
export function withChanges(workspace: Workspace, changes: Workspace): Workspace {
  const kept = workspace.map((file) => changes.find(({ name }) => name === file.name) ?? file);
  return [...kept, ...changes.filter(({ name }) => workspace.every((file) => file.name !== name))];
}
