/**
 * What every run of the engine may say, a file per speaker. Ids are `<speaker>.<what>`. What only the page says, or a
 * part of the engine that is loaded when it is asked, stands in `every.ts`; that part teaches its words itself.
 */
import { assume } from './assume.ts';
import { build } from './build.ts';
import { cli } from './cli.ts';
import { client } from './client.ts';
import { cluster } from './cluster.ts';
import { command } from './command.ts';
import { compare } from './compare.ts';
import { diagnose } from './diagnose.ts';
import { dns } from './dns.ts';
import { findingsPage } from './findings-page.ts';
import { gateway } from './gateway.ts';
import { gatewayApi } from './gateway-api.ts';
import { field } from './field.ts';
import { hands } from './hands.ts';
import { ingress } from './ingress.ts';
import { kubeProxy } from './kube-proxy.ts';
import { loadBalancer } from './load-balancer.ts';
import { manifests } from './manifests.ts';
import { network } from './network.ts';
import { networkPolicy } from './network-policy.ts';
import { pod } from './pod.ts';
import { policies } from './policies.ts';
import { provenance } from './provenance.ts';
import { proxy } from './proxy.ts';
import { rejection } from './rejection.ts';
import { rejectionGateway } from './rejection-gateway.ts';
import { rulesPage } from './rules-page.ts';
import { scene } from './scene.ts';
import { trace } from './trace.ts';

export const en = {
  ...assume,
  ...build,
  ...cli,
  ...client,
  ...cluster,
  ...command,
  ...compare,
  ...diagnose,
  ...dns,
  ...findingsPage,
  ...gateway,
  ...gatewayApi,
  ...field,
  ...hands,
  ...ingress,
  ...kubeProxy,
  ...loadBalancer,
  ...manifests,
  ...network,
  ...networkPolicy,
  ...pod,
  ...policies,
  ...provenance,
  ...proxy,
  ...rejection,
  ...rejectionGateway,
  ...rulesPage,
  ...scene,
  ...trace,
} as const;
