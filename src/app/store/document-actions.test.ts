import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Workspace } from '../../engine/index.ts';
import { changeWorkspace, changeWorkspaceLater, redo, takeTyping, typeText, undo } from './document-actions.ts';
import { useStore } from './store.ts';

// The worker is not asked here: what an edit waits for is in the hands of the test.
vi.mock('./analysis-actions.ts', () => ({ analyse: () => {}, engine: () => ({}) }));

const START = useStore.getState();

beforeEach(() => {
  vi.useFakeTimers();
  useStore.setState({ ...START, workspace: [{ name: 'a.yaml', text: 'kind: Pod\n' }], activeFile: 'a.yaml' });
});
afterEach(() => {
  takeTyping();
  vi.useRealTimers();
});

const text = () => useStore.getState().workspace[0]!.text;

/** What the editor does when a person types so that its text becomes this. */
function type(next: string, isLetter = true): void {
  const cursor = (length: number) => ({ anchor: length, head: length });
  typeText({ file: 'a.yaml', isLetter, before: cursor(next.length - 1), read: () => ({ text: next, selection: cursor(next.length) }) });
}

const append = (line: string) => (workspace: Workspace) => ({
  workspace: workspace.map((file) => ({ ...file, text: `${line}\n${file.text}` })),
  said: null,
});

it('an edit by the program keeps what was typed a moment before', () => {
  type('kind: Pod\nx');
  changeWorkspace(append('# made'));
  expect(text()).toBe('# made\nkind: Pod\nx');
});

it('what is typed while an edit is on its way is kept, and the edit takes effect', async () => {
  const answers: (() => void)[] = [];
  const done = changeWorkspaceLater(async (workspace) => {
    await new Promise<void>((resolve) => answers.push(resolve));
    return append('# made')(workspace);
  });
  await vi.advanceTimersByTimeAsync(0);
  type('kind: Pod\nx');
  answers[0]!();
  await vi.advanceTimersByTimeAsync(0);
  type('kind: Pod\nxy');
  await vi.advanceTimersByTimeAsync(200);
  answers[1]!();
  await vi.advanceTimersByTimeAsync(0);
  answers[2]!();
  await done;
  expect(answers).toHaveLength(3);
  expect(text()).toBe('# made\nkind: Pod\nxy');
});

it('edits that wait take effect in the order of their gestures, and an undo waits for them', async () => {
  const first = changeWorkspaceLater(async (workspace) => {
    await new Promise((resolve) => setTimeout(resolve, 500));
    return append('# first')(workspace);
  });
  const second = changeWorkspaceLater(async (workspace) => append('# second')(workspace));
  undo();
  await vi.advanceTimersByTimeAsync(600);
  await Promise.all([first, second]);
  expect(text()).toBe('# first\nkind: Pod\n');
  redo();
  expect(text()).toBe('# second\n# first\nkind: Pod\n');
});

it('an edit that fails holds up no other', async () => {
  const failing = changeWorkspaceLater(() => Promise.reject(new Error('timeout')));
  const next = changeWorkspaceLater(async (workspace) => append('# next')(workspace));
  await expect(failing).rejects.toThrow('timeout');
  await next;
  expect(text()).toBe('# next\nkind: Pod\n');
});

it('typing and edits by the program are undone in the order in which they were made', () => {
  type('kind: Pod\na');
  changeWorkspace(append('# made'));
  type('# made\nkind: Pod\nab');
  const seen = [];
  for (let step = 0; step < 3; step += 1) {
    undo();
    seen.push(text());
  }
  expect(seen).toEqual(['# made\nkind: Pod\na', 'kind: Pod\na', 'kind: Pod\n']);
  for (let step = 0; step < 3; step += 1) redo();
  expect(text()).toBe('# made\nkind: Pod\nab');
});

it('letters between two rests of the typing are one step, a paste is its own', () => {
  type('kind: Pod\na');
  vi.advanceTimersByTime(200);
  type('kind: Pod\nab');
  type('kind: Pod\nabcd', false);
  takeTyping();
  undo();
  expect(text()).toBe('kind: Pod\nab');
  undo();
  expect(text()).toBe('kind: Pod\n');
});

it('an example that is as it was opened is an example again', () => {
  const example = useStore.getState().workspace;
  useStore.setState({ example });
  type('kind: Pod\nx');
  undo();
  expect(useStore.getState().workspace).toBe(example);
});
