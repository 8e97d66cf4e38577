/**
 * What every run of the engine may say, a file per speaker. Ids are `<speaker>.<what>`. What only the page says, or a
 * part of the engine that is loaded when it is asked, stands in `every.ts`; that part teaches its words itself.
 */
import { assume } from './assume.ts';
import { open } from './open.ts';
import { cli } from './cli.ts';
import { client } from './client.ts';
import { cluster } from './cluster.ts';
import { command } from './command.ts';
import { dns } from './dns.ts';
import { gateway } from './gateway.ts';
import { gatewayApi } from './gateway-api.ts';
import { ingress } from './ingress.ts';
import { ingressBalancers } from './ingress-balancers.ts';
import { ingressProducts } from './ingress-products.ts';
import { kubeProxy } from './kube-proxy.ts';
import { loadBalancer } from './load-balancer.ts';
import { manifests } from './manifests.ts';
import { network } from './network.ts';
import { networkPolicy } from './network-policy.ts';
import { pod } from './pod.ts';
import { provenance } from './provenance.ts';
import { proxy } from './proxy.ts';
import { rejection } from './rejection.ts';
import { rejectionGateway } from './rejection-gateway.ts';
import { scene } from './scene.ts';
import { trace } from './trace.ts';

export const en = {
  ...assume,
  ...open,
  ...cli,
  ...client,
  ...cluster,
  ...command,
  ...dns,
  ...gateway,
  ...gatewayApi,
  ...ingress,
  ...ingressBalancers,
  ...ingressProducts,
  ...kubeProxy,
  ...loadBalancer,
  ...manifests,
  ...network,
  ...networkPolicy,
  ...pod,
  ...provenance,
  ...proxy,
  ...rejection,
  ...rejectionGateway,
  ...scene,
  ...trace,
} as const;
