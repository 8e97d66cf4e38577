import { describe, expect, it } from 'vitest';
import { renderText } from '../../catalogue/render.ts';
import { parseManifests } from '../manifests/parse.ts';
import { buildCluster } from './build-cluster.ts';

const WORLD = `apiVersion: v1
kind: Service
metadata: { name: web }
spec: { type: LoadBalancer, selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 3
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: web:1, ports: [{ containerPort: 8080 }] }] }
`;
const HEAD = 'LAST SEEN   TYPE   REASON   OBJECT   MESSAGE';
const event = (age: string, reason: string, object: string, message: string) => `${age}   Warning   ${reason}   ${object}   ${message}`;
const POD = 'pod/web-7c9d5bfd4-x2kqz';

const clusterOf = (...printed: readonly string[]) =>
  buildCluster(
    parseManifests([
      { name: 'world.yaml', text: WORLD },
      { name: 'printed.txt', text: printed.join('\n') },
    ]),
  );

const podsOf = (...printed: readonly string[]) =>
  [...clusterOf(...printed).pods.values()].map(
    ({ ref, status: { phase, ready, stopped }, node }) =>
      `${ref.name} ${phase} ${ready}${(stopped ?? []).map(({ container, reason }) => ` ${container}:${reason}`).join('')} ${node}`,
  );

const balancerOf = (...printed: readonly string[]) => {
  const balancer = clusterOf(...printed).loadBalancers.get('default/web')!;
  return balancer.state === 'active' ? `active ${balancer.addresses[0]}` : `pending: ${renderText(balancer.why)}`;
};

const unusedOf = (...printed: readonly string[]) =>
  clusterOf(...printed).findings.flatMap(({ code, severity, message, ranges }) =>
    code === 'printed-line-unused' ? [`${severity} ${ranges.length}: ${renderText(message)}`] : [],
  );

describe('what kubectl prints about a Pod', () => {
  it('is told of a Pod of the workload that makes Pods of its name; the others stay as the template wants them', () => {
    expect(podsOf(HEAD, event('5s', 'Unhealthy', POD, 'Readiness probe failed: HTTP 503'))).toEqual([
      'web-0 Running true node-a',
      'web-1 Running true node-b',
      'web-7c9d5bfd4-x2kqz Running false node-a',
    ]);
  });

  it('a liveness probe, or an event that is over, changes nothing', () => {
    expect(podsOf(HEAD, event('5s', 'Unhealthy', POD, 'Liveness probe failed: HTTP 503'))).not.toContainEqual(expect.stringContaining('false'));
    const over = [
      HEAD,
      event('9m', 'FailedScheduling', POD, '0/2 nodes are available'),
      event('8m', 'Scheduled', POD, 'Successfully assigned default/web-7c9d5bfd4-x2kqz to node-b'),
    ];
    expect(podsOf(...over)).toContain('web-7c9d5bfd4-x2kqz Running true node-b');
    expect(unusedOf(...over)).toEqual(['info 1: A newer line says that this is over, so it changes nothing.']);
  });

  it.each([
    ['BackOff', 'Back-off restarting failed container web in pod web-7c9d5bfd4-x2kqz_default(1)', 'Running false web:CrashLoopBackOff'],
    ['BackOff', 'Back-off pulling image "web:1"', 'Running false web:ImagePullBackOff'],
    ['Failed', 'Failed to pull image "web:1": not found', 'Running false web:ErrImagePull'],
    ['Failed', 'Error: ImagePullBackOff', 'Running false web:ImagePullBackOff'],
    ['FailedScheduling', '0/2 nodes are available: 2 Insufficient cpu.', 'Pending false'],
  ])('%s %s', (reason, message, state) => expect(podsOf(HEAD, event('5s', reason, POD, message)).at(-1)).toContain(state));

  it('the table of Pods tells the present state, which outweighs an event', () => {
    const table = ['NAME   READY   STATUS   RESTARTS   AGE   IP   NODE', 'web-7c9d5bfd4-x2kqz   1/1   Running   0   9m   10.244.7.3   node-q'];
    const cluster = clusterOf(...table, '', HEAD, event('5m', 'Unhealthy', POD, 'Readiness probe failed'));
    expect(cluster.pods.get('default/web-7c9d5bfd4-x2kqz')).toMatchObject({ node: 'node-q', status: { ready: true, podIPs: ['10.244.7.3'] } });
    expect(unusedOf(...table, '', HEAD, event('5m', 'Unhealthy', POD, 'Readiness probe failed'))).toEqual([
      'info 1: The present state of this Pod is printed too, and outweighs the event.',
    ]);
  });

  it('a Pod that nothing here makes is told, and changes nothing', () => {
    const stray = [
      HEAD,
      event('5s', 'Unhealthy', 'pod/other-7c9d5bfd4-x2kqz', 'Readiness probe failed'),
      event('5s', 'Unhealthy', 'pod/web-a', 'Readiness probe failed'),
    ];
    expect(podsOf(...stray)).toEqual(podsOf());
    expect(unusedOf(...stray)[0]).toBe('info 1: No object of these texts is Pod other-7c9d5bfd4-x2kqz, or makes it. What is printed about it changes nothing.');
  });
});

describe('what kubectl prints about a load balancer', () => {
  const failed = (age: string) => event(age, 'SyncLoadBalancerFailed', 'service/web', 'Error syncing load balancer: quota');
  const ensured = (age: string) => event(age, 'EnsuredLoadBalancer', 'service/web', 'Ensured load balancer');

  it('it stays pending while the newest event says that it failed, or that it is only tried', () => {
    expect(balancerOf(HEAD, failed('5s'))).toBe(
      'pending: An event says why the load balancer was not made. SyncLoadBalancerFailed: Error syncing load balancer: quota',
    );
    expect(balancerOf(HEAD, event('5s', 'EnsuringLoadBalancer', 'service/web', 'Ensuring load balancer'))).toContain('is being made');
    expect(balancerOf(HEAD, ensured('9m'), failed('5s'))).toContain('pending');
    expect(balancerOf(HEAD, ensured('5s'), failed('9m'))).toContain('active');
  });

  it('the table of Services tells its address, or that it is pending', () => {
    const row = (external: string) => [
      'NAME   TYPE   CLUSTER-IP   EXTERNAL-IP   PORT(S)   AGE',
      `web   LoadBalancer   10.96.7.7   ${external}   80:30080/TCP   9m`,
    ];
    expect(balancerOf(...row('198.51.100.9'))).toBe('active 198.51.100.9');
    expect(balancerOf(...row('<pending>'))).toContain('pending');
    expect(clusterOf(...row('<pending>')).services.get('default/web')?.clusterIPs).toEqual(['10.96.7.7']);
  });

  it('events as objects of a list count as printed ones do', () => {
    const yaml = `apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: Event
  metadata: { name: web.1, namespace: default }
  involvedObject: { kind: Service, name: web, namespace: default }
  reason: AllocationFailed
  message: 'Failed to allocate IP for "default/web": no available IPs'
  lastTimestamp: "2026-03-01T10:00:00Z"
`;
    expect(balancerOf(yaml)).toBe(
      'pending: An event says why the load balancer was not made. AllocationFailed: Failed to allocate IP for "default/web": no available IPs',
    );
  });
});
