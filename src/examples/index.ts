/**
 * The examples: one folder each with the manifests, a Scenario where the environment matters, and the request to send.
 * Data only; nothing in the program knows an example.
 */
import { msg, type Message } from '../catalogue/message.ts';
import type { Origin, RequestDraft, Workspace } from '../engine/index.ts';

export interface Example {
  readonly id: string;
  readonly title: Message;
  /** What to look at. */
  readonly about: Message;
  readonly request: RequestDraft;
  /** Loads the texts; each example is a chunk of its own. */
  readonly load: () => Promise<Workspace>;
}

const texts = import.meta.glob<string>('./*/*.yaml', { query: '?raw', import: 'default' });

async function load(id: string): Promise<Workspace> {
  const names = ['manifests.yaml', 'scenario.yaml'].filter((name) => `./${id}/${name}` in texts);
  return Promise.all(names.map(async (name) => ({ name, text: await texts[`./${id}/${name}`]!() })));
}

const INTERNET: Origin = { kind: 'external', ip: '203.0.113.7' };
const workload = (namespace: string, name: string): Origin => ({ kind: 'workload', workloadKind: 'Deployment', namespace, name });

function example(id: string, title: Message, about: Message, from: Origin, url: string, more: Partial<RequestDraft> = {}): Example {
  const request = { from, method: 'GET', url, headers: [], connectTo: '', followRedirects: false, insecure: false, ...more };
  return { id, title, about, request, load: () => load(id) };
}

/** The first one plays on the first visit. */
export const examples: readonly Example[] = [
  example('ingress-tls', msg('example.ingress-tls'), msg('example.ingress-tls.about'), INTERNET, 'https://shop.example.com/api/cart'),
  example('cluster-ip', msg('example.cluster-ip'), msg('example.cluster-ip.about'), workload('shop', 'frontend'), 'http://catalogue/products'),
  example('headless', msg('example.headless'), msg('example.headless.about'), workload('data', 'worker'), 'tcp://db-0.db:5432'),
  example('node-port', msg('example.node-port'), msg('example.node-port.about'), INTERNET, 'http://192.0.2.11:30080/'),
  example('source-address', msg('example.source-address'), msg('example.source-address.about'), INTERNET, 'http://192.0.2.12:31080/'),
  example('load-balancer', msg('example.load-balancer'), msg('example.load-balancer.about'), INTERNET, 'https://store.example.com/'),
  example('load-balancer-ip', msg('example.load-balancer-ip'), msg('example.load-balancer-ip.about'), INTERNET, 'http://store.example.com/'),
  example('external-name', msg('example.external-name'), msg('example.external-name.about'), workload('shop', 'checkout'), 'http://payments/charge'),
  example('cross-namespace', msg('example.cross-namespace'), msg('example.cross-namespace.about'), workload('shop', 'frontend'), 'http://users.accounts/me'),
  example('metallb', msg('example.metallb'), msg('example.metallb.about'), INTERNET, 'http://www.example.com/'),
  example('external-proxy', msg('example.external-proxy'), msg('example.external-proxy.about'), INTERNET, 'http://www.example.com/'),
  example('bare-metal-pending', msg('example.bare-metal-pending'), msg('example.bare-metal-pending.about'), INTERNET, 'http://www.example.com/'),
  example('empty-endpoints', msg('example.empty-endpoints'), msg('example.empty-endpoints.about'), workload('shop', 'frontend'), 'http://orders/new'),
  example('policy-dns', msg('example.policy-dns'), msg('example.policy-dns.about'), workload('shop', 'web'), 'http://api/orders'),
  example(
    'policy-namespaces',
    msg('example.policy-namespaces'),
    msg('example.policy-namespaces.about'),
    workload('shop', 'frontend'),
    'http://ledger.payments/',
  ),
  example('policy-node-port', msg('example.policy-node-port'), msg('example.policy-node-port.about'), INTERNET, 'http://192.0.2.12:30080/'),
  example('no-controller', msg('example.no-controller'), msg('example.no-controller.about'), INTERNET, 'http://blog.example.com/'),
  example('pasted-part', msg('example.pasted-part'), msg('example.pasted-part.about'), INTERNET, 'http://docs.example.com/guide/start'),
  example('gateway-and-ingress', msg('example.gateway-and-ingress'), msg('example.gateway-and-ingress.about'), INTERNET, 'http://shop.example.com/api/cart'),
  example('gateway-match', msg('example.gateway-match'), msg('example.gateway-match.about'), INTERNET, 'http://shop.example.com/?currency=eur', {
    headers: [['x-beta', 'yes']],
  }),
  example('gateway-weights', msg('example.gateway-weights'), msg('example.gateway-weights.about'), INTERNET, 'http://shop.example.com/'),
  example('gateway-grant', msg('example.gateway-grant'), msg('example.gateway-grant.about'), INTERNET, 'http://shop.example.com/users/me'),
  example('gateway-no-grant', msg('example.gateway-no-grant'), msg('example.gateway-no-grant.about'), INTERNET, 'http://shop.example.com/users/me'),
  example('gateway-conflict', msg('example.gateway-conflict'), msg('example.gateway-conflict.about'), INTERNET, 'http://shop.example.com/checkout'),
  example('gateway-redirect', msg('example.gateway-redirect'), msg('example.gateway-redirect.about'), INTERNET, 'http://shop.example.com/sale', {
    followRedirects: true,
  }),
  example('gateway-passthrough', msg('example.gateway-passthrough'), msg('example.gateway-passthrough.about'), INTERNET, 'https://vault.example.com/'),
  example('gateway-grpc', msg('example.gateway-grpc'), msg('example.gateway-grpc.about'), INTERNET, 'grpc://grpc.example.com/shop.Cart/Checkout'),
];
