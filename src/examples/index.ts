/**
 * The examples: one folder each with the manifests, a Scenario where the environment matters, and the request to send.
 * Data only; nothing in the program knows an example.
 */
import { msg, type Message, type MessageId } from '../catalogue/message.ts';
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

/** Every example has a title and a sentence in the catalogue, under its own id. */
type ExampleId = MessageId extends infer Id ? (Id extends `example.${infer Name}.about` ? Name : never) : never;

function example(id: ExampleId, from: Origin, url: string, more: Partial<RequestDraft> = {}): Example {
  const request = { from, method: 'GET', url, headers: [], connectTo: '', followRedirects: false, insecure: false, ...more };
  return { id, title: msg(`example.${id}`), about: msg(`example.${id}.about`), request, load: () => load(id) };
}

export interface ExampleGroup {
  readonly title: Message;
  readonly examples: readonly Example[];
}

/** In the order of the menu. The very first one plays on the first visit. */
export const exampleGroups: readonly ExampleGroup[] = [
  {
    title: msg('example.group.ingress'),
    examples: [
      example('ingress-tls', INTERNET, 'https://shop.example.com/api/cart'),
      example('ingress-classes', INTERNET, 'http://shop.example.com/carton'),
      example('no-controller', INTERNET, 'http://blog.example.com/'),
      example('pasted-part', INTERNET, 'http://docs.example.com/guide/start'),
    ],
  },
  {
    title: msg('example.group.inside'),
    examples: [
      example('cluster-ip', workload('shop', 'frontend'), 'http://catalogue/products'),
      example('headless', workload('data', 'worker'), 'tcp://db-0.db:5432'),
      example('external-name', workload('shop', 'checkout'), 'http://payments/charge'),
      example('cross-namespace', workload('shop', 'frontend'), 'http://users.accounts/me'),
      example('empty-endpoints', workload('shop', 'frontend'), 'http://orders/new'),
    ],
  },
  {
    title: msg('example.group.outside'),
    examples: [
      example('node-port', INTERNET, 'http://192.0.2.11:30080/'),
      example('source-address', INTERNET, 'http://192.0.2.12:31080/'),
      example('load-balancer', INTERNET, 'https://store.example.com/'),
      example('load-balancer-ip', INTERNET, 'http://store.example.com/'),
      example('metallb', INTERNET, 'http://www.example.com/'),
      example('external-proxy', INTERNET, 'http://www.example.com/'),
      example('bare-metal-pending', INTERNET, 'http://www.example.com/'),
    ],
  },
  {
    title: msg('example.group.gateway'),
    examples: [
      example('gateway-and-ingress', INTERNET, 'http://shop.example.com/api/cart'),
      example('gateway-match', INTERNET, 'http://shop.example.com/?currency=eur', {
        headers: [['x-beta', 'yes']],
      }),
      example('gateway-weights', INTERNET, 'http://shop.example.com/'),
      example('gateway-grant', INTERNET, 'http://shop.example.com/users/me'),
      example('gateway-no-grant', INTERNET, 'http://shop.example.com/users/me'),
      example('gateway-conflict', INTERNET, 'http://shop.example.com/checkout'),
      example('gateway-redirect', INTERNET, 'http://shop.example.com/sale', {
        followRedirects: true,
      }),
      example('gateway-passthrough', INTERNET, 'https://vault.example.com/'),
      example('gateway-grpc', INTERNET, 'grpc://grpc.example.com/shop.Cart/Checkout'),
    ],
  },
  {
    title: msg('example.group.policy'),
    examples: [
      example('policy-dns', workload('shop', 'web'), 'http://api/orders'),
      example('policy-namespaces', workload('shop', 'frontend'), 'http://ledger.payments/'),
      example('policy-node-port', INTERNET, 'http://192.0.2.12:30080/'),
    ],
  },
];

export const examples: readonly Example[] = exampleGroups.flatMap((group) => group.examples);
