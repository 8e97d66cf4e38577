import { describe, expect, it } from 'vitest';
import { buildCluster } from '../../cluster/build-cluster.ts';
import { parseManifests } from '../parse.ts';
import { redactSecrets } from '../redact-secrets.ts';
import { isPrinted, readPrinted } from './printed.ts';
import { secondsOf } from './sighting.ts';

/** `kind namespace/name: what is told «the»`. */
const read = (text: string) =>
  readPrinted(text).map(({ kind, namespace, name, tells, from, to }) => {
    const { tells: what, ...facts } = tells;
    return `${kind} ${namespace ?? '?'}/${name}: ${what} ${JSON.stringify(facts)} «${text.slice(from, to).split(' ')[0]}»`;
  });

const EVENTS = `LAST SEEN   TYPE      REASON      OBJECT        MESSAGE
2m          Warning   Unhealthy   pod/api-0     Readiness probe failed: connection refused
<unknown>   Normal    Pulled      pod/api-0     Container image  with two spaces
`;

describe('what kubectl prints', () => {
  it('events: reason, message, age and object of every line, with its place', () => {
    expect(read(EVENTS)).toEqual([
      'Pod ?/api-0: event {"reason":"Unhealthy","message":"Readiness probe failed: connection refused","age":120} «2m»',
      'Pod ?/api-0: event {"reason":"Pulled","message":"Container image  with two spaces","age":null} «<unknown>»',
    ]);
  });

  it('the namespace stands in a column of its own, or in the command above', () => {
    const all = 'NAMESPACE   LAST SEEN   TYPE      REASON   OBJECT     MESSAGE\nshop        1s          Warning   BackOff  pod/a      x\n';
    expect(read(all)[0]).toContain('Pod shop/a: event {"reason":"BackOff"');
    expect(read(`$ kubectl get events -n shop\n${EVENTS}`)[0]).toContain('Pod shop/api-0');
    expect(read(`$ kubectl get events --namespace=shop\n${EVENTS}`)[0]).toContain('Pod shop/api-0');
  });

  it('Pods: ready, status, address and node; a cell may be empty', () => {
    const wide = `NAME    READY   STATUS             RESTARTS      AGE   IP            NODE     NOMINATED NODE   READINESS GATES
api-0   1/1     Running            2 (5m ago)    1d    10.244.1.7    node-a   <none>           <none>
api-1   0/2     CrashLoopBackOff   9 (20s ago)   1d    <none>        node-b   <none>           <none>
`;
    expect(read(wide)).toEqual([
      'Pod ?/api-0: pod {"status":"Running","ready":true,"ip":"10.244.1.7","node":"node-a"} «api-0»',
      'Pod ?/api-1: pod {"status":"CrashLoopBackOff","ready":false,"node":"node-b"} «api-1»',
    ]);
  });

  it('several tables one below the other, as of kubectl get all', () => {
    const all = `NAME        READY   STATUS    RESTARTS   AGE
pod/api-0   1/1     Running   0          3m

NAME          TYPE           CLUSTER-IP    EXTERNAL-IP   PORT(S)        AGE
service/api   LoadBalancer   10.96.0.9     <pending>     80:30080/TCP   3m

NAME                  READY   UP-TO-DATE   AVAILABLE   AGE
deployment.apps/api   1/1     1            1           3m
`;
    expect(read(all)).toEqual([
      'Pod ?/api-0: pod {"status":"Running","ready":true} «pod/api-0»',
      'Service ?/api: service {"clusterIP":"10.96.0.9","external":[]} «service/api»',
      'Deployment ?/api: nothing {} «deployment.apps/api»',
    ]);
  });

  it('a description of a Service tells its address and its events', () => {
    const text = `Name:                     front
Namespace:                shop
Labels:                   <none>
Type:                     LoadBalancer
IP:                       10.96.0.20
Endpoints:                10.244.1.3:8080
Events:
  Type     Reason                  Age   From                Message
  ----     ------                  ----  ----                -------
  Warning  SyncLoadBalancerFailed  2s    service-controller  Error syncing load balancer: quota
`;
    expect(read(text)).toEqual([
      'Service shop/front: service {"clusterIP":"10.96.0.20"} «IP:»',
      'Service shop/front: event {"reason":"SyncLoadBalancerFailed","message":"Error syncing load balancer: quota","age":2} «Warning»',
    ]);
  });

  it.each(['kind: Service\nmetadata: { name: a }\n', '{"kind":"Service"}', 'Name: a\nOther: b\n', 'NAME  VALUE\na  b\n', '', '\n\n# nothing\n'])(
    'is not %j',
    (text) => expect(isPrinted(text)).toBe(false),
  );

  it('ages are seconds, and null where kubectl knows none', () => {
    expect(['5s', '2m', '4m10s (x3 over 20m)', '2d3h', '<unknown>', ''].map(secondsOf)).toEqual([5, 120, 250, 183_600, null, null]);
  });

  it('is read as fast as any other text', { timeout: 4_000 }, () => {
    expect(isPrinted('\n'.repeat(1_000_000))).toBe(false);
    expect(isPrinted('A '.repeat(500_000))).toBe(false);
  });
});

const SERVICE = 'apiVersion: v1\nkind: Service\nmetadata: { name: api }\nspec: { selector: { app: api }, ports: [{ port: 80 }] }\n';

describe('beside manifests', () => {
  it('it is no broken YAML, in a file of its own or between documents, with any line ends', () => {
    const described =
      'Name:         api-0\nNamespace:    default\nPriority:     0\nNode:         node-a/192.0.2.11\nContainers:\n  api:\n    State:  Running\n';
    for (const text of [EVENTS, described, `---\n${EVENTS}`, EVENTS.replaceAll('\n', '\r\n')]) {
      for (const workspace of [
        [
          { name: 'a.yaml', text: SERVICE },
          { name: 'events.txt', text },
        ],
        [{ name: 'a.yaml', text: `${SERVICE}---\n${text}` }],
        [{ name: 'a.yaml', text: `${text}\n---\n${SERVICE}` }],
      ]) {
        const manifests = parseManifests(workspace);
        expect(manifests.findings).toEqual([]);
        expect(manifests.objects.map(({ ref }) => ref.name)).toEqual(['api']);
        expect(buildCluster(manifests).services.has('default/api')).toBe(true);
      }
    }
  });

  it('an edit above it moves its lines along', () => {
    const before = parseManifests([{ name: 'a.yaml', text: `${SERVICE}---\n${EVENTS}` }]);
    const after = parseManifests([{ name: 'a.yaml', text: `# more\n${SERVICE}---\n${SERVICE}---\n${EVENTS}` }], before);
    expect(after.documents.at(-1)).toMatchObject({ index: 2, sightings: before.documents.at(-1)!.sightings });
  });

  it('payloads of Secrets beside it are taken out, and nothing of it is', () => {
    const secret = 'apiVersion: v1\nkind: Secret\nmetadata: { name: s }\nstringData:\n  password: hunter2\n';
    const described = 'Name:         s\nNamespace:    shop\nType:         Opaque\nLabels:       <none>\n\nData\n====\npassword:  7 bytes\n';
    const { text, removed } = redactSecrets(`${secret}---\n${EVENTS}---\n${described}`);
    expect(removed).toBe(1);
    expect(text).not.toContain('hunter2');
    expect(text.endsWith(`---\n${EVENTS}---\n${described}`)).toBe(true);
  });
});
