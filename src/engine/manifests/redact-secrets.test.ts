import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseManifests } from './parse.ts';
import { redactSecrets } from './redact-secrets.ts';
import { SECRET_FACTS } from './secret-facts.ts';

const HUSH = 'aHVzaCBodXNo';
const factsOf = (text: string) => parseManifests([{ name: 'a', text }]).objects.map((object) => object.value[SECRET_FACTS]);

describe('the payload of a Secret', () => {
  it('leaves a text, and nothing else does', () => {
    const text = `# mine
apiVersion: v1
kind: Secret # keep
metadata:
  name: s
  annotations:
    note: keep me
    kubectl.kubernetes.io/last-applied-configuration: |
      {"data":{"a":"${HUSH}"}}
data:
  a: ${HUSH}   # why
  b: "${HUSH}"
  empty: ""
  c: >-
    ${HUSH}
    ${HUSH}

stringData: { d: '${HUSH}', e: ${HUSH} }
---
kind: ConfigMap
data: { a: ${HUSH} }
`;
    const redacted = redactSecrets(text);
    expect(redacted.removed).toBe(6);
    expect(redacted.text).toBe(
      text
        .split('---')
        .map((part, index) =>
          index === 1
            ? part
            : part
                .replace(`{"data":{"a":"${HUSH}"}}`, 'podpath:removed')
                .replace(`a: ${HUSH}   #`, 'a: "podpath:removed"   #')
                .replace(`b: "${HUSH}"`, 'b: "podpath:removed"')
                .replace(`${HUSH}\n    ${HUSH}\n`, 'podpath:removed\n\n')
                .replace(`d: '${HUSH}', e: ${HUSH}`, 'd: "podpath:removed", e: "podpath:removed"'),
        )
        .join('---'),
    );
    expect(factsOf(redacted.text)).toEqual(factsOf(text));
    expect(redactSecrets(redacted.text)).toEqual({ text: redacted.text, removed: 0 });
  });

  it.each([
    ['a list', `kind: List\nitems:\n- kind: Secret\n  data: {a: ${HUSH}}\n`],
    ['a typed list', `kind: SecretList\nitems:\n- data: {a: ${HUSH}}\n`],
    ['JSON', `{"kind": "Secret",\n "data": {"a": "${HUSH}"}}\n{"kind": "Secret", "stringData": {"a": "${HUSH}"}}`],
    ['an anchor', `kind: Secret\nx: &x {a: ${HUSH}}\ndata: *x\n`],
    ['a merge key', `kind: Secret\nx: &x {a: ${HUSH}}\ndata:\n  <<: *x\n  b: ${HUSH}\n`],
    ['Windows line ends', `kind: Secret\r\ndata:\r\n  a: "${HUSH}\r\n    ${HUSH}"\r\n  b: |\r\n    ${HUSH}\r\n`],
    ['a wrapped object', `kind: Template\nobjects:\n- kind: Secret\n  data: {a: ${HUSH}}\n`],
    ['a broken text', `kind: Secret\ndata:\n  a: ${HUSH}\n  b: |\n    ${HUSH}\n    ${HUSH}\nmore: [\n`],
    ['a broken text with values on the line', `kind: Secret\ndata: {a: ${HUSH}, b: [\n`],
    ['broken JSON', `{"kind": "Secret", "data": {"a": "${HUSH}",`],
    ['broken JSON on lines', `{\n  "kind": "Secret",\n  "data": {\n    "a": "${HUSH}",\n    "b" "${HUSH}"\n  }\n}`],
    ['data that is text', `kind: Secret\ndata: ${HUSH}\n`],
  ])('leaves %s', (_, text) => {
    const redacted = redactSecrets(text);
    expect(redacted.text).not.toContain(HUSH);
    expect(redacted.removed).toBeGreaterThan(0);
    expect(redacted.text.split('\n')).toHaveLength(text.split('\n').length);
  });

  it('leaves the facts of a certificate behind, which every TLS client sees', () => {
    const pem = readFileSync(new URL('./certificate.test.ts', import.meta.url), 'utf8').match(/-----BEGIN[^`]*/)![0];
    const secret = (data: string) => `apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n${data}`;
    const encoded = secret(`data:\n  tls.crt: ${Buffer.from(pem).toString('base64')}\n  tls.key: ${HUSH}\n`);
    const plain = secret(`stringData:\n  tls.crt: |\n    ${pem.replaceAll('\n', '\n    ')}\n  tls.key: ${HUSH}\n`);
    for (const text of [encoded, plain]) {
      const redacted = redactSecrets(text).text;
      expect(redacted).not.toMatch(/MII|TUlJ|BEGIN/);
      expect(factsOf(redacted)).toEqual(factsOf(text));
      expect(factsOf(redacted)[0]).toMatchObject({ filled: ['tls.crt', 'tls.key'], certificate: { commonName: 'shop.example.com', selfSigned: true } });
      expect(redactSecrets(redacted)).toEqual({ text: redacted, removed: 0 });
    }
  });

  it('is not looked for in other kinds', () => {
    const text = `kind: ConfigMap\nmetadata: {name: Secret}\ndata: {a: ${HUSH}}\n`;
    expect(redactSecrets(text)).toEqual({ text, removed: 0 });
  });

  it('never survives, however it is written', () => {
    const payload = fc.string({ unit: fc.constantFrom('a', 'B', '9', '=', ' ', '\n'), minLength: 12 }).map((text) => `${HUSH}${text}`);
    fc.assert(
      fc.property(payload, fc.constantFrom('double', 'literal', 'json'), fc.boolean(), (value, style, broken) => {
        const written = style === 'literal' ? `|\n    ${value.replaceAll('\n', '\n    ')}` : JSON.stringify(value);
        const object = `kind: Secret\ndata:\n  a: ${written}\n`;
        const text = style === 'json' ? JSON.stringify({ kind: 'Secret', stringData: { a: value } }) : object;
        const redacted = redactSecrets(broken ? `${text}\n[` : text);
        expect(redacted.text).not.toContain(HUSH);
      }),
    );
  });
});
