import { describe, expect, it } from 'vitest';
import { renderText } from '../../catalogue/render.ts';
import type { Manifests } from './document.ts';
import { refKey } from './object-ref.ts';
import { parseManifests } from './parse.ts';

const read = (text: string, name = 'a.yaml'): Manifests => parseManifests([{ name, text }]);
const names = (manifests: Manifests) => manifests.objects.map((object) => refKey(object.ref));
const service = (name: string, more = '') => `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\n${more}`;
const said = (manifests: Manifests) => manifests.findings.map((finding) => `${finding.code}: ${renderText(finding.message)}`);
/** The text that the first range of the first finding covers. */
const pointedAt = (manifests: Manifests) => {
  const [range] = manifests.findings[0]!.ranges;
  return manifests.documents[range!.document]!.text.slice(range!.from, range!.to);
};
const valueOf = (scalar: string) => read(`${service('a')}value: ${scalar}\n`).objects[0]?.value['value'];

describe('documents', () => {
  it('are cut at the markers, in every file, and keep their place and age', () => {
    const manifests = parseManifests([
      { name: 'a.yaml', text: `# first\n---\n${service('a')}---\n${service('b')}` },
      { name: 'b.yaml', text: service('c') },
    ]);
    expect(manifests.findings).toEqual([]);
    expect(manifests.objects.map((object) => [object.ref.name, object.file, object.document, object.order])).toEqual([
      ['a', 'a.yaml', 0, 0],
      ['b', 'a.yaml', 1, 1],
      ['c', 'b.yaml', 0, 2],
    ]);
    expect(manifests.documents.map((document) => [document.start, document.startLine])).toEqual([
      [0, 0],
      [61, 6],
      [0, 0],
    ]);
  });

  it('may hold a marker inside a block scalar only when it is indented', () => {
    const manifests = read(`apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata:\n  x: |\n    ---\n    kind: Service\n`);
    expect(names(manifests)).toEqual(['ConfigMap/default/a']);
  });

  it.each([
    ['a byte order mark', `\uFEFF${service('a')}`],
    ['Windows line ends', service('a').replaceAll('\n', '\r\n')],
    ['a directive and comments', `# x\n%YAML 1.1\n--- # y\n${service('a')}...\n# z\n`],
    ['empty documents', `---\n---\n# nothing\n---\n${service('a')}---\n`],
    ['content on the marker line', `--- {apiVersion: v1, kind: Service, metadata: {name: a}}\n`],
    ['an end marker', `${service('a')}...\n`],
    ['tabs between values', `apiVersion:\tv1\nkind:\tService\t# x\nmetadata:\n  name: a\n`],
  ])('are read with %s', (_, text) => {
    expect(said(read(text))).toEqual([]);
    expect(names(read(text))).toEqual(['Service/default/a']);
  });

  it('may break the indentation inside brackets and quotes, as go-yaml allows', () => {
    const manifests = read(`${service('a')}spec: {\n# c\nports: [ # d\n  1,\n\t2\n]\n}\nmore:\n  x: [\n1]\n  text: "one\ntwo\n\nthree"\n`);
    expect(said(manifests)).toEqual([]);
    expect(manifests.objects[0]!.value).toMatchObject({ spec: { ports: [1, 2] }, more: { x: [1], text: 'one two\nthree' } });
  });

  it('after an end marker begin anew', () => {
    expect(names(read(`${service('a')}...\n${service('b')}`))).toEqual(['Service/default/a', 'Service/default/b']);
  });

  it('are JSON, too, one after the other', () => {
    const one = (name: string) => JSON.stringify({ apiVersion: 'v1', kind: 'Service', metadata: { name, annotations: { text: '"}{\\' } } }, null, '\t');
    const manifests = read(`${one('a')}\n${one('b')}${one('c')}\n`, 'a.json');
    expect(said(manifests)).toEqual([]);
    expect(names(manifests)).toEqual(['Service/default/a', 'Service/default/b', 'Service/default/c']);
    expect(manifests.objects[2]!.document).toBe(2);
  });

  it('of a text cover it without gaps', () => {
    const text = `# a\n---\n${service('a')}---\n---\n${service('b')}...\n# end\n`;
    expect(
      read(text)
        .documents.map((document) => document.text)
        .join(''),
    ).toBe(text);
  });

  it('that did not change are the same objects again', () => {
    const text = `${service('a')}---\n${service('b')}---\n${service('c')}`;
    const before = read(text);
    const after = parseManifests([{ name: 'a.yaml', text: text.replace('name: b', 'name: bb') }], before);
    expect(after.documents[0]).toBe(before.documents[0]);
    expect(after.documents[1]).not.toBe(before.documents[1]);
    expect(after.objects[2]).toBe(before.objects[2]);
    expect(after.documents[2]!.start).toBe(before.documents[2]!.start + 1);
    expect(parseManifests([{ name: 'a.yaml', text }], before).documents).toEqual(before.documents);
  });

  it('that moved keep their value and take their new age', () => {
    const before = read(`${service('a')}---\n${service('b')}`);
    const after = parseManifests([{ name: 'a.yaml', text: `${service('x')}---\n${service('a')}---\n${service('b')}` }], before);
    expect(after.objects.map((object) => [object.ref.name, object.order, object.document])).toEqual([
      ['x', 0, 0],
      ['a', 1, 1],
      ['b', 2, 2],
    ]);
    expect(after.objects[2]!.value).toBe(before.objects[1]!.value);
  });
});

