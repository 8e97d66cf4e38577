import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildCluster } from '../cluster/build-cluster.ts';
import { parseManifests } from '../manifests/parse.ts';
import { applyFileEdits } from './change.ts';
import { diagnose } from './diagnose.ts';
import { fixesFor } from './repair.ts';

const SOUND = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: menu   # serves the card
  namespace: cafe
spec:
  replicas: 2
  selector:
    matchLabels:
      app: menu
  template:
    metadata:
      labels:
        app: menu
        tier: front
    spec:
      containers:
      - name: menu
        image: registry.example/menu:2
        ports:
        - name: http
          containerPort: 8080
---
apiVersion: v1
kind: Service
metadata:
  name: menu
  namespace: cafe
spec:
  selector:
    app: menu
  ports:
  - name: web
    port: 80
    targetPort: http
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: cafe
  namespace: cafe
spec:
  ingressClassName: nginx
  rules:
  - host: cafe.example.com
    http:
      paths:
      - path: /menu
        pathType: Prefix
        backend:
          service:
            name: menu
            port:
              number: 80
`;

/** One line of the sound manifests, what becomes of it, and the finding that this is. */
const FAULTS: readonly (readonly [line: string, broken: string, code: string])[] = [
  ['    app: menu\n  ports:', '    app: mneu\n  ports:', 'selector-matches-no-pods'],
  ['    app: menu\n  ports:', '    application: menu\n  ports:', 'selector-matches-no-pods'],
  ['  replicas: 2', '  replicas: 0', 'selector-matches-no-pods'],
  ['targetPort: http', 'targetPort: htpp', 'target-port-name-missing'],
  ['- name: http\n          containerPort', '- containerPort', 'target-port-name-missing'],
  ['    port: 80\n    targetPort', '    port: 80\n    nodePort: 30080\n    targetPort', 'service-type-forbids-field'],
  ['    matchLabels:\n      app: menu', '    matchLabels:\n      app: card', 'workload-selector-mismatch'],
  ['ingressClassName: nginx', 'ingressClassName: ngnix', 'ingress-class-unclaimed'],
  ['        pathType: Prefix\n', '', 'ingress-path-invalid'],
  ['path: /menu', 'path: menu', 'ingress-path-invalid'],
  ['            name: menu', '            name: mneu', 'backend-service-missing'],
  ['number: 80', 'number: 8000', 'backend-port-missing'],
  ['host: cafe.example.com', 'host: Cafe.Example.com', 'ingress-host-invalid'],
  ['apiVersion: networking.k8s.io/v1\n', 'apiVersion: networking.k8s.io/v1beta1\n', 'api-version-removed'],
  ['kind: Deployment', 'kind: Deploymet', 'kind-misspelt'],
  ['containerPort: 8080', 'containerPort: "8080"', 'rejected'],
];

const problemsOf = (text: string) => diagnose(buildCluster(parseManifests([{ name: 'cafe.yaml', text }])));

it('sound manifests raise nothing', () => {
  expect(problemsOf(SOUND)).toEqual([]);
});

describe('one fault in sound manifests', () => {
  it.each(FAULTS)('%j as %j is %s, and its fix leaves every other line alone', (line, broken, code) => {
    const text = SOUND.replace(line, broken);
    const workspace = [{ name: 'cafe.yaml', text }];
    const cluster = buildCluster(parseManifests(workspace));
    const [first] = diagnose(cluster);
    expect(first).toMatchObject({ code, severity: 'error', proof: { fails: true } });
    const fixes = fixesFor(workspace, cluster, first!);
    expect(fixes.length).toBeGreaterThan(0);
    for (const { files } of fixes) {
      const mended = applyFileEdits(workspace, files)[0]!.text;
      expect(problemsOf(mended).filter(({ severity }) => severity === 'error')).toEqual([]);
      // What a person wrote around the fault stays: comments, order, quotes.
      const kept = text.split('\n').filter((own) => !mended.split('\n').includes(own));
      expect(kept.length).toBeLessThanOrEqual(2);
      expect(mended).toContain('# serves the card');
    }
  });

  it('is the first finding, and the only error, whatever the names are', () => {
    const name = fc.stringMatching(/^[a-z]{4,10}$/).filter((word) => !['menu', 'http', 'front', 'cafe', 'tier', 'name', 'port', 'path', 'host'].includes(word));
    fc.assert(
      fc.property(name, fc.constantFrom(...FAULTS), (word, [line, broken, code]) => {
        const renamed = SOUND.replace(line, broken).replaceAll(/\bmenu\b/g, word);
        const first = problemsOf(renamed).find(({ severity }) => severity === 'error');
        // A misspelt name may be no near miss of another word, but it is the same fault.
        expect(first?.code).toBe(code);
      }),
      { numRuns: 60 },
    );
  });
});

describe('suppression by annotation', () => {
  const text = SOUND.replace('    app: menu\n  ports:', '    app: mneu\n  ports:');
  const annotated = (value: string) =>
    text.replace(
      '  name: menu\n  namespace: cafe\nspec:\n  selector:',
      `  name: menu\n  namespace: cafe\n  annotations:\n    podpath.dev/ignore: ${value}\nspec:\n  selector:`,
    );

  it('needs a reason, is told, and comes last', () => {
    expect(problemsOf(annotated('"selector-matches-no-pods: the Pods come later"'))).toMatchObject([
      { code: 'selector-matches-no-pods', suppressed: 'the Pods come later' },
    ]);
    expect(problemsOf(annotated('"selector-matches-no-pods:"'))[0]?.suppressed).toBeNull();
    expect(problemsOf(annotated('"other-code: a reason"'))[0]?.suppressed).toBeNull();
  });
});
