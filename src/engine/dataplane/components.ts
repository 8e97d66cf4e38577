/**
 * Which component stands at which place: the one list of the data plane. Adding a controller is one line. Network
 * policies stand before all of them.
 */
import type { Cluster } from '../cluster/cluster.ts';
import { client } from './client/client.ts';
import type { Component, State } from './component.ts';
import { external } from './external/external.ts';
import type { Components } from './forward.ts';
import { gateway, gatewayAt } from './gateway/gateway.ts';
import { meshProxy, meshRoutesFor } from './gateway/mesh.ts';
import { ingressController, ingressControllerAt } from './ingress-controller/ingress-controller.ts';
import { kubeProxy } from './kube-proxy/kube-proxy.ts';
import { loadBalancer } from './load-balancer/load-balancer.ts';
import { guarded } from './network-policy/guarded.ts';
import { network } from './network/network.ts';
import { pod } from './pod/pod.ts';

export const components: Components = {
  client: guarded(client),
  network: guarded(network),
  node: (cluster, state) => guarded(componentOnNode(cluster, state)),
  'load-balancer': guarded(loadBalancer),
  'ingress-balancer': guarded(ingressController),
  pod: (cluster, state) => guarded(componentOfPod(cluster, state)),
  external: guarded(external),
};

/** A proxy's Pod is an ordinary Pod on every port but those the proxy listens on. */
function componentOfPod(cluster: Cluster, { place, packet }: State): Component {
  if (place.kind !== 'pod') return pod;
  if (ingressControllerAt(cluster, place.pod, packet) !== null) return ingressController;
  return gatewayAt(cluster, place.pod, packet) === null ? pod : gateway;
}

/** The proxy of a mesh stands beside its Pod, ahead of the kernel. */
function componentOnNode(cluster: Cluster, state: State): Component {
  return meshRoutesFor(cluster, state) === null ? kubeProxy : meshProxy;
}