describe('scalars are read as kubectl reads them', () => {
  it.each([
    ['0777', 511],
    ['0o17', 15],
    ['08', 8],
    ['0x1F', 31],
    ['0b11', 3],
    ['1_000', 1000],
    ['+5', 5],
    ['-0', 0],
    ['1e3', 1000],
    ['.5', 0.5],
    ['1.10', 1.1],
    ['yes', true],
    ['On', true],
    ['n', 'n'],
    ['Y', 'Y'],
    ['off', false],
    ['~', null],
    ['Null', null],
    ['', null],
    ['1:30', '1:30'],
    ['10.0.0.1', '10.0.0.1'],
    ['2024-01-02', '2024-01-02'],
    ['2024-01-02T03:04:05Z', '2024-01-02T03:04:05Z'],
    ['.inf', '.inf'],
    ['1e999', '1e999'],
    ['"yes"', 'yes'],
    ['!!str 5', '5'],
    ['!!float 5', 5],
    ['!vault x', 'x'],
    ['18446744073709551616', 2 ** 64],
  ])('%s', (scalar, value) => expect(valueOf(scalar)).toEqual(value));

  it('a bare letter is text here, and the person is told what kubectl makes of it', () => {
    const manifests = read('apiVersion: v1\nkind: Namespace\nmetadata:\n  name: y # mine\n');
    expect(names(manifests)).toEqual(['Namespace/y']);
    expect(said(manifests)).toEqual(['yaml-boolean: kubectl reads a bare y as true. Put quotes around it to make it text.']);
    expect(pointedAt(manifests)).toBe('y');
    expect(said(read(`${service('a')}x: "y"\nz: |\n  n\nw: !!str n\n`))).toEqual([]);
  });

  it('keys are text', () => {
    expect(read(`${service('a')}80: x\nyes: z\n`).objects[0]!.value).toMatchObject({ '80': 'x', true: 'z' });
  });

  it('aliases and merge keys are replaced, own keys win', () => {
    const manifests = read(`${service('a')}base: &b { x: 1, z: 2 }\nmore: { <<: *b, z: 3 }\nsame: *b\n`);
    expect(manifests.objects[0]!.value).toMatchObject({ more: { x: 1, z: 3 }, same: { x: 1, z: 2 } });
  });
});

