import { expect, it } from 'vitest';
import { NO_MEMORY, type RequestDraft } from '../../engine/index.ts';
import { analyse } from './analyse.ts';

const service = 'apiVersion: v1\nkind: Service\nmetadata: { name: api }\nspec: { selector: { app: api }, ports: [{ port: 80 }] }\n';
const ask = (text: string, request: RequestDraft | null = null) => ({ workspace: [{ name: 'a.yaml', text }], request, memory: NO_MEMORY });
const draft = (url: string): RequestDraft => ({
  from: { kind: 'external', ip: '203.0.113.7' },
  method: 'GET',
  url,
  headers: [],
  connectTo: '',
  followRedirects: false,
  insecure: false,
});

it('everything that crosses to the page is plain data', () => {
  const { analysis } = analyse(ask(service, draft('http://api/')));
  expect(structuredClone(analysis)).toEqual(analysis);
  expect(analysis.trace).not.toBeNull();
});

it('what is used again gives the same analysis as what is made anew', () => {
  const first = analyse(ask(service));
  const again = analyse(ask(service, draft('http://api/')), first.derived);
  expect(again.analysis).toEqual(analyse(ask(service, draft('http://api/'))).analysis);
  expect(again.derived.cluster).toBe(first.derived.cluster);
});

it('a broken document is told and spares the others', () => {
  const { analysis } = analyse(ask(`${service}---\nkind: {\n`));
  expect(analysis.findings[0]?.severity).toBe('error');
  expect(analysis.objects.some((object) => object.ref.name === 'api')).toBe(true);
});

it('a request that cannot be read says why and draws the quiet network', () => {
  const { analysis } = analyse(ask(service, draft('http://two words/')));
  expect(analysis.trace).toBeNull();
  expect(analysis.requestFindings).not.toEqual([]);
  expect(analysis.scene?.boxes).not.toEqual([]);
});
