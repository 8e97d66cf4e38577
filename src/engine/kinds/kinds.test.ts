import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLUSTER_SCOPED } from '../manifests/cluster-scoped.ts';
import type { Json, JsonObject, ManifestObject } from '../manifests/document.ts';
import { SECRET_FACTS } from '../manifests/secret-facts.ts';
import { admitText } from './admit-text.ts';
import { findKind } from './find-kind.ts';
import { kinds } from './index.ts';

describe.each(kinds.map((kind) => [kind.kind, kind] as const))('%s', (name, kind) => {
  it('its template is accepted without a word', () => {
    const { objects, rejections, findings } = admitText(kind.template);
    expect({ rejections, findings }).toEqual({ rejections: [], findings: [] });
    expect(objects.map((object) => object.ref.kind)).toEqual([name]);
  });

  it('has a plural, a served version, a page of documentation', () => {
    expect(kind.plural).toMatch(/^[a-z]+$/);
    expect(kind.apiVersions.length).toBeGreaterThan(0);
    expect(kind.docs).toMatch(/^https:\/\//);
    for (const [version, release] of Object.entries(kind.removed)) {
      expect(kind.apiVersions).not.toContain(version);
      expect(release).toMatch(/^[01]\.\d+$/);
    }
  });

  it('the reader of texts knows its scope', () => {
    expect(CLUSTER_SCOPED.has(name)).toBe(!kind.namespaced);
  });

  it('what it refers to is of a kind that is read', () => {
    const [object] = admitText(kind.template).objects;
    for (const { to } of kind.references(object!)) expect(kinds.map((other) => other.kind)).toContain(to.kind);
  });

  it('reads any value without throwing', () => {
    const json = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>;
    fc.assert(fc.property(json, (value) => (kind.read(manifestOf(name, isObject(value) ? value : { spec: value })), true)));
  });

  it('reads its template with any one value broken without throwing', () => {
    const whole = admitText(kind.template).objects[0]!.manifest!;
    // The facts of a Secret are put there by the reader of texts; no text can hold others.
    const places = placesIn(whole.value, []).filter(([step]) => step !== SECRET_FACTS);
    const json = fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>;
    fc.assert(
      fc.property(fc.constantFrom(...places), json, (place, value) => {
        const broken = replaced(whole.value, place, value) as JsonObject;
        const { object } = kind.read({ ...whole, value: broken });
        if (object !== null) kind.references(object);
      }),
    );
  });
});

it('kinds are listed once', () => {
  expect(new Set(kinds.map((kind) => kind.kind)).size).toBe(kinds.length);
});

describe('finding a kind', () => {
  it('a served version is found', () => {
    expect(findKind('networking.k8s.io/v1', 'Ingress')).toMatchObject({ served: true, kind: { kind: 'Ingress' } });
  });

  it.each([
    ['extensions/v1beta1', 'Ingress', '1.22'],
    ['networking.k8s.io/v1beta1', 'Ingress', '1.22'],
    ['networking.k8s.io/v1beta1', 'IngressClass', '1.22'],
    ['discovery.k8s.io/v1beta1', 'EndpointSlice', '1.25'],
    ['extensions/v1beta1', 'Deployment', '1.16'],
    ['extensions/v1beta1', 'DaemonSet', '1.16'],
    ['extensions/v1beta1', 'ReplicaSet', '1.16'],
    ['apps/v1beta1', 'StatefulSet', '1.16'],
    ['batch/v1beta1', 'CronJob', '1.25'],
  ])('%s %s was removed in %s (S2.12)', (apiVersion, kind, removedIn) => {
    expect(findKind(apiVersion, kind)).toMatchObject({ served: false, removedIn });
  });

  it('a version or a group of Kubernetes that never had the kind is no foreign kind', () => {
    expect(findKind('v1', 'Deployment')).toMatchObject({ served: false, removedIn: null });
    expect(findKind('apps/v7', 'Deployment')).toMatchObject({ served: false, removedIn: null });
  });

  it('a kind of another project may share a name', () => {
    expect(findKind('serving.knative.dev/v1', 'Service')).toBeNull();
    expect(findKind('example.com/v1', 'Widget')).toBeNull();
  });
});

function manifestOf(kind: string, value: JsonObject): ManifestObject {
  return { ref: { kind, namespace: 'default', name: 'x' }, apiVersion: 'v1', value, file: 'test.yaml', document: 0, root: [], order: 0 };
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function placesIn(value: Json, path: readonly string[]): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...path, key]))].filter((place) => place.length > 0);
}

function replaced(value: Json, path: readonly string[], by: Json): Json {
  const [step, ...rest] = path;
  if (step === undefined) return by;
  if (Array.isArray(value)) return value.map((item: Json, index) => (String(index) === step ? replaced(item, rest, by) : item));
  const mapping = value as JsonObject;
  return { ...mapping, [step]: replaced(mapping[step] ?? null, rest, by) };
}
