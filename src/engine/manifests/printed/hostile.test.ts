import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { buildCluster } from '../../cluster/build-cluster.ts';
import { parseManifests } from '../parse.ts';

const WORLD = `apiVersion: v1
kind: Service
metadata: { name: web }
spec: { type: LoadBalancer, selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: web }
spec:
  serviceName: web
  selector: { matchLabels: { app: web } }
  template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, image: web:1 }] } }
`;
const WORDS: readonly string[] = [
  'pod/web-0',
  'service/web',
  'web-0',
  'web',
  '/',
  '<none>',
  '<pending>',
  '5m',
  '<unknown>',
  '0/1',
  '1/1',
  'Running',
  'Terminating',
  'CrashLoopBackOff',
  'Warning',
  'Unhealthy',
  'BackOff',
  'Failed',
  'FailedScheduling',
  'Scheduled',
  'SyncLoadBalancerFailed',
  'EnsuredLoadBalancer',
  'LoadBalancer',
  '10.96.0.7',
  '::1',
  'node-z',
  'Readiness probe failed: x',
  'Back-off pulling image "web:1"',
  'Successfully assigned default/web-0 to node-z',
  '',
  ' ',
  '{{',
  '"',
  "'",
  '\u{1F600}',
];
const word = fc.constantFrom(...WORDS);
const head = fc.constantFrom(
  'LAST SEEN   TYPE   REASON   OBJECT   MESSAGE',
  'NAME   READY   STATUS   RESTARTS   AGE   IP   NODE',
  'NAME   TYPE   CLUSTER-IP   EXTERNAL-IP   PORT(S)   AGE',
  'Name:   web-0\nNamespace:   default\nNode:   node-z/x\nContainers:\n  web:\n    State:   Waiting',
  'Name:   web\nNamespace:   default\nType:   LoadBalancer\nEndpoints:   <none>\nEvents:',
);
const line = fc.array(word, { maxLength: 8 }).map((words) => words.join('   '));

it('whatever stands in such a print, it is read to the end, and its ranges stand within it', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(head, fc.array(line, { maxLength: 6 })), { minLength: 1, maxLength: 4 }), fc.constantFrom('\n', '\r\n'), (blocks, end) => {
      const text = blocks
        .map(([first, rest]) => [first, ...rest].join('\n'))
        .join('\n\n')
        .replaceAll('\n', end);
      const cluster = buildCluster(parseManifests([{ name: 'a.yaml', text: `${WORLD}---\n${text}` }]));
      const document = cluster.manifests.documents.at(-1)!;
      expect(document.findings).toEqual([]);
      for (const { from, to } of document.sightings ?? []) expect([from <= to, to <= document.text.length]).toEqual([true, true]);
      expect(structuredClone(cluster.findings)).toEqual(cluster.findings);
    }),
    { numRuns: 200 },
  );
});
