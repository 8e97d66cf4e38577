import { expect, it } from 'vitest';
import { formatFieldPath } from '../manifests/source.ts';
import { clusterOf } from '../dataplane/trace-of.ts';

const SERVICE = 'apiVersion: v1\nkind: Service\nmetadata: { name: 1api }\nspec: { ports: [{ port: 80 }] }';
const INGRESS = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: shop }
spec: { defaultBackend: { service: { name: 1api, port: { number: 80 } } } }`;

const said = (scenario: string) => {
  const { rejections, findings } = clusterOf(`${SERVICE}\n---\n${INGRESS}`, `complete: true\n${scenario}`);
  return {
    refused: rejections.map(({ category, path, rule }) => `${category} ${formatFieldPath(path)} ${rule}`),
    told: findings.filter(({ code }) => code === 'service-name-needs-release').length,
  };
};

it('a Service name may begin with a digit since Kubernetes 1.36, which is told where the release is not stated (S4.1.1)', () => {
  expect(said('')).toEqual({ refused: [], told: 1 });
  expect(said('kubernetesVersion: 1.36')).toEqual({ refused: [], told: 0 });
});

it('an older API server refuses the Service, and an Ingress that names it (S4.1.1, S4.4.8)', () => {
  expect(said('kubernetesVersion: 1.35')).toEqual({
    refused: ['Invalid metadata.name S4.1.1', 'Invalid spec.defaultBackend.service.name S4.4.8'],
    told: 0,
  });
});
