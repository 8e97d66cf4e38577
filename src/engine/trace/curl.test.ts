import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderText } from '../../catalogue/render.ts';
import { formatCurl, parseCurl } from './curl.ts';
import type { RequestDraft } from './request-draft.ts';

const read = (command: string) => parseCurl(command)?.draft;

describe('a curl command', () => {
  it('is told from other texts', () => {
    expect(parseCurl('wget http://a')).toBeNull();
    expect(parseCurl('')).toBeNull();
    expect(parseCurl('$ curl a')?.draft.url).toBe('a');
    expect(parseCurl('/usr/bin/curl a')?.draft.url).toBe('a');
  });

  it('says method, headers and address', () => {
    expect(
      read(
        `curl -sSk -L -XDELETE -H 'X-A: it'\\''s' --header "X-B: \\"b\\"" --connect-to ::lb.example.com:8443 \\\n  'https://shop.example.com/a?b=1&c=2' -o /dev/null -w '%{http_code}' | jq .`,
      ),
    ).toEqual({
      from: { kind: 'external', ip: '203.0.113.7' },
      method: 'DELETE',
      url: 'https://shop.example.com/a?b=1&c=2',
      headers: [
        ['X-A', "it's"],
        ['X-B', '"b"'],
      ],
      connectTo: 'lb.example.com:8443',
      followRedirects: true,
      insecure: true,
    });
  });

  it.each([
    ['curl a -d x=1', 'POST'],
    ['curl a --data-raw $\'{"a": "it\\\'s"}\'', 'POST'],
    ['curl a --json {}', 'POST'],
    ['curl a -F f=@x', 'POST'],
    ['curl a -T file', 'PUT'],
    ['curl -I a', 'HEAD'],
    ['curl -X PATCH -d x a', 'PATCH'],
    ['curl a', 'GET'],
  ])('%s has its method', (command, method) => expect(read(command)).toMatchObject({ method, url: 'a' }));

  it('moves data into the query with -G', () => {
    expect(read('curl -G a/x?y=1 -d z=2 --data-urlencode q=3')).toMatchObject({ method: 'GET', url: 'a/x?y=1&z=2&q=3', headers: [] });
  });

  it('fills the headers that options stand for', () => {
    expect(read('curl --url a -A agent -b k=v -e http://r -u me:pw -r 0-9 --compressed')?.headers).toEqual([
      ['User-Agent', 'agent'],
      ['Cookie', 'k=v'],
      ['Referer', 'http://r'],
      ['Authorization', 'Basic …'],
      ['Range', 'bytes=0-9'],
      ['Accept-Encoding', 'deflate, gzip, br, zstd'],
    ]);
    expect(JSON.stringify(read('curl -u me:pw a'))).not.toContain('pw');
  });

  it.each([
    ['curl --resolve shop.example.com:443:203.0.113.10 https://shop.example.com/', '203.0.113.10:443'],
    ['curl --resolve *:443:[2001:db8::1],10.0.0.1 https://shop.example.com/', '[2001:db8::1]:443'],
    ['curl --resolve other.example.com:443:203.0.113.10 https://shop.example.com/', ''],
    ['curl --connect-to other:80:b:81 --connect-to a:80::82 http://a/', 'a:82'],
    ['curl --connect-to ::[2001:db8::1]: http://a/', '[2001:db8::1]:80'],
  ])('%s connects to %s', (command, connectTo) => expect(read(command)?.connectTo).toBe(connectTo));

  it('names the options it does not follow, and goes on', () => {
    const parsed = parseCurl('curl -x proxy:3128 -6 --http3 http://a http://b');
    expect(parsed?.draft.url).toBe('http://a');
    expect(parsed?.findings.map((finding) => renderText(finding.message))).toEqual([
      'The option -x is left out, because Podpath does not follow it.',
      'The option -6 is left out, because Podpath does not follow it.',
      'The option --http3 is left out, because Podpath does not follow it.',
      'This command names more than one URL. Podpath asks for http://a.',
    ]);
    expect(parseCurl('curl -v')?.findings[0]?.severity).toBe('error');
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('-', 'X', 'd', "'", '"', '\\', '$', ' ', '[', ':', '%', '\n') }), (text) => void parseCurl(`curl ${text}`)),
    );
  });
});

describe('a request as a command', () => {
  const draft = (url: string, more: Partial<RequestDraft> = {}): RequestDraft => ({
    from: { kind: 'external', ip: '203.0.113.7' },
    method: 'GET',
    url,
    headers: [],
    connectTo: '',
    followRedirects: false,
    insecure: false,
    ...more,
  });

  it.each([
    [draft('shop.example.com'), 'curl http://shop.example.com/'],
    [draft('https://a/b?c=d&e', { method: 'HEAD', insecure: true, followRedirects: true }), "curl -I -k -L 'https://a/b?c=d&e'"],
    [draft('http://a/../[x]', { headers: [['X', '']] }), "curl -H 'X;' --path-as-is -g 'http://a/../[x]'"],
    [draft('https://a/', { connectTo: '[2001:db8::1]:444' }), "curl --connect-to '::[2001:db8::1]:444' https://a/"],
    [draft('http://a/', { details: { httpVersion: 'h2c' } }), 'curl --http2-prior-knowledge http://a/'],
    [draft('https://a:444/', { details: { sni: 'b' } }), "curl --connect-to ::a:444 -H 'Host: a:444' https://b:444/"],
    [draft('tcp://db:5432'), 'nc -vz db 5432'],
    [draft('udp://dns:53'), 'nc -vzu dns 53'],
    [draft('tls://db:5433'), 'openssl s_client -connect db:5433 -servername db'],
    [draft('ping://api'), 'ping -c 3 api'],
    [draft('not a url'), "curl 'not a url'"],
  ])('%o', (request, command) => expect(formatCurl(request)).toBe(command));

  it('reads back as the same request', () => {
    const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,8}$/);
    const value = fc.string({ minLength: 1 }).map((text) => text.replace(/[\r\n\0]/g, '').trim());
    fc.assert(
      fc.property(
        fc.record({
          method: fc.constantFrom('GET', 'HEAD', 'POST', 'PURGE'),
          path: fc.string({ unit: fc.constantFrom('a', '/', "'", '"', '$', '&', ';', '{', '[', '%20', '..', '?', '!') }),
          headers: fc.array(fc.tuple(name, value)),
          followRedirects: fc.boolean(),
          insecure: fc.boolean(),
          connectTo: fc.constantFrom('', 'lb.example.com:8443', '[2001:db8::1]:443'),
          details: fc.constantFrom({ httpVersion: '1.1' as const }, { httpVersion: 'h2' as const }),
        }),
        ({ path, ...rest }) => {
          const request = draft(`https://shop.example.com:444/${path}`, rest);
          expect(parseCurl(formatCurl(request))).toEqual({ draft: request, findings: [] });
        },
      ),
    );
  });
});
