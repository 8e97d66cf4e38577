/** One field is changed, and exactly these cells change. */
import { describe, expect, it } from 'vitest';
import { renderText } from '../../catalogue/render.ts';
import type { Workspace } from '../manifests/workspace.ts';
import type { Comparison } from './comparison.ts';
import { CLIENT, comparing, DEPLOYMENT, request, workspaceOf } from './sample.fixture.ts';

const NODE_PORT = `apiVersion: v1
kind: Service
metadata: { name: api-nodes, namespace: shop }
spec:
  type: NodePort
  selector: { app: api }
  ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }]
`;
const BALANCED = `apiVersion: v1
kind: Service
metadata:
  name: api-lb
  namespace: shop
  annotations:
    service.beta.kubernetes.io/aws-load-balancer-type: external
    service.beta.kubernetes.io/aws-load-balancer-nlb-target-type: instance
    service.beta.kubernetes.io/aws-load-balancer-scheme: internet-facing
spec:
  type: LoadBalancer
  selector: { app: api }
  ports: [{ port: 80, targetPort: 8080, nodePort: 30081 }]
`;
const INGRESS = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: api, namespace: shop }
spec:
  ingressClassName: nginx
  tls: [{ hosts: [shop.example.com], secretName: shop-tls }]
  rules:
    - host: shop.example.com
      http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: api-nodes, port: { number: 80 } } } }] }
`;
const ENVIRONMENT = `complete: true
cloud: aws-lbc
externalReachesNodes: anyAddress
controllers: [{ kind: ingress, name: ingress-nginx, implementation: ingress-nginx, class: nginx }]
publicDNS: { shop.example.com: { ingress: shop/api } }
nodes: [{ name: node-a }, { name: node-b }]
assume: { secret:shop/shop-tls: true }
`;
const base = workspaceOf([DEPLOYMENT, CLIENT, NODE_PORT, BALANCED, INGRESS], ENVIRONMENT);
const asked = request('https://shop.example.com/cart');
const of = (workspace: Workspace) =>
  comparing(workspace, asked, { ways: ['cluster-ip', 'headless', 'node-port', 'load-balancer', 'external-name', 'ingress'] });
const before = of(base);

/** `row way: what it said → what it says`, for each cell that changed. */
function changes(after: Comparison): readonly string[] {
  expect(after.columns.map(({ way }) => way)).toEqual(before.columns.map(({ way }) => way));
  return after.rows.flatMap(({ id, cells }, row) =>
    cells.flatMap((cell, index) => {
      const say = (parts: typeof cell) => parts.map(({ message }) => renderText(message)).join('; ');
      const [was, is] = [say(before.rows[row]!.cells[index]!), say(cell)];
      return was === is ? [] : [`${id} ${after.columns[index]!.way}: ${was} → ${is}`];
    }),
  );
}

function replaced(from: string, to: string): Workspace {
  expect(base.some(({ text }) => text.includes(from))).toBe(true);
  return base.map((file) => ({ ...file, text: file.text.replace(from, to) }));
}

describe('a change of one field changes exactly these cells', () => {
  it('externalTrafficPolicy Local on the NodePort Service', () => {
    expect(changes(of(replaced('type: NodePort', 'type: NodePort\n  externalTrafficPolicy: Local')))).toMatchInlineSnapshot(`
      [
        "source node-port: 192.0.2.11, a node; With externalTrafficPolicy: Local it is the client’s. → 203.0.113.7, the client",
        "balance node-port: kube-proxy picks at random, once for each connection → kube-proxy has only one to send to",
        "pod-dies node-port: 1 Pod goes on answering; Until every node knows, new connections may still go to it; open ones break. → No answer; Until every node knows, new connections may still go to it; open ones break.",
        "pros node-port: This client reaches it.; No load balancer to pay for.; Works in every cluster, without a cloud. → This client reaches it.; The Pod sees the client’s address.; No load balancer to pay for.; Works in every cluster, without a cloud.",
        "cons node-port: The Pod does not see the client’s address as the source.; When the node dies, this address is dead.; An unusual port: 30080.; Knows neither hosts nor paths. → When the node dies, this address is dead.; An unusual port: 30080.; Knows neither hosts nor paths.",
      ]
    `);
  });

  it('IP targets instead of nodes', () => {
    const after = comparing(replaced('target-type: instance', 'target-type: ip'), asked, {
      ways: ['cluster-ip', 'headless', 'node-port', 'load-balancer-ip', 'external-name', 'ingress'],
    });
    const renamed = {
      ...after,
      columns: after.columns.map((column) => (column.way === 'load-balancer-ip' ? { ...column, way: 'load-balancer' as const } : column)),
    };
    expect(changes(renamed)).toMatchInlineSnapshot(`
      [
        "hops load-balancer: 4; 1 of them is DNS → 3; 1 of them is DNS",
        "layer load-balancer: Layer 4: AWS NLB and kube-proxy → Layer 4: AWS NLB",
        "source load-balancer: 192.0.2.11, 192.0.2.12, a node; With externalTrafficPolicy: Local it is the client’s. → 192.0.2.202, the load balancer",
        "balance load-balancer: AWS NLB picks a node; kube-proxy picks at random, once for each connection → AWS NLB picks a Pod for each connection",
        "affinity load-balancer: none; sessionAffinity: ClientIP is possible → as the load balancer is told to",
        "protocols load-balancer: TCP; UDP where the provider has it → TCP, UDP and TLS",
        "pod-dies load-balancer: 1 Pod goes on answering; Until every node knows, new connections may still go to it; open ones break. → 1 Pod goes on answering; Its target is taken out within seconds; what is under way breaks.",
        "node-dies load-balancer: 1 Pod goes on answering; The health check takes it out after 10 to 30 seconds. → 1 Pod goes on answering; Its targets fail their health check after 10 to 30 seconds.",
        "needs load-balancer: AWS NLB provides it; 1 assumption beside the manifests → AWS NLB provides it; Pod addresses that are routed outside the cluster; 1 assumption beside the manifests",
        "pros load-balancer: This client reaches it. → This client reaches it.; No node port and no kube-proxy in between.",
        "use load-balancer: one or few Services that do not speak HTTP → one or few Services that do not speak HTTP, with one hop less and quicker failover",
        "avoid load-balancer: many HTTP Services: each costs a load balancer → Pod networks that are not routed outside",
      ]
    `);
  });

  it('the TLS Secret is not there', () => {
    expect(changes(of(replaced('assume: { secret:shop/shop-tls: true }', 'assume: { secret:shop/shop-tls: false }')))).toMatchInlineSnapshot(`
      [
        "asked ingress: 200 → TLS fails",
        "called ingress: as asked: https://shop.example.com/cart → as asked: https://shop.example.com/cart; TLS fails",
        "reach ingress: wherever its controller is reached; This client reaches it → wherever its controller is reached; This client does not",
        "hops ingress: 5; 1 of them is DNS → ends at hop 4",
        "source ingress: 10.244.0.2, 10.244.1.2, the proxy in the cluster; X-Forwarded-For: 203.0.113.7 → nothing reaches a Pod",
        "tls ingress: ingress-nginx; The controller can end TLS, with a certificate from a Secret. → nowhere: the handshake is not completed; The controller can end TLS, with a certificate from a Secret.",
        "routing ingress: host and path; here by / → host and path",
        "pod-dies ingress: 1 Pod goes on answering; The controller tries the next Pod, if the request may be repeated. → Nothing reaches a Pod as it is.; The controller tries the next Pod, if the request may be repeated.",
        "node-dies ingress: 1 Pod goes on answering; The health check takes it out after 10 to 30 seconds. → Nothing reaches a Pod as it is.; The health check takes it out after 10 to 30 seconds.",
        "pros ingress: This client reaches it.; ingress-nginx ends TLS, so the Pod need not.; One entry routes by host and path.; One entry serves all 2 Services. → One entry routes by host and path.; One entry serves all 2 Services.",
        "cons ingress: The Pod does not see the client’s address as the source.; A controller has to run and be looked after.; Carries HTTP only. → This client does not reach it.; A controller has to run and be looked after.; Carries HTTP only.",
      ]
    `);
  });

  it('one more Service', () => {
    const more = `apiVersion: v1
