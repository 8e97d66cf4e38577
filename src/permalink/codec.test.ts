import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePermalink, encodePermalink, type PermalinkState } from './codec.ts';

const text = fc.string({ unit: 'binary' });
const origin = fc.oneof(
  fc.record({ kind: fc.constant('external' as const), ip: text }),
  fc.record({ kind: fc.constant('node' as const), name: text }),
  fc.record({ kind: fc.constant('pod' as const), namespace: text, name: text }),
  fc.record({ kind: fc.constant('workload' as const), workloadKind: text, namespace: text, name: text }),
);
/** At least one: a request with no details is written without. */
const details = fc
  .record(
    {
      sni: text,
      httpVersion: fc.constantFrom('1.1' as const, 'h2' as const, 'h2c' as const),
      viaNode: text,
      clientCertificate: text,
      backend: fc.record(
        {
          delay: fc.nat(86_400_000),
          failFirstAttempts: fc.nat(100),
          failStatus: fc.nat(599),
          failConnection: fc.boolean(),
          failDelay: fc.nat(86_400_000),
          responseHeaders: fc.dictionary(text, text, { maxKeys: 3, noNullPrototype: true }),
        },
        { requiredKeys: [], noNullPrototype: true },
      ),
    },
    { requiredKeys: [], noNullPrototype: true },
  )
  .filter((value) => Object.keys(value).length > 0);
const state: fc.Arbitrary<PermalinkState> = fc.record({
  workspace: fc.uniqueArray(fc.record({ name: text, text: fc.string({ unit: 'binary', maxLength: 2000 }) }), { selector: (file) => file.name, maxLength: 5 }),
  request: fc.option(
    fc.record(
      {
        from: origin,
        method: text,
        url: text,
        headers: fc.array(fc.tuple(text, text), { maxLength: 4 }),
        connectTo: text,
        followRedirects: fc.boolean(),
        insecure: fc.boolean(),
        details,
      },
      { requiredKeys: ['from', 'method', 'url', 'headers', 'connectTo', 'followRedirects', 'insecure'] },
    ),
  ),
  step: fc.nat({ max: 1000 }),
  view: fc.option(fc.record({ page: text, options: fc.dictionary(fc.string({ unit: 'binary', maxLength: 20 }), text, { maxKeys: 4, noNullPrototype: true }) })),
});

/** A fragment that holds any JSON, well-formed or not. */
async function pack(json: string, version = 1): Promise<string> {
  const bytes = await new Response(new Blob([json]).stream().pipeThrough(new CompressionStream('deflate-raw'))).arrayBuffer();
  return `#v${version}.${Buffer.from(bytes).toString('base64url')}`;
}

const reasonOf = async (hash: string) => {
  const decoded = await decodePermalink(hash);
  return decoded.ok ? 'ok' : decoded.reason;
};

