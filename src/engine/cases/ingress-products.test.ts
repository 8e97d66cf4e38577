/**
 * Every Ingress controller that is simulated by its own rules has a golden request for every row of the table that tells them apart (S11).
 * What a request shows is in its name: `<product> · <row> · <the rest>`.
 */
import { expect, it } from 'vitest';
import { implementations } from '../dataplane/ingress-controller/implementations.ts';
import { scenario } from '../kinds/scenario/scenario.ts';
import { parseManifests } from '../manifests/parse.ts';

const texts = import.meta.glob<string>('./ingress-*.yaml', { query: '?raw', import: 'default', eager: true });

const ROWS = [
  'controller string',
  'Prefix',
  'ImplementationSpecific',
  'priority',
  'wildcard host',
  'missing Service',
  'missing port',
  'no ready endpoints',
  'to Pods',
  'no match',
  'HTTPS redirect',
  'ExternalName backend',
];

/** How the requests of an implementation are named; null where the table has no column for it. */
const PRODUCTS: Readonly<Record<string, string | null>> = {
  'ingress-nginx': null, // S10, rule by rule in `ingress-nginx.yaml`
  generic: null, // the text of S9 and nothing else
  'aws-alb': 'alb',
};

const names = Object.values(texts).flatMap((text) =>
  parseManifests([{ name: 'case', text }]).objects.flatMap((object) =>
    object.ref.kind === 'Scenario' ? (scenario.read(object).object?.requests ?? []).map(({ name }) => name) : [],
  ),
);

it.each(implementations.map(({ id }) => (PRODUCTS[id] === undefined ? id : PRODUCTS[id])).filter((product) => product !== null))('%s', (product) => {
  expect(ROWS.filter((row) => !names.some((name) => name.startsWith(`${product} · ${row} · `)))).toEqual([]);
});
