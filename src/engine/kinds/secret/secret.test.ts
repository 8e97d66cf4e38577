import { describe, expect, it } from 'vitest';
import { formatFieldPath } from '../../manifests/source.ts';
import { parseManifests } from '../../manifests/parse.ts';
import { secret } from './secret.ts';

const read = (more: string) => secret.read(parseManifests([{ name: 'a', text: `apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\n${more}` }]).objects[0]!);

describe('a Secret', () => {
  it('is its template without a complaint', () => {
    const admission = secret.read(parseManifests([{ name: 'a', text: secret.template }]).objects[0]!);
    expect(admission).toMatchObject({ rejections: [], findings: [], object: { usableForTls: true, certificate: { names: ['shop.example.com'] } } });
  });

  it('tells which keys it holds and whether TLS can use it', () => {
    expect(read('type: kubernetes.io/tls\ndata: {tls.crt: bm9uc2Vuc2U=, tls.key: eA==}\n').object).toMatchObject({
      type: 'kubernetes.io/tls',
      keys: ['tls.crt', 'tls.key'],
      certificate: null,
      usableForTls: true,
    });
    expect(read('type: kubernetes.io/tls\ndata: {tls.crt: bm9uc2Vuc2U=, tls.key: ""}\n').object).toMatchObject({ usableForTls: false });
  });

  it('has the type Opaque when it states none', () => {
    expect(read('stringData: {a: b}\n')).toMatchObject({
      object: { type: 'Opaque', keys: ['a'], usableForTls: false },
      defaults: { type: { value: 'Opaque' } },
    });
  });

  it('of the TLS type needs both keys', () => {
    const { object, rejections } = read('type: kubernetes.io/tls\ndata: {tls.crt: eA==}\n');
    expect(object).toBeNull();
    expect(rejections.map((rejection) => [formatFieldPath(rejection.path), rejection.category])).toEqual([['data[tls.key]', 'Required']]);
  });

  it('may have a certificate that only an annotation describes', () => {
    expect(
      read(
        '  annotations:\n    podpath.dev/certificate-names: "Shop.example.com, *.shop.example.com"\n    podpath.dev/certificate-not-after: "2030-01-01T00:00:00Z"\nstringData: {tls.crt: x, tls.key: y}\n',
      ).object?.certificate,
    ).toEqual({
      commonName: 'shop.example.com',
      names: ['shop.example.com', '*.shop.example.com'],
      notBefore: null,
      notAfter: '2030-01-01T00:00:00Z',
      selfSigned: false,
    });
  });

  it('holds no payload', () => {
    expect(JSON.stringify(read('data: {a: aHVzaA==}\nstringData: {b: hush}\n'))).not.toMatch(/hush|aHVzaA/);
  });
});