describe('a permalink', () => {
  it('gives back the state it was made of', async () => {
    await fc.assert(
      fc.asyncProperty(state, async (before) => {
        const hash = await encodePermalink(before);
        expect(hash).toMatch(before.request?.details !== undefined ? /^#v3\.[\w-]*$/ : before.view === null ? /^#v1\.[\w-]*$/ : /^#v2\.[\w-]*$/);
        expect(await decodePermalink(hash)).toEqual({ ok: true, state: before });
        expect(await decodePermalink(hash.slice(1))).toEqual({ ok: true, state: before });
      }),
      { numRuns: 60 },
    );
  });

  it('of version 1 decodes forever', async () => {
    const hash =
      '#v1.FcuxDoIwFAXQXzF3vlDjyOZg-AAdTJ5vKPIIjVAaWiH-vWE_R0Qw-xgGyyXXPz9PID4h9s3pbusW3vaKUKUI0tKDyOOSQOzWVWco0d4eIMZSUuOcT8HhsM_qCqI7JsDBT9lY1q8pL_oH';
    expect(await decodePermalink(hash)).toEqual({
      ok: true,
      state: {
        workspace: [{ name: 'manifests.yaml', text: 'kind: Service\n' }],
        request: {
          from: { kind: 'pod', namespace: 'shop', name: 'web-0' },
          method: 'GET',
          url: 'http://api/',
          headers: [['X-A', 'b']],
          connectTo: '',
          followRedirects: false,
          insecure: true,
        },
        step: 2,
        view: null,
      },
    });
    // A sentence around the link leaves its punctuation on it.
    expect(await reasonOf(`${hash}).`)).toBe('ok');
  });

  it.each([
    ['', 'not-a-permalink'],
    ['#top', 'not-a-permalink'],
    ['#v4.abc', 'unknown-version'],
    ['#v1.', 'damaged'],
    ['#v1.***', 'damaged'],
    ['#v1.AAAA', 'damaged'],
    [`#v1.${'A'.repeat(2_000_001)}`, 'too-large'],
  ])('%.20s is refused as %s', async (hash, reason) => expect(await reasonOf(hash)).toBe(reason));

  it('of nothing but punctuation is read as fast as any other', { timeout: 2_000 }, async () => {
    expect(await reasonOf(`#v1.${')'.repeat(500_000)}x`)).toBe('damaged');
    expect(await reasonOf(`#v1.${')'.repeat(500_000)}`)).toBe('damaged');
  });

  it('that was cut off is damaged', async () => {
    const hash = await encodePermalink({ workspace: [{ name: 'a', text: 'b'.repeat(50) }], request: null, step: 0, view: null });
    for (let length = 4; length < hash.length; length++) expect(await reasonOf(hash.slice(0, length))).toBe('damaged');
  });

  it('that unpacks to more than anyone writes is not unpacked', async () => {
    const hash = await pack(`[[["a","${'x'.repeat(17_000_000)}"]],null,0]`);
    expect(hash.length).toBeLessThan(30_000);
    expect(await reasonOf(hash)).toBe('too-large');
  });

  it.each([
    '{}',
    'null',
    '[]',
    '[[],null]',
    '[[],null,-1]',
    '[[],null,0.5]',
    '[[],null,1e9]',
    '[[["a"]],null,0]',
    '[[["a",1]],null,0]',
    '[[["a",""],["a",""]],null,0]',
    '[[],{},0]',
    '[[],[["external"],"GET","a",[],"",false,false],0]',
    '[[],[["elsewhere","x"],"GET","a",[],"",false,false],0]',
    '[[],[["external","x"],"GET","a",[["b"]],"",false,false],0]',
    '[[],[["external","x"],"GET","a",[],"","no",false],0]',
    `[[${'["a",""],'.repeat(600)}["b",""]],null,0]`,
    `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
  ])('that holds %.40s is damaged', async (json) => expect(await reasonOf(await pack(json))).toBe('damaged'));

  it.each([
    '[[],null,0]',
    '[[],null,0,null]',
    '[[],null,0,["compare"]]',
    '[[],null,0,["compare",{}]]',
    '[[],null,0,[1,[]]]',
    '[[],null,0,["compare",[["ways",1]]]]',
  ])('of version 2 that holds %s is damaged', async (json) => expect(await reasonOf(await pack(json, 2))).toBe('damaged'));

  it.each([
    '{}',
    '5',
    '{"sni":5}',
    '{"httpVersion":"3"}',
    '{"backend":{"delay":-1}}',
    '{"backend":{"delay":1.5}}',
    '{"backend":{"responseHeaders":{"a":1}}}',
    '{"backend":{"other":1}}',
  ])('of version 3 whose details are %s is damaged', async (details) => {
    const request = '[["external","x"],"GET","a",[],"",false,false]';
    expect(await reasonOf(await pack(`[[],${details === '{}' ? 'null' : request},0,null,${details}]`, 3))).toBe('damaged');
  });

  it('takes over nothing but the known fields', async () => {
    const decoded = await decodePermalink(await pack('[[["__proto__","t"]],[["pod","a","b"],"GET","u",[],"",true,false],3]'));
    expect(decoded).toEqual({
      ok: true,
      state: {
        workspace: [{ name: '__proto__', text: 't' }],
        request: {
          from: { kind: 'pod', namespace: 'a', name: 'b' },
          method: 'GET',
          url: 'u',
          headers: [],
          connectTo: '',
          followRedirects: true,
          insecure: false,
        },
        step: 3,
        view: null,
      },
    });
  });
});
