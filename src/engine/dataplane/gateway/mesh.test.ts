import { describe, expect, it } from 'vitest';
import { buildCluster } from '../../cluster/build-cluster.ts';
import { parseManifests } from '../../manifests/parse.ts';
import { traceOf } from '../trace-of.ts';
import { route, rule } from './test-gateway.ts';

const MANIFESTS = [
  '{ apiVersion: v1, kind: Service, metadata: { name: api, namespace: shop }, spec: { selector: { app: api }, ports: [{ port: 80, targetPort: 8080 }] } }',
  '{ apiVersion: v1, kind: Pod, metadata: { name: api, namespace: shop, labels: { app: api } }, spec: { containers: [{ name: app, image: i }] } }',
  '{ apiVersion: v1, kind: Pod, metadata: { name: client, namespace: shop }, spec: { containers: [{ name: app, image: i }] } }',
  route('mesh', [rule('{ path: { value: /v1 } }', 'api')], 'parentRefs: [{ group: "", kind: Service, name: api }]'),
].join('\n---\n');
const ask = (path: string) => ({ url: `http://api${path}`, from: 'pod/shop/client' });

describe('a mesh that nobody stated (S12.15)', () => {
  const cluster = buildCluster(parseManifests([{ name: 'manifests.yaml', text: MANIFESTS }]));
  it.each([
    ['/v1', 'delivered'],
    ['/v2', 'fails'],
  ])('%s: what its proxy decides rests on an assumption', (path, ifTrue) => {
    const { verdict, assumptions } = traceOf(cluster, ask(path)).trace;
    expect(verdict).toMatchObject({ kind: 'depends', ifTrue });
    expect(assumptions.map(({ id }) => id)).toContain('mesh');
  });
  it('one that was stated is no assumption', () => {
    const { verdict } = traceOf(MANIFESTS, ask('/v1'), 'complete: true\ncontrollers: [{ kind: mesh, name: mesh, implementation: generic }]').trace;
    expect(verdict.kind).toBe('delivered');
  });
  it('the same request is sent from the Pod', () => {
    const { hops } = traceOf(cluster, ask('/v2')).trace;
    expect(hops.at(-1)!.commands.map(({ line }) => line)).toContain('kubectl exec -n shop client -- curl -v --resolve api:80:10.96.1.1 http://api/v2');
  });
});
