/** The one English catalogue, a file per speaker. Ids are `<speaker>.<what>`. */
import { app } from './app.ts';
import { assume } from './assume.ts';
import { build } from './build.ts';
import { cli } from './cli.ts';
import { client } from './client.ts';
import { cluster } from './cluster.ts';
import { command } from './command.ts';
import { compare } from './compare.ts';
import { comparePage } from './compare-page.ts';
import { diagnose } from './diagnose.ts';
import { dns } from './dns.ts';
import { environment } from './environment.ts';
import { example } from './example.ts';
import { exactness } from './exactness.ts';
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
import { present } from './present.ts';
import { policies } from './policies.ts';
import { provenance } from './provenance.ts';
import { proxy } from './proxy.ts';
import { rejection } from './rejection.ts';
import { rejectionGateway } from './rejection-gateway.ts';
import { scene } from './scene.ts';
import { status } from './status.ts';
import { trace } from './trace.ts';

export const en = {
  ...app,
  ...assume,
  ...build,
  ...cli,
  ...client,
  ...cluster,
  ...command,
  ...compare,
  ...comparePage,
  ...diagnose,
  ...dns,
  ...environment,
  ...example,
  ...exactness,
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
  ...present,
  ...policies,
  ...provenance,
  ...proxy,
  ...rejection,
  ...rejectionGateway,
  ...scene,
  ...status,
  ...trace,
} as const;
