import { msg } from '../../catalogue/message.ts';
import { NO_MEMORY, type RequestDraft } from '../../engine/index.ts';
import { analyse, engine } from './analysis-actions.ts';
import { takeTyping } from './document-actions.ts';
import { useStore } from './store.ts';

export function editDraft(change: Partial<RequestDraft>): void {
  useStore.setState(({ draft }) => ({ draft: { ...draft, ...change } }));
}

/** Sends what stands in the request bar. False when there is no URL yet. */
export function send(): boolean {
  takeTyping();
  const { draft, sent, analysis, memory } = useStore.getState();
  if (draft.url.trim() === '') return false;
  // The same request again meets what the components remember of the last one; another request begins afresh.
  const isAgain = sent !== null && JSON.stringify(sent) === JSON.stringify(draft);
  const next = isAgain && analysis ? { ...analysis.memory, seed: memory.seed + 1 } : NO_MEMORY;
  useStore.setState(({ view }) => ({ sent: { ...draft }, memory: next, notice: null, view: { ...view, selected: null, reveal: null } }));
  analyse('play');
  return true;
}

export const isCurl = (text: string) => /^\s*\$?\s*curl(\.exe)?\s/.test(text);

/** Understands a pasted `curl …` and says what of it was left out. */
export async function takeCurl(command: string): Promise<boolean> {
  const { draft: base } = useStore.getState();
  const { draft, findings } = await engine().ask('parseCurl', { command, base });
  if (draft === null) {
    useStore.setState({ notice: { message: findings[0]?.message ?? msg('app.curl-unreadable'), undo: false } });
    return false;
  }
  useStore.setState({ draft, notice: { message: findings[0]?.message ?? msg('app.curl-taken'), undo: false } });
  return true;
}
