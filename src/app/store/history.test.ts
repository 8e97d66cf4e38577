import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Workspace } from '../../engine/index.ts';
import { back, forth, NO_HISTORY, record, type History, type Joining, type Place } from './history.ts';

const at = (activeFile: string, cursor: number | null = null): Place => ({
  activeFile,
  selection: cursor === null ? null : { anchor: cursor, head: cursor },
  request: null,
});
const one = (text: string): Workspace => [{ name: 'a.yaml', text }];
const letter = (since: number): Joining => ({ kind: 'typed', isLetter: true, since, until: since });
const alone: Joining = { kind: 'alone' };

/** Types the texts one after the other, each with its joining. */
function typed(...texts: readonly (readonly [string, Joining])[]): History {
  let before = one('');
  return texts.reduce((history, [text, joining]) => {
    const next = record(history, before, one(text), { from: at('a.yaml', before[0]!.text.length), to: at('a.yaml', text.length), joining });
    before = one(text);
    return next;
  }, NO_HISTORY);
}

describe('what is one step', () => {
  it('letters without a pause are', () => {
    const history = typed(['a', letter(0)], ['ab', letter(100)], ['abc', letter(599)]);
    expect(history.past).toHaveLength(1);
    expect(back(history, one('abc'))).toMatchObject({ workspace: one(''), place: at('a.yaml', 0) });
  });

  it('letters after half a second are another', () => {
    expect(typed(['a', letter(0)], ['ab', letter(500)]).past).toHaveLength(2);
  });

  it('letters at another place are another', () => {
    const first = record(NO_HISTORY, one('name: web'), one('name: webs'), { from: at('a.yaml'), to: at('a.yaml'), joining: letter(0) });
    expect(record(first, one('name: webs'), one('-name: webs'), { from: at('a.yaml'), to: at('a.yaml'), joining: letter(10) }).past).toHaveLength(2);
  });

  it('a paste begins one, and letters right behind it belong to it', () => {
    expect(typed(['a', letter(0)], ['a b: c', { kind: 'typed', isLetter: false, since: 10, until: 10 }], ['a b: cd', letter(20)]).past).toHaveLength(2);
  });

  it('edits of one key in a row are, edits of another key are another', () => {
    const key = (name: string): Joining => ({ kind: 'key', key: name });
    expect(typed(['1', key('replicas')], ['2', key('replicas')], ['2:80', key('port')]).past).toHaveLength(2);
  });

  it('what was typed and taken away again at once is none', () => {
    expect(typed(['a', letter(0)], ['', letter(50)]).past).toHaveLength(0);
  });

  it('an edit that changes nothing is none', () => {
    expect(record(NO_HISTORY, one('a'), one('a'), { from: at('a.yaml'), to: at('a.yaml'), joining: alone })).toBe(NO_HISTORY);
  });
});

describe('where a person is after a step back or forth', () => {
  it('in the file and with the selection of then', () => {
    const history = record(NO_HISTORY, one('kind: Pod'), one('kind: '), {
      from: { ...at('a.yaml'), selection: { anchor: 6, head: 9 } },
      to: at('a.yaml', 6),
      joining: alone,
    });
    const undone = back(history, one('kind: '))!;
    expect(undone.place.selection).toEqual({ anchor: 6, head: 9 });
    expect(forth(undone.history, undone.workspace)!.place.selection).toEqual({ anchor: 6, head: 6 });
  });

  it('behind the text that came back, where the program made the edit', () => {
    const history = record(NO_HISTORY, one('port: 80\n'), one('\n'), { from: at('a.yaml'), to: at('a.yaml'), joining: alone });
    expect(back(history, one('\n'))!.place.selection).toEqual({ anchor: 8, head: 8 });
  });

  it('with the request of then, where the step took it away', () => {
    const request = { draft: { url: 'http://web/' }, sent: null } as unknown as Place['request'];
    const history = record(NO_HISTORY, one('a'), one('b'), { from: { ...at('a.yaml'), request }, to: at('a.yaml'), joining: alone });
    expect(back(history, one('b'))!.place.request).toBe(request);
  });
});

