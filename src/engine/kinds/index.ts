/** The registry: every kind that is read, one line each. A kind is complete when `kinds.test.ts` says so. */
import { backendTLSPolicy } from './backend-tls-policy/backend-tls-policy.ts';
import { configMap } from './config-map/config-map.ts';
import { endpointSlice } from './endpoint-slice/endpoint-slice.ts';
import { endpoints } from './endpoints/endpoints.ts';
import { gatewayClass } from './gateway-class/gateway-class.ts';
import { gateway } from './gateway/gateway.ts';
import { grpcRoute } from './grpc-route/grpc-route.ts';
import { httpRoute } from './http-route/http-route.ts';
import { ingressClass } from './ingress-class/ingress-class.ts';
import { ingress } from './ingress/ingress.ts';
import type { Kind } from './kind.ts';
import { listenerSet } from './listener-set/listener-set.ts';
import { namespace } from './namespace/namespace.ts';
import { networkPolicy } from './network-policy/network-policy.ts';
import { node } from './node/node.ts';
import { pod } from './pod/pod.ts';
import { referenceGrant } from './reference-grant/reference-grant.ts';
import { scenario } from './scenario/scenario.ts';
import { secret } from './secret/secret.ts';
import { service } from './service/service.ts';
import { tcpRoute } from './tcp-route/tcp-route.ts';
import { tlsRoute } from './tls-route/tls-route.ts';
import { udpRoute } from './udp-route/udp-route.ts';
import { validatingWebhookConfiguration } from './validating-webhook-configuration/validating-webhook-configuration.ts';
import { cronJob } from './workload/cron-job.ts';
import { daemonSet } from './workload/daemon-set.ts';
import { deployment } from './workload/deployment.ts';
import { job } from './workload/job.ts';
import { replicaSet } from './workload/replica-set.ts';
import { replicationController } from './workload/replication-controller.ts';
import { statefulSet } from './workload/stateful-set.ts';

export const kinds: readonly Kind[] = [
  namespace,
  node,
  pod,
  deployment,
  replicaSet,
  statefulSet,
  daemonSet,
  job,
  cronJob,
  replicationController,
  service,
  endpointSlice,
  endpoints,
  ingress,
  ingressClass,
  gatewayClass,
  gateway,
  listenerSet,
  httpRoute,
  grpcRoute,
  tlsRoute,
  tcpRoute,
  udpRoute,
  referenceGrant,
  backendTLSPolicy,
  configMap,
  validatingWebhookConfiguration,
  networkPolicy,
  secret,
  scenario,
];
