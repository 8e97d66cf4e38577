import { expect, it } from 'vitest';
import { acceptedFrom, defaultsOf } from '../admit-text.ts';

const text = (labels: string) => `apiVersion: v1\nkind: Namespace\nmetadata: { name: shop, labels: { ${labels} } }`;

it('every Namespace carries its name as a label, whatever it says itself (S2.10)', () => {
  expect(acceptedFrom(text('team: a')).metadata.labels).toEqual({ team: 'a', 'kubernetes.io/metadata.name': 'shop' });
  expect(acceptedFrom(text('kubernetes.io/metadata.name: other')).metadata.labels).toEqual({ 'kubernetes.io/metadata.name': 'shop' });
  expect(defaultsOf(text('team: a'))).toEqual({ 'metadata.labels[kubernetes.io/metadata.name]': 'shop' });
});
