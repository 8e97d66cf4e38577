import { expect, it } from 'vitest';
import { acceptedFrom, refusalsOf } from '../admit-text.ts';
import type { IngressClass } from './ingress-class-spec.ts';

const text = (spec: string, metadata = 'name: nginx') => `apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: { ${metadata} }\nspec: { ${spec} }\n`;

it.each([
  ['', ['Required spec.controller S4.4.12']],
  ['controller: nginx', ['Invalid spec.controller S4.4.12']],
  [`controller: example.com/${'a'.repeat(250)}`, ['TooLong spec.controller S4.4.12']],
  ['controller: k8s.io/ingress-nginx', []],
  ['controller: haproxy.org/ingress-controller/internal', []],
])('{ %s } (S4.4.12)', (spec, expected) => {
  expect(refusalsOf(text(spec))).toEqual(expected);
});

it('the annotation makes a class the default one', () => {
  const marked = (value: string) => text('controller: a.b/c', `name: nginx, annotations: { ingressclass.kubernetes.io/is-default-class: "${value}" }`);
  expect(acceptedFrom<IngressClass>(marked('true')).isDefault).toBe(true);
  expect(acceptedFrom<IngressClass>(marked('false')).isDefault).toBe(false);
});
