/**
 * Speed as ratios in one run, because machines differ and are shared: medians of interleaved rounds.
 */
import { loadAll } from 'js-yaml';
import { buildCluster, NO_MEMORY, parseManifests, readRequest, send, type Workspace } from '../engine/index.ts';

const ROUNDS = 5;

/** A third each of Deployments, Services and Ingresses, as lean as a manifest. Deterministic. */
function manifests(objects: number): Workspace {
  const texts: string[] = [];
  for (let n = 0; n < objects / 3; n += 1) {
    const name = `app-${n}`;
    const namespace = `team-${n % 50}`;
    texts.push(`apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  replicas: 3
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
        tier: backend
    spec:
      containers:
      - name: ${name}
        image: registry.example/${name}:1.0
        ports:
        - name: http
          containerPort: 8080
`);
    texts.push(`apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  selector:
    app: ${name}
  ports:
  - name: http
    port: 80
    targetPort: http
`);
    texts.push(`apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  ingressClassName: nginx
  rules:
  - host: ${name}.example.com
    http:
      paths:
      - path: /api
        pathType: Prefix
        backend:
          service:
            name: ${name}
            port:
              number: 80
`);
  }
  return [{ name: 'bench.yaml', text: texts.join('---\n') }];
}

function time(run: () => unknown): number {
  const started = performance.now();
  run();
  return performance.now() - started;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Times the runs in turns, so that a busy moment of the machine hits all of them. */
function interleaved<K extends string>(runs: Readonly<Record<K, () => unknown>>): Record<K, number> {
  const names = Object.keys(runs) as K[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<K, number[]>;
  for (let round = 0; round < ROUNDS; round += 1) for (const name of names) times[name].push(time(runs[name]));
  return Object.fromEntries(names.map((name) => [name, median(times[name])])) as Record<K, number>;
}

const row = (what: string, value: string, note: string) => console.log(`${what.padEnd(46)} ${value.padStart(10)}  ${note}`);

export function bench(): void {
  const workspace = manifests(10_000);
  const { text } = workspace[0]!;
  const { flow } = readRequest({
    from: { kind: 'external', ip: '203.0.113.7' },
    method: 'GET',
    url: 'http://app-77.example.com/api/x',
    headers: [],
    connectTo: '',
    followRedirects: false,
    insecure: false,
  });
  if (flow === null) throw new Error('bench: the request is not understood');

  const analysis = interleaved({ yaml: () => loadAll(text), read: () => parseManifests(workspace), whole: () => buildCluster(parseManifests(workspace)) });
  row('10,000 objects, js-yaml loadAll', '1.00', `${analysis.yaml.toFixed(0)} ms here`);
  row('the same read with places of every value', (analysis.read / analysis.yaml).toFixed(2), 'of js-yaml');
  row('the same read, admitted and settled', (analysis.whole / analysis.yaml).toFixed(2), 'of js-yaml');

  const cluster = buildCluster(parseManifests(workspace));
  send(cluster, flow, NO_MEMORY);
  const small = buildCluster(parseManifests(manifests(300)));
  send(small, flow, NO_MEMORY);
  const traces = interleaved({ large: () => repeat(20, () => send(cluster, flow, NO_MEMORY)), small: () => repeat(20, () => send(small, flow, NO_MEMORY)) });
  row('one trace at 10,000 objects', `${(traces.large / 20).toFixed(2)} ms`, `${(traces.large / traces.small).toFixed(2)} of one at 300 objects`);
}

function repeat(times: number, run: () => unknown): void {
  for (let n = 0; n < times; n += 1) run();
}
