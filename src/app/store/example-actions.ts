import { msg } from '../../catalogue/message.ts';
import type { Example } from '../../examples/index.ts';
import { NO_MEMORY } from '../../engine/index.ts';
import { analyse } from './analysis-actions.ts';
import { takeTyping } from './document-actions.ts';
import { NO_HISTORY, record } from './history.ts';
import { useStore, type PodpathState } from './store.ts';

/** Whether there is text of a person's own to come back to. */
const isOwn = ({ workspace, example }: PodpathState) => workspace !== example && workspace.some((file) => file.text.trim() !== '');

/** Puts the example's texts and request in place and sends it. What was there can be had back with `undo`. */
export async function openExample(example: Pick<Example, 'request' | 'load'>): Promise<void> {
  const workspace = await example.load();
  takeTyping();
  const request = { draft: example.request, sent: { ...example.request } };
  useStore.setState((state) => ({
    workspace,
    example: workspace,
    activeFile: workspace[0]!.name,
    revision: state.revision + 1,
    selection: null,
    history: isOwn(state)
      ? record(state.history, state.workspace, workspace, {
          from: { activeFile: state.activeFile, selection: null, request: { draft: state.draft, sent: state.sent } },
          to: { activeFile: workspace[0]!.name, selection: null, request },
          joining: { kind: 'alone' },
        })
      : NO_HISTORY,
    ...request,
    memory: NO_MEMORY,
    view: { ...state.view, tab: 'manifests', selected: null, reveal: null },
    notice: isOwn(state) ? { message: msg('app.example-opened'), undo: true } : null,
    brokenLink: null,
  }));
  analyse('play');
}

/** For whoever has nothing to look at: the example that plays on the first visit. */
export async function openFirstExample(): Promise<void> {
  const { examples } = await import('../../examples/index.ts');
  await openExample(examples[0]!);
}
