import { expect, it } from 'vitest';
import { compilePattern } from './pattern.ts';

const search = (source: string, subject: string, ignoreCase = false) => compilePattern(source, { ignoreCase }).search(subject);
const groups = (source: string, subject: string, ignoreCase = false) => {
  const match = search(source, subject, ignoreCase);
  return match.kind === 'match' ? match.groups : match.kind;
};

it.each([
  ['^/id/[0-9]+', '/id/123a', ['/id/123']],
  ['^/id/[0-9]+$', '/id/123a', 'none'],
  ['^/something(/|$)(.*)', '/something/new', ['/something/new', '/', 'new']],
  ['^/something(/|$)(.*)', '/something', ['/something', '', '']],
  ['^/(a|ab)(c|bcd)(d*)$', '/abcd', ['/abcd', 'a', 'bcd', '']],
  ['^/(?:v([0-9])/)?x', '/x', ['/x', null]],
  ['^/([^/]+)/?', '/über/x', ['/über/', 'über']],
  ['(a+?)(a*)', 'aaa', ['aaa', 'a', 'aa']],
  ['^(?>a+)ab', 'aaab', 'none'],
  ['^a++ab', 'aaab', 'none'],
  ['(\\w)\\1', 'hello', ['ll', 'l']],
  ['foo(?=bar)', 'foobar', ['foo']],
  ['foo(?!bar)', 'foobar', 'none'],
  ['(?<=/)b', '/b', ['b']],
  ['^[[:alpha:]_-]+$', 'a_B-', ['a_B-']],
  ['^[]x]+$', ']x', [']x']],
  ['^\\d{2,3}$', '1234', 'none'],
  ['^x{,2}$', 'xx', ['xx']],
  ['^a{b}$', 'a{b}', ['a{b}']],
  ['^(?P<name>x)(?<other>y)\\k<name>$', 'xyx', ['xyx', 'x', 'y']],
  ['^(?i)abc', 'ABC', ['ABC']],
  ['^(?i:a)b', 'AB', 'none'],
  ['^\\Qa.b\\E$', 'a.b', ['a.b']],
  ['^\\x41\\/$', 'A/', ['A/']],
  ['(a|b)*c', 'ababc', ['ababc', 'b']],
  ['^(a?)*$', 'aa', ['aa', 'a']],
])('%s on %s', (source, subject, expected) => expect(groups(source, subject)).toEqual(expected));

it('case is ignored when nginx is told so, in sets too', () => {
  expect(groups('^/foo/[A-Z0-9]{3}', '/FOO/bar', true)).toEqual(['/FOO/bar']);
  expect(groups('^/[a-c]', '/B', true)).toEqual(['/B']);
});

it.each(['[][**da?$&*', '(a', 'a)', '*a', 'a**b**', '[z-a]', '\\', '(?x)a', 'a{3,1}', '[[:nothing:]]'])(
  'a broken pattern matches nothing and says so: %s',
  (source) => {
    const pattern = compilePattern(source, { ignoreCase: false });
    expect(pattern.error).not.toBeNull();
    expect(pattern.search('a').kind).toBe('none');
  },
);

it.each([
  ['^(a+)+$', `${'a'.repeat(40)}!`],
  ['^(a|aa)+$', `${'a'.repeat(60)}!`],
  ['^(.*)*x$', 'y'.repeat(3000)],
  ['(x+x+)+y', 'x'.repeat(50)],
])('a pattern that runs away is stopped: %s', (source, subject) => expect(search(source, subject).kind).toBe('gave-up'));

it('long subjects need no deep stack', () => {
  expect(groups('^/a.*b$', `/a${'x'.repeat(8000)}b`)).toHaveLength(1);
  expect(search('^/a.*b$', `/a${'x'.repeat(9000)}b`).kind).toBe('gave-up');
});