describe('lists', () => {
  it('are flattened, nested ones too, and the root leads to each object', () => {
    const manifests = read(
      'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Service, metadata: {name: a}}\n- apiVersion: v1\n  kind: List\n  items:\n  - {apiVersion: v1, kind: Node, metadata: {name: node-a}}\n',
    );
    expect(manifests.objects.map((object) => [refKey(object.ref), object.root])).toEqual([
      ['Service/default/a', ['items', 0]],
      ['Node/node-a', ['items', 1, 'items', 0]],
    ]);
  });

  it('of one kind lend it to their items', () => {
    const manifests = read('apiVersion: discovery.k8s.io/v1\nkind: EndpointSliceList\nitems:\n- metadata: {name: a, namespace: shop}\n');
    expect(manifests.objects[0]).toMatchObject({ ref: { kind: 'EndpointSlice', namespace: 'shop', name: 'a' }, apiVersion: 'discovery.k8s.io/v1' });
  });

  it('may be empty', () =>
    expect(read('apiVersion: v1\nitems: []\nkind: List\nmetadata: {resourceVersion: ""}\n')).toMatchObject({ objects: [], findings: [] }));

  it.each([0, 2])(
    'that are big are read in pieces, indented by %s',
    (indent) => {
      const pad = ' '.repeat(indent);
      const item = (n: number) =>
        `${pad}- apiVersion: v1\n${pad}  kind: ConfigMap\n${pad}  metadata:\n${pad}    name: c${n}\n${pad}  data:\n${pad}    x: |\n${pad}      - apiVersion: ${'y'.repeat(200)}\n# note\n`;
      const text = `apiVersion: v1\nitems:\n${Array.from({ length: 3000 }, (_, n) => item(n)).join('')}kind: List\nmetadata:\n  resourceVersion: ""\n`;
      const manifests = read(text);
      expect(manifests.findings).toEqual([]);
      expect(manifests.objects).toHaveLength(3000);
      expect(manifests.objects[2999]).toMatchObject({ ref: { name: 'c2999' }, root: ['items', 2999] });
      const broken = read(text.replace('name: c2000', 'name: [c2000'));
      expect(broken.objects).toEqual([]);
      expect(broken.findings[0]).toMatchObject({ code: 'yaml-syntax' });
      // A loaded machine takes longer than the usual five seconds.
    },
    30_000,
  );
});

describe('what is not kept', () => {
  it('managedFields and the copy that kubectl apply keeps', () => {
    const manifests = read(
      service(
        'a',
        `  managedFields: [{manager: x}]\n  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: |\n      {"data":{"k":"hush"}}\n    keep: "1"\n`,
      ),
    );
    expect(manifests.objects[0]!.value).toEqual({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'a', annotations: { keep: '1' } } });
  });

  it('the payload of a Secret in a typed list, whose items state no kind', () => {
    const manifests = read('apiVersion: v1\nkind: SecretList\nitems: [{metadata: {name: s}, data: {a: aHVzaA==}}]\n');
    expect(manifests.objects[0]!.value).toMatchObject({ kind: 'Secret', 'podpath.dev/secret-facts': { keys: ['a'] } });
    expect(JSON.stringify(manifests.objects)).not.toContain('aHVzaA==');
  });

  it('the payload of a Secret that a custom kind wraps', () => {
    const manifests = read(
      'apiVersion: x/v1\nkind: Template\nmetadata: {name: t}\nobjects: [{kind: Secret, data: {a: aHVzaA==}}]\nref: {kind: Secret, name: s}\n',
    );
    expect(JSON.stringify(manifests)).not.toContain('"aHVzaA=="');
    expect(manifests.objects[0]!.value['ref']).toEqual({ kind: 'Secret', name: 's' });
  });

  it('the payload of a Secret, also in a list', () => {
    const secret = '{apiVersion: v1, kind: Secret, metadata: {name: s}, type: Opaque, data: {a: aHVzaA==, b: ""}, stringData: {c: hush}}';
    const manifests = read(`apiVersion: v1\nkind: List\nitems:\n- ${secret}\n---\n${secret}\n`);
    expect(manifests.objects).toHaveLength(2);
    for (const { value } of manifests.objects) {
      expect(value).toEqual({
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 's' },
        type: 'Opaque',
        'podpath.dev/secret-facts': { keys: ['a', 'b', 'c'], filled: ['a', 'c'], certificate: null },
      });
    }
  });
});

