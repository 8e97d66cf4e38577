import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from './document.ts';
import { applyEdits, setField, withValue } from './edit.ts';
import { parseValue } from './parse.ts';
import { renderBlock } from './render-value.ts';
import type { FieldPath } from './source.ts';

const edited = (text: string, path: FieldPath, value: Json | undefined) => applyEdits(text, setField(text, path, value));

const SERVICE = `# mine
apiVersion: v1
kind: Service # a Service
metadata:
  name: api
  labels: { app: api, tier: "web" }
spec:
  type: ClusterIP   # inside only
  # the ports
  ports:
  - name: http # first
    port: 80
    # where to
    targetPort: 8080
  - port: 90
  selector:
    app: api
`;

describe('a field is changed', () => {
  it('by its scalar alone', () => {
    expect(edited(SERVICE, ['spec', 'type'], 'NodePort')).toBe(SERVICE.replace('ClusterIP', 'NodePort'));
    expect(edited(SERVICE, ['spec', 'ports', 0, 'port'], 81)).toBe(SERVICE.replace('port: 80', 'port: 81'));
    expect(edited(SERVICE, ['metadata', 'labels', 'tier'], 'on')).toBe(SERVICE.replace('"web"', '"on"'));
    expect(edited("a: 'b' # c\n", ['a'], "it's")).toBe("a: 'it''s' # c\n");
    expect(edited('a: { x: "b", y: c }\n', ['a', 'x'], 'd')).toBe('a: { x: "d", y: c }\n');
    expect(edited('a: b # c\n', ['a'], 'yes')).toBe('a: "yes" # c\n');
    expect(edited('a: b # c\n', ['a'], true)).toBe('a: true # c\n');
    expect(edited('a:   # c\n', ['a'], 1)).toBe('a: 1   # c\n');
    expect(edited('a: |\n  b\n  c\nd: e\n', ['a'], 'f')).toBe('a: f\nd: e\n');
  });

  it('to a mapping or a list, below its key', () => {
    expect(edited('a: 1 # c\nb: 2\n', ['a'], { x: [1, { v: 2, z: [] }] })).toBe('a: # c\n  x:\n    - 1\n    - v: 2\n      z: []\nb: 2\n');
    expect(edited('a: { x: 1 }\nb:\n- 1\n', ['a', 'z'], [1])).toBe('a: { x: 1, z: [1] }\nb:\n- 1\n');
    expect(edited('b:\n- 1\na: 1\n', ['a'], [1, 2])).toBe('b:\n- 1\na:\n- 1\n- 2\n');
    expect(edited('a:\n  x: 1\n', ['a'], 5)).toBe('a: 5\n');
    expect(edited('a: # c\n  x: 1\nb: 2\n', ['a'], { z: 1 })).toBe('a: # c\n  z: 1\nb: 2\n');
    expect(edited('a:\n- x: 1\n  y: 2\n- z\n', ['a', 0], 'w')).toBe('a:\n- w\n- z\n');
    expect(edited('a:\n- x: 1\n- z\n', ['a', 1], { b: 1, c: 2 })).toBe('a:\n- x: 1\n- b: 1\n  c: 2\n');
  });
});

