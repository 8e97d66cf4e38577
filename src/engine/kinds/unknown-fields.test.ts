import { describe, expect, it } from 'vitest';
import { renderText } from '../../catalogue/render.ts';
import { admitText, notesOf } from './admit-text.ts';

const service = (spec: string, rest = '') => `apiVersion: v1\nkind: Service\nmetadata: { name: api }\nspec: { ${spec} }\n${rest}`;
const deployment = (container: string, template = '') => `apiVersion: apps/v1
kind: Deployment
metadata: { name: api }
spec:
  selector: { matchLabels: { app: api } }
  template:
    metadata: { labels: { app: api } }
    spec: { containers: [{ name: api, image: api, ${container} }]${template} }
`;
const ingress = (path: string) => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: api }
spec: { rules: [{ http: { paths: [{ ${path} }] } }] }
`;

describe('a field that the API does not have', () => {
  it('is told at its place, with the name that was meant', () => {
    const [finding] = admitText(service('ports: [{ port: 80, targetport: 8080 }]')).findings;
    expect(finding).toMatchObject({ code: 'unknown-field', severity: 'warning', path: ['spec', 'ports', 0, 'targetport'] });
    expect(finding!.ranges[0]).toMatchObject({ file: 'test.yaml' });
    expect(renderText(finding!.message)).toContain('targetPort');
  });

  it.each([
    [service('ports: [{ port: 80 }], selecter: { app: api }'), 'spec.selecter'],
    [service('ports: [{ port: 80 }]', 'selector: { app: api }'), 'selector'],
    [deployment('ports: [{ containerport: 80 }]'), 'spec.template.spec.containers[0].ports[0].containerport'],
    [deployment('readinessProb: {}'), 'spec.template.spec.containers[0].readinessProb'],
    [deployment('tty: true', ', hostnetwork: true'), 'spec.template.spec.hostnetwork'],
    [ingress('path: /, pathtype: Prefix, backend: { service: { name: api, port: { number: 80 } } }'), 'spec.rules[0].http.paths[0].pathtype'],
    [ingress('path: /, pathType: Prefix, backend: { service: { name: api, prot: { number: 80 } } }'), 'spec.rules[0].http.paths[0].backend.service.prot'],
  ])('is told wherever the fields are known: %#', (text, path) => {
    expect(notesOf(text)).toContain(`unknown-field ${path}`);
  });

  it('in what a running cluster shows is not told: that cluster may be newer', () => {
    const text = 'apiVersion: v1\nkind: Service\nmetadata: { name: api, uid: a }\nspec: { ports: [{ port: 80 }], fresh: 1 }\n';
    expect(notesOf(text)).toEqual([]);
  });

  it('labels, selectors and what a request does not feel are not looked into', () => {
    expect(notesOf(service('ports: [{ port: 80 }], selector: { whatever: x }'))).toEqual([]);
    expect(notesOf(deployment('resources: { some: thing }', ', volumes: [{ name: a, strange: {} }]'))).toEqual([]);
  });
});
