import { describe, expect, it } from 'vitest';
import { renderText } from '../../catalogue/render.ts';
import { parseManifests } from '../manifests/parse.ts';
import { refKey } from '../manifests/object-ref.ts';
import { admit } from './admit.ts';
import { acceptedFrom, admitText, notesOf, refusalsOf } from './admit-text.ts';
import type { Service } from './service/service-spec.ts';

const service = (rest: string) => `apiVersion: v1\nkind: Service\nmetadata: { name: api }\n${rest}\n`;

describe('admission', () => {
  it('the later of two objects with one name counts, and both places are told', () => {
    const text = `${service('spec: { ports: [{ port: 80 }] }')}---\n${service('spec: { ports: [{ port: 90 }] }')}`;
    const { objects, findings } = admitText(text);
    expect(objects.map((object) => (object as Service).ports[0]!.port)).toEqual([90]);
    expect(findings).toMatchObject([{ code: 'object-applied-twice', ranges: [{ document: 1 }, { document: 0 }] }]);
  });

  it('a rejected second form leaves the first in place', () => {
    const text = `${service('spec: { ports: [{ port: 80 }] }')}---\n${service('spec: { ports: [{ port: 0 }] }')}`;
    expect(admitText(text).objects.map((object) => (object as Service).ports[0]!.port)).toEqual([80]);
  });

  it('objects of two namespaces may share a name', () => {
    const text = `${service('spec: { ports: [{ port: 80 }] }')}---\napiVersion: v1\nkind: Service\nmetadata: { name: api, namespace: shop }\nspec: { ports: [{ port: 80 }] }`;
    expect(admitText(text).objects.map((object) => refKey(object.ref))).toEqual(['Service/default/api', 'Service/shop/api']);
  });

  it('a version that is not served is refused with the one to use (S2.12)', () => {
    const text = 'apiVersion: extensions/v1beta1\nkind: Ingress\nmetadata: { name: shop }\nspec: { backend: { serviceName: a, servicePort: 80 } }';
    expect(refusalsOf(text)).toEqual(['NotSupported apiVersion S2.12']);
    expect(renderText(admitText(text).rejections[0]!.message)).toContain('1.22');
    expect(renderText(admitText(text).rejections[0]!.message)).toContain('networking.k8s.io/v1');
  });

  it('defaults are kept by object and path', () => {
    const { defaults } = admitText(service('spec: { ports: [{ port: 80 }] }'));
    expect(defaults.get('Service/default/api')).toMatchObject({
      'spec.type': { value: 'ClusterIP', rule: 'S3.1' },
      'spec.ports[0].targetPort': { value: '80', rule: 'S3.4' },
    });
  });

  it('a misspelt kind of a known group is an error that names the kind that was meant', () => {
    const { findings } = admitText('apiVersion: apps/v1\nkind: Deploymnet\nmetadata: { name: web }\n');
    expect(findings).toMatchObject([{ code: 'kind-misspelt', severity: 'error', message: { args: { meant: 'Deployment' } } }]);
    expect(admitText('apiVersion: shop.example/v1\nkind: Servise\nmetadata: { name: web }\n').findings).toMatchObject([{ code: 'kind-not-read' }]);
  });

  it('an unchanged document is not read again', () => {
    const manifests = parseManifests([{ name: 'a.yaml', text: service('spec: { ports: [{ port: 80 }] }') }]);
    expect(admit(manifests).objects[0]).toBe(admit(manifests).objects[0]);
  });
});

describe('what is not read', () => {
  it.each([
    ['v1', 'ServiceAccount'],
    ['rbac.authorization.k8s.io/v1', 'ClusterRole'],
    ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'],
    ['autoscaling/v2', 'HorizontalPodAutoscaler'],
    ['policy/v1', 'PodDisruptionBudget'],
    ['v1', 'PersistentVolumeClaim'],
    ['storage.k8s.io/v1', 'StorageClass'],
  ])('%s %s never touches the path: no word', (apiVersion, kind) => {
    const admitted = admitText(`apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: x }`);
    expect(admitted.findings).toEqual([]);
    expect(admitted.unknown).toHaveLength(1);
  });

  it.each([
    ['gateway.networking.x-k8s.io/v1alpha1', 'XBackend'],
    ['crd.projectcalico.org/v1', 'NetworkPolicy'],
    ['cilium.io/v2', 'CiliumNetworkPolicy'],
    ['policy.networking.k8s.io/v1alpha1', 'AdminNetworkPolicy'],
    ['multicluster.x-k8s.io/v1alpha1', 'ServiceImport'],
  ])('%s %s would change the path: a warning', (apiVersion, kind) => {
    expect(admitText(`apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: x }`).findings).toMatchObject([
      { code: 'kind-not-read', severity: 'warning' },
    ]);
  });

  it('somebody’s own kind is mentioned once, with its places', () => {
    const one = 'apiVersion: example.com/v1\nkind: Widget\nmetadata: { name: a }\n';
    expect(admitText(`${one}---\n${one.replace('a }', 'b }')}`).findings).toMatchObject([
      { code: 'kind-not-read', severity: 'info', ranges: [{ document: 0 }, { document: 1 }] },
    ]);
  });
});

