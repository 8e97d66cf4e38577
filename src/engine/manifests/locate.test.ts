import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from './document.ts';
import { documentStart, locateAt, locateField } from './locate.ts';
import { parseManifests, parseValue } from './parse.ts';
import { renderBlock, renderFlow } from './render-value.ts';
import { formatFieldPath, type FieldPath } from './source.ts';

const TEXT = `# a comment
---
apiVersion: v1
kind: Service   # the kind
metadata:
  name: api
  labels: { app: api, "tier": 'web', }
spec:
  type:
  selector: &sel
    app: api
  ports:
  - name: http
    port: 80
  - { name: metrics,
      port: 9090 }
  text: |
    one
    two

  copy: *sel
  merged:
    <<: *sel
    tier: web
---
{"apiVersion": "v1", "kind": "Node", "metadata": {
\t"name": "node-a"
}}
`;

const manifests = parseManifests([{ name: 'a.yaml', text: TEXT }]);
const [service, node] = manifests.objects;

function at(object: typeof service, ...path: FieldPath): [string, boolean] {
  const { range, exact } = locateField(manifests, object!, path);
  const start = documentStart(manifests, range);
  return [TEXT.slice(start + range.from, start + range.to), exact];
}

describe('a field stands', () => {
  it('from its key to the end of its value', () => {
    expect(at(service, 'kind')).toEqual(['kind: Service', true]);
    expect(at(service, 'spec', 'ports', 0, 'port')).toEqual(['port: 80', true]);
    expect(at(service, 'metadata', 'labels')).toEqual([`labels: { app: api, "tier": 'web', }`, true]);
    expect(at(service, 'metadata', 'labels', 'tier')).toEqual([`"tier": 'web'`, true]);
    expect(at(service, 'spec', 'ports', 1)).toEqual(['{ name: metrics,\n      port: 9090 }', true]);
    expect(at(service, 'spec', 'ports', 0)).toEqual(['name: http\n    port: 80', true]);
    expect(at(service, 'spec', 'type')).toEqual(['type:', true]);
    expect(at(service, 'spec', 'text')).toEqual(['text: |\n    one\n    two', true]);
    expect(at(service, 'spec', 'selector')).toEqual(['selector: &sel\n    app: api', true]);
    expect(at(node, 'metadata', 'name')).toEqual(['"name": "node-a"', true]);
  });

  it('at the anchor when an alias or a merge key brings it', () => {
    expect(at(service, 'spec', 'copy', 'app')).toEqual(['app: api', true]);
    expect(at(service, 'spec', 'merged', 'app')).toEqual(['app: api', true]);
    expect(at(service, 'spec', 'copy')).toEqual(['copy: *sel', true]);
  });

  it('near its nearest written ancestor when it is not written', () => {
    expect(at(service, 'spec', 'ports', 0, 'nodePort')).toEqual(['name: http', false]);
    expect(at(service, 'spec', 'ports', 7, 'port')).toEqual(['ports', false]);
    expect(at(service, 'spec', 'externalTrafficPolicy')).toEqual(['spec', false]);
    expect(at(service, 'status', 'loadBalancer')).toEqual(['name: api', false]);
    expect(at(service, 'spec', 'type', 'x')).toEqual(['type', false]);
  });

  it('at the name for the object itself', () => {
    expect(at(service)).toEqual(['name: api', true]);
    expect(at(node)).toEqual(['"name": "node-a"', true]);
  });
});

