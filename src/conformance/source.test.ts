import { expect, it } from 'vitest';
import { readSource, sourceUrl } from './source.ts';

it.each([
  ['owner/name@abcdef0 tests/a.go', 'https://github.com/owner/name/blob/abcdef0/tests/a.go'],
  ['owner/name@abcdef0 tests/some-folder, outputs/a.txt', 'https://github.com/owner/name/blob/abcdef0/tests/some-folder'],
  ['owner/name tests/a.go@abcdef0', 'https://github.com/owner/name/blob/abcdef0/tests/a.go'],
  ['owner/name pkg/a_test.go TestOfThat', 'https://github.com/owner/name/blob/HEAD/pkg/a_test.go'],
  ['owner/name@abcdef0 12', 'https://github.com/owner/name/tree/abcdef0'],
  ['owner/name some words', 'https://github.com/owner/name'],
])('%s stands at %s', (source, url) => expect(sourceUrl(readSource(source)!)).toBe(url));

it.each(['', 'several; see each case', 'own'])('%j names no repository', (source) => expect(readSource(source)).toBeNull());