describe('objects of a running cluster', () => {
  it.each([
    'metadata: { name: api, uid: 1f7d }',
    'metadata: { name: api, resourceVersion: "12" }',
    'metadata: { name: api }\nstatus: { loadBalancer: { ingress: [{ ip: 1.2.3.4 }] } }',
  ])('%s: was accepted there, so its faults are only told', (metadata) => {
    const text = `apiVersion: v1\nkind: Service\n${metadata}\nspec: { healthCheckNodePort: 30001, ports: [{ port: 80 }] }`;
    expect(refusalsOf(text)).toEqual([]);
    expect(notesOf(text)).toEqual(['stored-but-invalid spec.healthCheckNodePort']);
  });

  it('an empty status that a generator left is no sign of one', () => {
    expect(refusalsOf(service('spec: { healthCheckNodePort: 30001, ports: [{ port: 80 }] }\nstatus: { loadBalancer: {} }'))).toEqual([
      'Invalid spec.healthCheckNodePort S4.2.20',
    ]);
  });
});

describe('wrong types', () => {
  it.each([
    ['spec: { type: 1, ports: [{ port: 80 }] }', 'spec.type', 'Put quotes'],
    ['spec: { type: true, ports: [{ port: 80 }] }', 'spec.type', 'Put quotes'],
    ['spec: { type: [a], ports: [{ port: 80 }] }', 'spec.type', 'text'],
    ['spec: { ports: [{ port: "80" }] }', 'spec.ports[0].port', 'quotes away'],
    ['spec: { ports: [{ port: 80.5 }] }', 'spec.ports[0].port', 'whole number'],
    ['spec: { ports: [{ port: 3000000000 }] }', 'spec.ports[0].port', 'whole number'],
    ['spec: { ports: [{ port: 80, targetPort: [80] }] }', 'spec.ports[0].targetPort', 'number or a name'],
    ['spec: { publishNotReadyAddresses: "true", ports: [{ port: 80 }] }', 'spec.publishNotReadyAddresses', 'quotes away'],
    ['spec: { publishNotReadyAddresses: 1, ports: [{ port: 80 }] }', 'spec.publishNotReadyAddresses', 'true or false'],
    ['spec: { ports: { port: 80 } }', 'spec.ports', 'list'],
    ['spec: [1]', 'spec', 'mapping'],
    ['spec: { selector: { app: 1 }, ports: [{ port: 80 }] }', 'spec.selector.app', 'Put quotes'],
  ])('%s is a decode error', (rest, path, words) => {
    const { rejections } = admitText(service(rest));
    expect(rejections).toHaveLength(1);
    expect(refusalsOf(service(rest))).toEqual([`Invalid ${path} S4`]);
    expect(renderText(rejections[0]!.message)).toContain(words);
  });

  it('an annotation must be text (S10.26)', () => {
    const text = 'apiVersion: v1\nkind: Service\nmetadata: { name: api, annotations: { a/b: true, c: 1 } }\nspec: { ports: [{ port: 80 }] }';
    expect(refusalsOf(text)).toEqual(['Invalid metadata.annotations[a/b] S10.26', 'Invalid metadata.annotations.c S10.26']);
  });

  it('a decode error hides what validation would say', () => {
    expect(refusalsOf(service('spec: { type: Wrong, ports: [{ port: "x" }] }'))).toEqual(['Invalid spec.ports[0].port S4']);
  });

  it('null is absent', () => {
    expect(acceptedFrom<Service>(service('spec: { type: null, selector: null, ports: [{ port: 80, name: null }] }')).type).toBe('ClusterIP');
  });
});

describe('names and labels', () => {
  const named = (kind: string, apiVersion: string, name: string, spec = '') =>
    `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: "${name}" }\n${spec}`;
  const ports = 'spec: { ports: [{ port: 80 }] }';

  it.each([
    [named('Service', 'v1', '1api', ports), []],
    [named('Service', 'v1', '-api', ports), ['Invalid metadata.name S4.1.1']],
    [named('Service', 'v1', 'Api', ports), ['Invalid metadata.name S4.1.1']],
    [named('Service', 'v1', 'a.b', ports), ['Invalid metadata.name S4.1.1']],
    [named('Service', 'v1', 'a'.repeat(64), ports), ['Invalid metadata.name S4.1.1']],
    [named('Service', 'v1', 'a'.repeat(63), ports), []],
    [named('Namespace', 'v1', 'a.b'), ['Invalid metadata.name S4.1.2']],
    [named('Namespace', 'v1', '1a'), []],
    [named('Secret', 'v1', 'a.b'), []],
    [named('Secret', 'v1', 'A'), ['Invalid metadata.name S4.1.2']],
    [named('Secret', 'v1', 'a'.repeat(254)), ['Invalid metadata.name S4.1.2']],
    ['apiVersion: v1\nkind: Secret\nmetadata: { name: a, namespace: a.b }', ['Invalid metadata.namespace S4.1.2']],
    ['apiVersion: v1\nkind: Secret\nmetadata: { name: a, labels: { a b: c } }', ['Invalid metadata.labels[a b] S4.1.3']],
    ['apiVersion: v1\nkind: Secret\nmetadata: { name: a, labels: { app: a/b } }', ['Invalid metadata.labels.app S4.1.3']],
    ['apiVersion: v1\nkind: Secret\nmetadata: { name: a, labels: { example.com/app: v1.2_3 } }', []],
    ['apiVersion: v1\nkind: Secret\nmetadata: { name: a, annotations: { a b: c } }', ['Invalid metadata.annotations[a b] S4.1.3']],
    ['apiVersion: v1\nkind: Secret\nmetadata: { name: a, annotations: { example.com/App: "any text: at all" } }', []],
  ])('%s', (text, expected) => {
    expect(refusalsOf(text)).toEqual(expected);
  });

  it('a generated name is a name', () => {
    expect(refusalsOf('apiVersion: v1\nkind: Pod\nmetadata: { generateName: client- }\nspec: { containers: [{ name: a, image: b }] }')).toEqual([]);
  });
});