describe('an offset', () => {
  const fieldAt = (needle: string) => {
    const found = locateAt(manifests, 'a.yaml', TEXT.indexOf(needle) + 1);
    return found === null ? null : [found.object.ref.kind, formatFieldPath(found.path)];
  };

  it('belongs to the deepest field on its line', () => {
    expect(fieldAt('port: 80')).toEqual(['Service', 'spec.ports[0].port']);
    expect(fieldAt('  port: 80')).toEqual(['Service', 'spec.ports[0].port']);
    expect(fieldAt('- name: http')).toEqual(['Service', 'spec.ports[0].name']);
    expect(fieldAt('# the kind')).toEqual(['Service', 'kind']);
    expect(fieldAt('two')).toEqual(['Service', 'spec.text']);
    expect(fieldAt("'web'")).toEqual(['Service', 'metadata.labels.tier']);
    expect(fieldAt('9090')).toEqual(['Service', 'spec.ports[1].port']);
    expect(fieldAt('"node-a"')).toEqual(['Node', 'metadata.name']);
    expect(fieldAt('spec:')).toEqual(['Service', 'spec']);
  });

  it('before the first document belongs to nothing', () => {
    expect(locateAt(parseManifests([{ name: 'a', text: '\n\n' }]), 'a', 1)).toBeNull();
    expect(locateAt(manifests, 'b.yaml', 0)).toBeNull();
  });
});

describe('in a big list', () => {
  const filler = 'x'.repeat(300);
  const items = (n: number) => `- apiVersion: v1\n  kind: ConfigMap\n  metadata:\n    name: c${n}\n  data:\n    k: ${filler}\n`;
  const yaml = `apiVersion: v1\nitems:\n${Array.from({ length: 1000 }, (_, n) => items(n)).join('')}kind: List\n`;
  const json = JSON.stringify(
    {
      items: Array.from({ length: 1000 }, (_, n) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `c${n}` }, data: { k: filler } })),
      kind: 'List',
      apiVersion: 'v1',
    },
    null,
    4,
  );

  it.each([
    ['YAML', yaml, 'name: c700'],
    ['JSON', json, '"name": "c700"'],
  ])('of %s, one item is read', (_, text, written) => {
    const big = parseManifests([{ name: 'big', text }]);
    const { range, exact } = locateField(big, big.objects[700]!, ['metadata', 'name']);
    expect([text.slice(range.from, range.to), exact]).toEqual([written, true]);
    const found = locateAt(big, 'big', text.indexOf(written));
    expect([found?.object.ref.name, found?.path]).toEqual(['c700', ['metadata', 'name']]);
    expect(locateField(big, big.objects[3]!, ['spec']).exact).toBe(false);
  });
});

it('every scalar of any text is found, and found again from its offset', () => {
  const key = fc.constantFrom('a', 'b', 'c: d', '#', 'é', '1', 'on', "'", '"');
  const scalar = fc.constantFrom<Json>(null, true, 7, 'x', 'y z', 'a: b', '# no', '', "it's", '[', '{{', 'long '.repeat(30));
  const { json } = fc.letrec<{ json: Json }>((tie) => ({
    json: fc.oneof({ maxDepth: 4 }, scalar, fc.array(tie('json'), { maxLength: 3 }), fc.dictionary(key, tie('json'), { maxKeys: 3 })),
  }));
  fc.assert(
    fc.property(json, fc.constantFrom('block', 'flow', 'json'), fc.boolean(), (spec, how, indentSequences) => {
      const style = { newline: '\n', indentSequences, json: how === 'json' };
      const value = { apiVersion: 'v1', kind: 'X', metadata: { name: 'x' }, spec };
      const text = how === 'block' ? renderBlock(value, 0, style) : renderFlow(value, style);
      const parsed = parseManifests([{ name: 'a', text }]);
      const object = parsed.objects[0]!;
      for (const [path, leaf] of leaves(spec, ['spec'])) {
        const { range, exact } = locateField(parsed, object, path);
        expect(exact).toBe(true);
        const written = text.slice(range.from, range.to);
        const step = path.at(-1)!;
        expect(parseValue(how === 'json' && typeof step === 'string' ? `{${written}}` : written)).toEqual(typeof step === 'string' ? { [step]: leaf } : leaf);
        if (range.from < range.to) expect(locateAt(parsed, 'a', range.to - 1)?.path).toEqual(path);
      }
    }),
  );
});

function leaves(value: Json, path: FieldPath): [FieldPath, Json][] {
  if (typeof value !== 'object' || value === null) return [[path, value]];
  if (Array.isArray(value)) return value.flatMap((item: Json, index) => leaves(item, [...path, index]));
  return Object.entries<Json>(value).flatMap(([key, item]) => leaves(item, [...path, key]));
}
