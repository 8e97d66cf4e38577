/**
 * Controllers of the Gateway API as their projects ship them: the name their GatewayClasses bear, how to recognise
 * one, and the group of their own parameters. All follow the API's own rules here, but for what is marked.
 */
export interface KnownGatewayController {
  /** As its project calls itself. */
  readonly name: string;
  /** What `spec.controllerName` of its classes says, or begins with. */
  readonly controllerName: string;
  /** Usual names of its classes. */
  readonly classes: readonly string[];
  /** The image of its control plane. */
  readonly image: RegExp | null;
  /** Follows Services of type ExternalName as backends, against the advice of the API (S12.9.3). */
  readonly servesExternalNames?: true;
}

export const KNOWN_GATEWAY_CONTROLLERS: readonly KnownGatewayController[] = [
  {
    name: 'Envoy Gateway',
    controllerName: 'gateway.envoyproxy.io/gatewayclass-controller',
    classes: ['eg', 'envoy-gateway'],
    image: /(^|\/)envoyproxy\/gateway(-dev)?([:@]|$)/,
  },
  {
    name: 'NGINX Gateway Fabric',
    controllerName: 'gateway.nginx.org/nginx-gateway-controller',
    classes: ['nginx'],
    image: /(^|\/)nginx-gateway-fabric([:@]|$)/,
    servesExternalNames: true,
  },
  { name: 'Istio', controllerName: 'istio.io/gateway-controller', classes: ['istio'], image: /(^|\/)pilot([:@-]|$)/ },
  { name: 'Cilium', controllerName: 'io.cilium/gateway-controller', classes: ['cilium'], image: /(^|\/)cilium\/operator(-\w+)?([:@]|$)/ },
  { name: 'Traefik', controllerName: 'traefik.io/gateway-controller', classes: ['traefik'], image: null },
  { name: 'Kong', controllerName: 'konghq.com/', classes: ['kong'], image: null },
  { name: 'Contour', controllerName: 'projectcontour.io/', classes: ['contour'], image: null },
  { name: 'HAProxy', controllerName: 'haproxy.org/', classes: ['haproxy'], image: null },
  { name: 'kgateway', controllerName: 'kgateway.dev/', classes: ['kgateway'], image: /(^|\/)kgateway([:@]|$)/ },
  {
    name: 'GKE Gateway',
    controllerName: 'networking.gke.io/gateway',
    classes: ['gke-l7-global-external-managed', 'gke-l7-regional-external-managed', 'gke-l7-rilb', 'gke-l7-gxlb'],
    image: null,
  },
  { name: 'AWS Load Balancer Controller', controllerName: 'gateway.k8s.aws/', classes: ['aws-alb-gateway-class', 'aws-nlb-gateway-class'], image: null },
  { name: 'Azure Application Gateway for Containers', controllerName: 'alb.networking.azure.io/', classes: ['azure-alb-external'], image: null },
];

export function knownByControllerName(controllerName: string): KnownGatewayController | null {
  return KNOWN_GATEWAY_CONTROLLERS.find((known) => controllerName.startsWith(known.controllerName)) ?? null;
}

export function knownByClassName(className: string): KnownGatewayController | null {
  return KNOWN_GATEWAY_CONTROLLERS.find((known) => known.classes.includes(className)) ?? null;
}

/** As an environment states it: `nginx-gateway-fabric`. */
export function knownByImplementation(implementation: string): KnownGatewayController | null {
  return KNOWN_GATEWAY_CONTROLLERS.find(({ name }) => name.toLowerCase().replaceAll(' ', '-') === implementation.toLowerCase()) ?? null;
}