describe('a field is added', () => {
  it('at the end of its mapping, like its neighbours', () => {
    expect(edited(SERVICE, ['spec', 'externalTrafficPolicy'], 'Local')).toBe(`${SERVICE}  externalTrafficPolicy: Local\n`);
    expect(edited(SERVICE, ['spec', 'ports', 0, 'nodePort'], 30080)).toBe(SERVICE.replace('8080\n', '8080\n    nodePort: 30080\n'));
    expect(edited(SERVICE, ['metadata', 'labels', 'x'], 'y z')).toBe(SERVICE.replace('"web" }', '"web", x: y z }'));
    expect(edited(SERVICE, ['metadata', 'annotations', 'a/b'], '1')).toBe(SERVICE.replace('"web" }\n', '"web" }\n  annotations:\n    a/b: "1"\n'));
  });

  it('with the parents that are missing', () => {
    expect(edited('', ['a', 'b'], 1)).toBe('a:\n  b: 1\n');
    expect(edited('# only this', ['a', 'b', 0], 1)).toBe('# only this\na:\n  b:\n    - 1\n');
    expect(edited('a:\n', ['a', 'b'], 1)).toBe('a:\n  b: 1\n');
    expect(edited('a: null # c\n', ['a', 'b'], 1)).toBe('a: # c\n  b: 1\n');
    expect(edited('a: {}\n', ['a', 'b', 'c'], 1)).toBe('a: { b: { c: 1 } }\n');
    expect(edited('---\na: 1', ['b', 'c'], 1)).toBe('---\na: 1\nb:\n  c: 1');
  });

  it('to lists', () => {
    expect(edited('a:\n- 1\n# end\n', ['a', 1], { b: 1, c: [2] })).toBe('a:\n- 1\n- b: 1\n  c:\n  - 2\n# end\n');
    expect(edited('a: [1]\n', ['a', 9], 2)).toBe('a: [1, 2]\n');
    expect(edited('a: [\n  1,\n  2,\n]\n', ['a', 2], 3)).toBe('a: [\n  1,\n  2,\n  3,\n]\n');
    expect(edited('a: []\n', ['a', 0], { b: 1 })).toBe('a: [{ b: 1 }]\n');
  });

  it('to JSON as JSON', () => {
    expect(edited('{\n  "a": {\n    "b": 1\n  }\n}\n', ['a', 'c'], { d: ['e'] })).toBe('{\n  "a": {\n    "b": 1,\n    "c": {"d": ["e"]}\n  }\n}\n');
    expect(edited('{"a":{}}', ['a', 'c'], true)).toBe('{"a":{"c": true}}');
  });

  it('over what a merge key or an alias brings', () => {
    expect(edited('x: &x { a: 1, b: 2 }\nm:\n  <<: *x\n', ['m', 'a'], 5)).toBe('x: &x { a: 1, b: 2 }\nm:\n  <<: *x\n  a: 5\n');
    expect(edited('x: &x { a: 1 }\nm: *x\n', ['m', 'b'], 5)).toBe('x: &x { a: 1 }\nm:\n  a: 1\n  b: 5\n');
  });

  it('with the line ends of the text', () => {
    expect(edited('a:\r\n  b: 1\r\nc: 2\r\n', ['a', 'd'], { e: 1 })).toBe('a:\r\n  b: 1\r\n  d:\r\n    e: 1\r\nc: 2\r\n');
    expect(edited('a:\r\n  b: 1\r\n  c: 2\r\n', ['a', 'b'], undefined)).toBe('a:\r\n  c: 2\r\n');
  });
});

describe('a field is taken away', () => {
  it('with its line and its comment', () => {
    expect(edited(SERVICE, ['spec', 'type'], undefined)).toBe(SERVICE.replace('  type: ClusterIP   # inside only\n', ''));
    expect(edited(SERVICE, ['spec', 'ports', 0], undefined)).toBe(
      SERVICE.replace('  - name: http # first\n    port: 80\n    # where to\n    targetPort: 8080\n', ''),
    );
    expect(edited(SERVICE, ['spec', 'ports', 0, 'name'], undefined)).toBe(SERVICE.replace('- name: http # first\n    port', '- port'));
    expect(edited(SERVICE, ['metadata', 'labels', 'app'], undefined)).toBe(SERVICE.replace('app: api, tier', 'tier'));
    expect(edited(SERVICE, ['metadata', 'labels', 'tier'], undefined)).toBe(SERVICE.replace(', tier: "web"', ''));
    expect(edited('a: 1\nb: 2', ['b'], undefined)).toBe('a: 1');
  });

  it('and leaves an empty mapping or list when it was the last', () => {
    expect(edited('a:\n  b: 1\nc: 2\n', ['a', 'b'], undefined)).toBe('a: {}\nc: 2\n');
    expect(edited('a: # c\n- 1\nb: 2\n', ['a', 0], undefined)).toBe('a: [] # c\nb: 2\n');
    expect(edited('a: 1\n', ['a'], undefined)).toBe('{}\n');
  });

  it('only when it is there', () => {
    expect(setField(SERVICE, ['spec', 'nope', 'x'], undefined)).toEqual([]);
    expect(setField(SERVICE, ['spec', 'type'], 'ClusterIP')).toEqual([]);
    expect(setField('a: [', ['b'], 1)).toEqual([]);
  });
});