kind: Service
metadata: { name: zone, namespace: zoo }
spec: { selector: { app: zone }, ports: [{ port: 80 }] }
`;
    expect(changes(of([...base, { name: 'more.yaml', text: more }]))).toMatchInlineSnapshot(`
      [
        "balancers load-balancer: 2; one for each Service → 3; one for each Service",
        "cost load-balancer: 37.3; 2 × 18.25, and data → 55.55; 3 × 18.25, and data",
        "pros ingress: This client reaches it.; ingress-nginx ends TLS, so the Pod need not.; One entry routes by host and path.; One entry serves all 2 Services. → This client reaches it.; ingress-nginx ends TLS, so the Pod need not.; One entry routes by host and path.; One entry serves all 3 Services.",
        "cons load-balancer: The Pod does not see the client’s address as the source.; 2 load balancers, one for each Service.; Knows neither hosts nor paths. → The Pod does not see the client’s address as the source.; 3 load balancers, one for each Service.; Knows neither hosts nor paths.",
      ]
    `);
  });

  it('a comment changes none', () => {
    expect(changes(of(replaced('type: NodePort', 'type: NodePort # open')))).toEqual([]);
  });
});

it('a row differs when two of its cells do', () => {
  for (const { cells, differs } of before.rows) {
    const texts = new Set(cells.map((parts) => parts.map(({ message, tone }) => `${tone}${renderText(message)}`).join(';')));
    expect(differs).toBe(texts.size > 1);
  }
});
