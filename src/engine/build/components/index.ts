/** The palette: everything that can be placed, one line each, in the order in which it is shown. */
import type { Component } from './component.ts';
import { client, environment, externalHost } from './environment.ts';
import { gatewayRoutes } from './gateway-routes.ts';
import { gateway } from './gateways.ts';
import { groups } from './groups.ts';
import { ingress, ingressClass, secret } from './ingresses.ts';
import { policies } from './policies.ts';
import { services } from './services.ts';
import { clientPod, daemonSet, deployment, statefulSet } from './workloads.ts';

export const components: readonly Component[] = [
  ...groups,
  client,
  clientPod,
  externalHost,
  deployment,
  statefulSet,
  daemonSet,
  ...services,
  ingress,
  ingressClass,
  gateway,
  ...gatewayRoutes,
  secret,
  ...policies,
  ...environment,
];