describe('whatever the text and the field', () => {
  const key = fc.oneof(
    fc.constantFrom('a', 'b', 'on', '1', '0777', '~', '<<', '', ' x', 'a: b', '#', '- ', '&a', 'metadata', '__proto__', 'é', '\u2028', '"', "'", '\n'),
    fc.string({ maxLength: 6 }),
  );
  const scalar = fc.oneof(
    fc.constantFrom<Json>(
      null,
      true,
      0,
      -1.5,
      1e21,
      'yes',
      '',
      '1:30',
      '0o7',
      '2024-01-01',
      '{{ x }}',
      'a #b',
      'a\nb\n',
      ' ',
      '\t',
      '---',
      '...',
      '.5.',
      '1_0',
      '=',
      '\\',
      '\uD800',
      '\uFEFF',
    ),
    fc.string({ maxLength: 8, unit: 'binary' }),
    fc.integer(),
  );
  const { json } = fc.letrec<{ json: Json }>((tie) => ({
    json: fc.oneof({ maxDepth: 3, withCrossShrink: true }, scalar, fc.array(tie('json'), { maxLength: 3 }), fc.dictionary(key, tie('json'), { maxKeys: 3 })),
  }));
  const path = fc.array(fc.oneof(key, fc.nat({ max: 3 })), { maxLength: 4 });
  const style = fc.record({ newline: fc.constantFrom('\n', '\r\n'), indentSequences: fc.boolean(), json: fc.boolean() });
  /** Follows steps that exist, so that most edits change something in the middle. */
  const walked = fc.tuple(json, fc.array(fc.nat({ max: 5 }), { maxLength: 4 }), path).map(([value, turns, tail]): [Json, FieldPath] => {
    const steps: (string | number)[] = [];
    let current: Json = value;
    for (const turn of turns) {
      if (typeof current !== 'object' || current === null) break;
      const keys = Object.keys(current);
      const at = keys[turn % Math.max(keys.length, 1)];
      if (at === undefined) break;
      steps.push(Array.isArray(current) ? Number(at) : at);
      current = Object.values<Json>(current)[keys.indexOf(at)]!;
    }
    return [value, [...steps, ...tail.slice(0, steps.length === 0 ? 4 : turns.length % 2)]];
  });

  it('what is written reads back', () => {
    fc.assert(
      fc.property(json, style, (value, how) => {
        expect(parseValue(renderBlock(value, 0, how))).toEqual(plain(value));
      }),
    );
  });

  it('the result reads back as what was meant', () => {
    fc.assert(
      fc.property(walked, fc.option(json, { nil: undefined }), style, fc.boolean(), ([before, at], value, how, commented) => {
        const rendered = `${renderBlock(before, 0, how)}${how.newline}`;
        const text = commented ? rendered.replace(/(?<=[\w"}\]:-])(?=\r?\n)/g, ' # note') : rendered;
        fc.pre(text === rendered || sameValue(text, before));
        expect(parseValue(edited(text, at, value))).toEqual(plain(withValue(plain(before), at, value)));
      }),
      { numRuns: 1000 },
    );
  });

  /** JSON has no -0. */
  const plain = (value: Json): Json => {
    const copy: Json = JSON.parse(JSON.stringify(value));
    return copy;
  };
  const sameValue = (text: string, value: Json): boolean => {
    try {
      expect(parseValue(text)).toEqual(plain(value));
      return true;
    } catch {
      return false;
    }
  };
});
