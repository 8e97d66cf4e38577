/** What the client connects to: the URL's own host, or what `connectTo` puts in its place (like `curl --connect-to`). */
import { msg, type Message } from '../../../catalogue/message.ts';
import type { Cluster, Controller } from '../../cluster/cluster.ts';
import { nameKey } from '../../manifests/object-ref.ts';
import type { Flow } from '../../trace/flow.ts';

export type Dial =
  | { readonly kind: 'host'; readonly host: string; readonly port: number; readonly assumptions: readonly string[] }
  | { readonly kind: 'nothing'; readonly trouble: Message };

export function dialOf(cluster: Cluster, flow: Flow): Dial {
  const to = flow.connectTo;
  if (to === undefined) return { kind: 'host', host: flow.host, port: flow.port, assumptions: [] };
  switch (to.kind) {
    case 'address':
      return { kind: 'host', host: to.host, port: to.port, assumptions: [] };
    case 'pod': {
      const pod = cluster.pods.get(nameKey(to.namespace, to.name));
      const ip = pod?.status.podIPs[0];
      const key = nameKey(to.namespace, to.name);
      if (ip === undefined)
        return { kind: 'nothing', trouble: pod === undefined ? msg('client.no-pod', { pod: key }) : msg('client.pod-without-address', { pod: key }) };
      return { kind: 'host', host: ip, port: to.port, assumptions: [] };
    }
    case 'ingress': {
      const found = ingressAddress(cluster, flow.host);
      if (found === null) return { kind: 'nothing', trouble: msg('client.no-ingress-address') };
      return { kind: 'host', host: found.address, port: to.port, assumptions: found.assumptions };
    }
    case 'gateway': {
      const key = nameKey(to.namespace, to.name);
      const found = gatewayAddress(cluster, key);
      if (found === null)
        return {
          kind: 'nothing',
          trouble: cluster.gateways.has(key) ? msg('client.gateway-without-address', { gateway: key }) : msg('client.no-gateway', { gateway: key }),
        };
      return { kind: 'host', host: found.address, port: to.port, assumptions: found.assumptions };
    }
  }
}

/** The address of the controller that claims an Ingress for this host, else of any controller that claims one, else of any. */
function ingressAddress(cluster: Cluster, host: string): { readonly address: string; readonly assumptions: readonly string[] } | null {
  const ingress = cluster.controllers.filter(({ kind }) => kind === 'ingress');
  const ofHost = ingress.filter(({ claims }) => claims.some((key) => cluster.ingresses.get(key)?.rules.some((rule) => rule.host === host)));
  const claiming = ingress.filter(({ claims }) => claims.length > 0);
  for (const controller of [...ofHost, ...claiming, ...ingress]) {
    const address = addressOf(cluster, controller);
    if (address !== null) return { address, assumptions: controller.assumption === null ? [] : [controller.assumption] };
  }
  return null;
}

/** Where clients reach a Gateway: as its status says, else its proxy's Service, else a Pod of it. */
function gatewayAddress(cluster: Cluster, key: string): { readonly address: string; readonly assumptions: readonly string[] } | null {
  const gateway = cluster.gatewayApi.gateways.get(key);
  if (gateway === undefined || gateway.infrastructure === null) return null;
  const { service, pods } = gateway.infrastructure;
  const address = addressOf(cluster, { publishes: gateway.addresses, service, pods });
  return address === null ? null : { address, assumptions: gateway.assumption === null ? [] : [gateway.assumption] };
}

/** As published, else the Service's ClusterIP, else a Pod's own address. */
function addressOf(cluster: Cluster, controller: Pick<Controller, 'publishes' | 'service' | 'pods'> & Partial<Pick<Controller, 'balancer'>>): string | null {
  const own = controller.balancer?.addresses[0];
  if (own !== undefined) return own;
  for (const { ip, hostname } of controller.publishes) {
    if (ip !== null) return ip;
    const balancer = [...cluster.loadBalancers.values()].find((candidate) => candidate.ingress.some((entry) => entry.hostname === hostname));
    const address = balancer?.addresses[0] ?? hostname;
    if (address !== null && address !== undefined) return address;
  }
  const service = controller.service === null ? undefined : cluster.services.get(controller.service);
  const clusterIP = service?.headless === false ? service.clusterIPs[0] : undefined;
  return clusterIP ?? cluster.pods.get(controller.pods[0] ?? '')?.status.podIPs[0] ?? null;
}
