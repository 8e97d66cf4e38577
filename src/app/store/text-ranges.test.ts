import { expect, it } from 'vitest';
import { linesOf } from './text-ranges.ts';

const workspace = [{ name: 'a.yaml', text: 'kind: A\n---\nkind: B\nspec:\n  port: 80\n  name: x\n' }];
const documents = [
  { file: 'a.yaml', index: 0, start: 0, length: 8 },
  { file: 'a.yaml', index: 1, start: 12, length: 35 },
];

it('lines count from the start of the file, not of the document', () => {
  expect(linesOf(workspace, documents, { file: 'a.yaml', document: 1, from: 16, to: 24 })).toEqual({ first: 5, last: 5, excerpt: 'port: 80' });
});

it('a block ends with its last line, not with the newline after it', () => {
  expect(linesOf(workspace, documents, { file: 'a.yaml', document: 1, from: 8, to: 35 })).toMatchObject({ first: 4, last: 6 });
});

it('a document that is gone has no lines', () => {
  expect(linesOf(workspace, documents, { file: 'a.yaml', document: 2, from: 0, to: 1 })).toBeNull();
});