describe('a broken document', () => {
  it('spares the others', () => {
    const manifests = read(`${service('a')}---\nkind: [\n---\n${service('b')}`);
    expect(names(manifests)).toEqual(['Service/default/a', 'Service/default/b']);
    expect(manifests.findings.map((finding) => [finding.code, finding.ranges[0]!.document])).toEqual([['yaml-syntax', 1]]);
  });

  it.each([
    ['metadata:\n\tname: a\n', 'A tab stands in the indentation. YAML takes only spaces there.', '\tname: a'],
    ['a: 1\nb: 2\na: 3\n', 'The key a stands twice in one mapping.', 'a: 3'],
    ['a: b: c\n', 'A value that holds a colon and a space needs quotes around it.', 'a: b: c'],
    ['a: "x\nb: c\n', 'A quote opens here and never closes.', '"x'],
    ['a: [x, y\nb: c\n', 'A bracket opens here and never closes.', '[x, y'],
    ['a: ["x" "y"]\n', 'A comma or a bracket is missing here, or there is one too many.', null],
    ['a: *nope\n', 'The alias *nope names an anchor that this document does not define.', null],
    ['a:\n  b: 1\n c: 2\n', 'This line is not indented like the lines that it belongs to.', 'c: 2'],
    ['a: 1\nb\nc: 2\n', 'A colon is missing after the key. A field is written key: value.', null],
    ['a: b\n  c: d\n', 'This line is not indented like the lines that it belongs to.', 'c: d'],
    ['a:b\nc: d\n', 'A colon is missing after the key. A field is written key: value.', 'a:b'],
    ['a: @x\n', 'A value cannot begin with @. Put quotes around it.', null],
    ['a: "\\z"\n', 'In double quotes, a backslash begins an escape, and this one does not exist.', null],
    ['a: \u0000\n', 'A character stands here that YAML does not allow.', null],
    [`a: ${'['.repeat(200)}\n`, 'The values of this document are nested more than 100 levels deep.', null],
    ['{"a": {"b": 1}, "c": }, }', 'A comma or a bracket is missing here, or there is one too many.', null],
  ])('%j is explained in plain words', (text, words, where) => {
    const manifests = read(text);
    expect(said(manifests)).toEqual([`yaml-syntax: ${words}`]);
    if (where !== null) expect(pointedAt(manifests).trim()).toBe(where.trim());
  });

  it('is a value that contains itself, or that aliases blow up', () => {
    expect(said(read('a: &a\n  b: *a\n'))).toEqual(['yaml-syntax: An alias of this document contains itself.']);
    const laughs = Array.from(
      { length: 12 },
      (_, n) =>
        `a${n}: &a${n} [${Array(10)
          .fill(n === 0 ? 'x' : `*a${n - 1}`)
          .join(', ')}]`,
    ).join('\n');
    expect(said(read(laughs))).toEqual(['yaml-syntax: This document holds more than 400000 values once its aliases are replaced.']);
    const chain = Array.from({ length: 200 }, (_, n) => `a${n}: &a${n} [${n === 0 ? 'x' : `*a${n - 1}`}]`).join('\n');
    expect(said(read(chain))[0]).toContain('nested more than 100 levels');
    expect(said(read('['.repeat(100_000)))).toHaveLength(1);
    expect(said(read(`{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`))[0]).toContain('nested more than 100 levels');
  });

  it('never throws, whatever the text', () => {
    for (const text of [
      '---',
      '...',
      '%',
      '%YAML',
      '\uFEFF',
      '?',
      ':',
      '- -',
      '&a',
      '*',
      '!',
      '|',
      '{',
      '}',
      '[]',
      '""',
      '\r',
      '\u2028',
      'a:\n- b\n-',
      '? a\n: b',
      '<<: 1',
      '"\\ud800"',
    ]) {
      expect(() => read(text)).not.toThrow();
      expect(() => read(`${service('a')}---\n${text}\n---\n${text}`)).not.toThrow();
    }
  });
});

