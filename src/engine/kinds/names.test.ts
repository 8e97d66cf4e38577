import { describe, expect, it } from 'vitest';
import {
  isDns1035Label,
  isDns1123Label,
  isDns1123Subdomain,
  isDomainPrefixedPath,
  isLabelValue,
  isPortName,
  isQualifiedName,
  isWildcardSubdomain,
} from './names.ts';

const long = (length: number) => 'a'.repeat(length);

describe.each([
  ['a DNS-1035 label', isDns1035Label, ['api', 'a1-b', long(63)], ['', '1api', 'api-', '-api', 'Api', 'a.b', 'a_b', long(64)]],
  ['a DNS-1123 label', isDns1123Label, ['api', '1api', '0', long(63)], ['', 'api-', '-api', 'Api', 'a.b', long(64)]],
  [
    'a DNS-1123 subdomain',
    isDns1123Subdomain,
    ['api', 'a.b-c.d', '10.0.0.1', `${long(126)}.${long(126)}`],
    ['', 'a..b', 'a.', '.a', 'a-.b', 'A.b', '*.a', long(254)],
  ],
  ['a wildcard', isWildcardSubdomain, ['*.example.com', '*.a'], ['*', '*.', 'a.*.b', '*a.com', '*.*.com', 'example.com']],
  ['a port name', isPortName, ['http', 'h2-c', '8a', long(15)], ['', '80', 'Http', 'a--b', '-a', 'a-', 'a_b', long(16)]],
  [
    'a qualified name',
    isQualifiedName,
    ['app', 'App_1.x', 'example.com/app', 'kubernetes.io/h2c'],
    ['', '/app', 'example.com/', 'a/b/c', 'Example.com/app', '-a', long(64)],
  ],
  ['a label value', isLabelValue, ['', 'v1.2_x', long(63)], ['a b', '-a', 'a-', 'a/b', long(64)]],
  ['a domain with a path', isDomainPrefixedPath, ['k8s.io/ingress-nginx', 'a/b/c'], ['', 'k8s.io', 'k8s.io/', '/x', 'K8s.io/x', 'a/b c']],
] as const)('%s', (_, test, good, bad) => {
  it('takes what follows its grammar and nothing else', () => {
    expect(good.filter((text) => !test(text))).toEqual([]);
    expect(bad.filter((text) => test(text))).toEqual([]);
  });
});
