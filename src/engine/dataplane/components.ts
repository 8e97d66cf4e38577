/** Which component stands at which place: the one list of the data plane. Adding a controller is one line. */
import type { Cluster } from '../cluster/cluster.ts';
import { client } from './client/client.ts';
import type { Component, State } from './component.ts';
import { external } from './external/external.ts';
import type { Components } from './forward.ts';
import { ingressController, ingressControllerAt } from './ingress-controller/ingress-controller.ts';
import { kubeProxy } from './kube-proxy/kube-proxy.ts';
import { loadBalancer } from './load-balancer/load-balancer.ts';
import { network } from './network/network.ts';
import { pod } from './pod/pod.ts';

export const components: Components = {
  client,
  network,
  node: kubeProxy,
  'load-balancer': loadBalancer,
  pod: componentOfPod,
  external,
};

/** A controller's Pod is an ordinary Pod on every port but those the controller listens on. */
function componentOfPod(cluster: Cluster, { place, packet }: State): Component {
  return place.kind === 'pod' && ingressControllerAt(cluster, place.pod, packet.dst.port) !== null ? ingressController : pod;
}
