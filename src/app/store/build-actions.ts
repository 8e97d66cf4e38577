/** What a person does by hand: asked of the worker, taken over as one step of the history, and what it is about is selected. */
import type { Message } from '../../catalogue/message.ts';
import type { BuildAction, Built, ObjectRef } from '../../engine/index.ts';
import { engine } from './analysis-actions.ts';
import { changeWorkspaceLater } from './document-actions.ts';
import { editDraft } from './request-actions.ts';
import { useStore } from './store.ts';
import { select } from './view-actions.ts';

/** False when it is not possible; the notice says why. `joins`: edits of the same key in a row are one step. */
export async function act(action: BuildAction, joins?: string): Promise<boolean> {
  let refused: Message | null = null;
  let done: Extract<Built, { workspace: unknown }> | null = null;
  await changeWorkspaceLater(async (workspace) => {
    const built = await engine().ask('build', { workspace, action });
    refused = 'refused' in built ? built.refused : null;
    done = 'refused' in built ? null : built;
    return 'refused' in built ? null : { workspace: built.workspace, said: built.said, ...(joins !== undefined && { joins }) };
  });
  if (refused !== null) useStore.setState({ notice: { message: refused, undo: false } });
  if (done !== null) settle(action, done);
  return done !== null;
}

function settle(action: BuildAction, { object, request, said }: Extract<Built, { workspace: unknown }>): void {
  // A request that comes with a new object does not take the place of one that was sent.
  if (request !== null && (action.kind !== 'add' || object === null || useStore.getState().sent === null)) {
    editDraft(request);
    useStore.setState(({ notice }) => ({ notice: { message: said, undo: notice?.undo ?? false } }));
  }
  if (action.kind === 'delete') select(null);
  // A form stays where it is while its fields change.
  if (object !== null && action.kind !== 'set' && action.kind !== 'switch') select(object);
}

/** Adds a component, joined to `onto` where the two fit; where it is null, beside what is selected. */
export function place(component: string, onto: ObjectRef | null): Promise<boolean> {
  const { activeFile, view } = useStore.getState();
  return act({ kind: 'add', component, file: activeFile, onto, beside: view.selected });
}