describe('texts that are no objects', () => {
  it.each([
    ['apiVersion: v1\nmetadata: {name: a}\n', 'A Kubernetes object needs kind.'],
    ['kind: Service\nmetadata: {name: a}\n', 'A Kubernetes object needs apiVersion.'],
    ['apiVersion: v1\nkind: Service\nspec: {}\n', 'A Kubernetes object needs metadata.name.'],
    ['apiVersion: v1\nkind: Service\nmetadata: {name: 123}\n', 'metadata.name must be text, but 123 is a number. Put quotes around it.'],
    ['apiVersion: v1\nkind: Service\nmetadata: {name: on}\n', 'metadata.name must be text, but YAML reads this as true. Put quotes around it.'],
    [
      'apiVersion: v1\nkind: Service\nmetadata: {name: a, namespace: no}\n',
      'metadata.namespace must be text, but YAML reads this as false. Put quotes around it.',
    ],
    ['apiVersion: v1\nkind: Service\nmetadata: x\n', 'metadata must be a mapping of fields.'],
    ['- a\n- b\n', 'A Kubernetes object is a mapping. Several objects go under items of a List.'],
    ['just some words', 'This is text. A Kubernetes object begins with apiVersion and kind.'],
    ['NAME     STATUS   ROLES    VERSION\nnode-a   Ready    <none>   v1.36.0\n', 'This is a table made for reading. Paste what kubectl get … -o yaml prints.'],
    [
      '- kind: Service\n\nName:         api-0\nNamespace:    shop\nLabels:       app=api\n              tier=web\n',
      'This is what kubectl prints for people. Put a line --- before it, so that it is read by itself.',
    ],
    [
      '- kind: Service\n\nNAME   READY   STATUS    RESTARTS   AGE\napi-0  1/1     Running   0          3d\n',
      'This is what kubectl prints for people. Put a line --- before it, so that it is read by itself.',
    ],
    [`\`\`\`yaml\n${service('a')}\`\`\`\n`, 'This line is Markdown. Take the lines of backticks out.'],
    ['Error from server (NotFound): services "x" not found', 'This is a message of kubectl, not an object.'],
    ['services:\n  web: {image: nginx}\n', 'This is a Docker Compose file. Podpath reads Kubernetes objects.'],
  ])('%j', (text, words) => {
    const manifests = read(text);
    expect(said(manifests)).toEqual([`not-an-object: ${words}`]);
    expect(manifests.objects).toEqual([]);
  });

  it('empty texts and comments are silent', () => expect(read('# only\n\n---\n# this\n').findings).toEqual([]));

  it('an object to be created gets a name from generateName', () => {
    expect(names(read('apiVersion: batch/v1\nkind: Job\nmetadata: {generateName: run-}\n'))).toEqual(['Job/default/run-00000']);
  });

  it('unknown kinds are objects', () => {
    expect(names(read('apiVersion: example.org/v1\nkind: Widget\nmetadata: {name: w, namespace: x}\n'))).toEqual(['Widget/x/w']);
  });

  it('an empty namespace is the default one', () => {
    expect(names(read('apiVersion: v1\nkind: Service\nmetadata: {name: a, namespace: ""}\n'))).toEqual(['Service/default/a']);
  });

  it('cluster-scoped objects have no namespace, whatever is written', () => {
    expect(names(read('apiVersion: v1\nkind: Node\nmetadata: {name: node-a, namespace: x}\n'))).toEqual(['Node/node-a']);
  });
});

describe('unrendered templates', () => {
  const HELM = 'This is a Helm template. Render it first: helm template RELEASE CHART.';
  it.each([
    ['{{- if .Values.x }}\napiVersion: v1\n{{- end }}\n', HELM],
    ['apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Release.Name }}\n', HELM],
    [service('"{{ .Release.Name }}-api"'), 'metadata.name holds the placeholder {{ .Release.Name }}. Fill it in first: helm template RELEASE CHART.'],
    [service('api-${ENV}'), 'metadata.name holds the placeholder ${ENV}. Fill it in first: envsubst < FILE.'],
    [service('a', 'spec: {externalName: $(HOST).example.com}\n'), 'spec.externalName holds the placeholder $(HOST). Fill it in first: envsubst < FILE.'],
  ])('%j', (text, words) => expect(said(read(text))).toEqual([`template-not-rendered: ${words}`]));

  it('spare the documents beside them', () => {
    expect(names(read(`${service('a')}---\nmetadata:\n  name: {{ .x }}\n---\n${service('b')}`))).toEqual(['Service/default/a', 'Service/default/b']);
  });

  it('name the field, and the object stays when only a field is open', () => {
    const manifests = read(service('a', 'spec:\n  externalName: ${HOST}\n'));
    expect(names(manifests)).toEqual(['Service/default/a']);
    expect(pointedAt(manifests)).toBe('externalName: ${HOST}');
  });

  it('are not seen where Kubernetes or a program expands the text', () => {
    expect(
      said(
        read(
          'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: c, args: [$(POD_IP)], env: [{name: A, value: "$(B)"}]}]}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\ndata: {x: "{{ .y }}"}\n',
        ),
      ),
    ).toEqual([]);
  });

  it.each([
    ['kustomization.yaml', 'resources: [a.yaml]\n', 'kubectl kustomize .'],
    ['a.yaml', 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n', 'kubectl kustomize .'],
    ['base/kustomization.yml', 'namePrefix: x-\n', 'kubectl kustomize base/'],
    ['chart/Chart.yaml', 'apiVersion: v2\nname: x\nversion: 1.0.0\n', 'helm template RELEASE chart/'],
    ['values-prod.yaml', 'replicas: 2\n', 'helm template RELEASE .'],
  ])('%s is a file for a tool', (name, text, command) => {
    const manifests = read(text, name);
    expect(manifests.findings[0]).toMatchObject({ code: 'template-not-rendered' });
    expect(said(manifests)[0]).toContain(command);
  });
});