it('memory is bounded by what differs: the oldest steps go, the newest stays', () => {
  let history = NO_HISTORY;
  for (let step = 0; step < 1200; step += 1)
    history = record(history, one(`${step}`), one(`${step + 1}`), { from: at('a.yaml'), to: at('a.yaml'), joining: alone });
  expect(history.past).toHaveLength(1000);
  history = record(history, one('1200'), one('x'.repeat(41_000_000)), { from: at('a.yaml'), to: at('a.yaml'), joining: alone });
  expect(history.past).toHaveLength(1);
});

type Act = { readonly kind: 'undo' | 'redo' } | Edit;
type Edit =
  | {
      readonly kind: 'edit';
      readonly file: number;
      readonly from: number;
      readonly to: number;
      readonly insert: string;
      readonly joining: 0 | 1 | 2 | 3;
      readonly pause: number;
    }
  | { readonly kind: 'files'; readonly how: 'add' | 'remove' | 'rename' | 'all'; readonly file: number };

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('undo' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('redo' as const) }) },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('edit' as const),
      file: fc.nat(3),
      from: fc.nat(12),
      to: fc.nat(12),
      insert: fc.string({ maxLength: 4 }),
      joining: fc.constantFrom(0 as const, 1 as const, 2 as const, 3 as const),
      pause: fc.constantFrom(0, 200, 499, 500, 2000),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('files' as const),
      how: fc.constantFrom('add' as const, 'remove' as const, 'rename' as const, 'all' as const),
      file: fc.nat(3),
    }),
  },
);

it('any interleaving of typing, edits by the program, undo and redo shows the texts that a list of all states shows', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
      let workspace: Workspace = [
        { name: 'a.yaml', text: 'kind: Service' },
        { name: 'b.yaml', text: '' },
      ];
      let history = NO_HISTORY;
      let clock = 0;
      let names = 0;
      // The model: every state in full, and which of them is shown.
      let states: Workspace[] = [workspace];
      let shown = 0;
      let lastJoining: Joining = alone;

      for (const one of acts) {
        if (one.kind !== 'edit' && one.kind !== 'files') {
          const walked = (one.kind === 'undo' ? back : forth)(history, workspace);
          const next = shown + (one.kind === 'undo' ? -1 : 1);
          expect(walked !== null).toBe(states[next] !== undefined);
          if (walked === null) continue;
          ({ history, workspace } = walked);
          shown = next;
          lastJoining = history.past.at(-1)?.joining ?? alone;
        } else {
          const before = workspace;
          const { after, joining } = edited(one);
          const recorded = record(history, before, after, { from: at(before[0]!.name), to: at(after[0]!.name), joining });
          const isGone = recorded.past.length < history.past.length;
          const isJoined = recorded !== history && (isGone || (recorded.past.length === history.past.length && history.future.length === 0));
          if (recorded !== history) {
            if (isJoined) expect(joining.kind).toBe(lastJoining.kind);
            states = [...states.slice(0, isJoined ? shown : shown + 1), ...(isGone ? [] : [after])];
            shown = states.length - 1;
            lastJoining = recorded.past.at(-1)?.joining ?? alone;
          }
          history = recorded;
          workspace = after;
        }
        expect(workspace).toEqual(states[shown]);
        expect([history.past.length, history.future.length]).toEqual([shown, states.length - 1 - shown]);
      }

      function edited(one: Edit): { readonly after: Workspace; readonly joining: Joining } {
        const index = one.file % workspace.length;
        if (one.kind === 'edit') {
          clock += one.pause;
          const after = workspace.map((file, at) =>
            at === index ? { ...file, text: file.text.slice(0, Math.min(one.from, one.to)) + one.insert + file.text.slice(Math.max(one.from, one.to)) } : file,
          );
          const kinds: readonly Joining[] = [alone, { kind: 'key', key: 'k' }, { kind: 'typed', isLetter: false, since: clock, until: clock }, letter(clock)];
          return { after, joining: kinds[one.joining]! };
        }
        names += 1;
        const fresh = { name: `${names}.yaml`, text: 'kind: Pod' };
        switch (one.how) {
          case 'add':
            return { after: [...workspace.slice(0, index), fresh, ...workspace.slice(index)], joining: alone };
          case 'remove':
            return { after: workspace.length > 1 ? workspace.filter((_, at) => at !== index) : [fresh], joining: alone };
          case 'rename':
            return { after: workspace.map((file, at) => (at === index ? { ...file, name: fresh.name } : file)), joining: alone };
          case 'all':
            return { after: [fresh], joining: alone };
        }
      }
    }),
    { numRuns: 400 },
  );
});
