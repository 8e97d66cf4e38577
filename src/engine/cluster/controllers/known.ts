/**
 * Ingress controllers as their projects ship them: how to recognise one, and what its usual installation looks like.
 * Names, images and ports are those of each project's own manifests and charts.
 */
import type { Cloud } from '../../kinds/scenario/scenario-spec.ts';
import { awsAlb } from '../ingress-balancers/aws-alb.ts';
import type { Planner } from '../ingress-balancers/balancer-plan.ts';
import { gce } from '../ingress-balancers/gce.ts';
import type { ClaimFlags } from './claim-flags.ts';

export interface KnownController {
  /** As its project calls itself. */
  readonly name: string;
  /** Whose rules are followed: its own where they are modelled, else the generic ones (S11.1). */
  readonly implementation: string;
  /** What `spec.controller` of its IngressClass says; a class of several begins with it. */
  readonly controller: string;
  /** The class it serves unless told otherwise. */
  readonly class: string;
  /** Annotations of its own begin so. */
  readonly annotations: string | null;
  /** The image of the container that carries the traffic; null when it carries it outside the cluster. */
  readonly image: RegExp | null;
  /** What else tells it from another user of that image: an image in its namespace, or a label of its Pods. */
  readonly beside?: RegExp;
  readonly label?: readonly [key: string, value: string];
  /** How its flags say what it claims; absent: as ingress-nginx's do. */
  readonly flags?: ClaimFlags;
  /** Null: the traffic is carried outside the cluster, by the cloud. */
  readonly installation: Installation | null;
  /** How its load balancers are made, where the cloud carries the traffic and Podpath follows it. */
  readonly balancers?: {
    readonly cloud: Cloud;
    readonly planner: Planner;
    readonly alsoClasses?: readonly string[];
    readonly readsAnnotationOnly?: true;
  };
}

export interface Installation {
  readonly namespace: string;
  readonly deployment: string;
  readonly service: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly image: string;
  /** Container ports behind Service ports 80 and 443. */
  readonly http: { readonly name: string; readonly containerPort: number };
  readonly https: { readonly name: string; readonly containerPort: number };
  readonly externalTrafficPolicy: 'Cluster' | 'Local';
}

const installation = (namespace: string, deployment: string, service: string, image: string, http: number, https: number): Installation => ({
  namespace,
  deployment,
  service,
  labels: { 'app.kubernetes.io/name': deployment },
  image,
  http: { name: 'http', containerPort: http },
  https: { name: 'https', containerPort: https },
  externalTrafficPolicy: 'Cluster',
});

/** In the order in which a name that several claim is decided: `nginx` means ingress-nginx. */
export const KNOWN_CONTROLLERS: readonly KnownController[] = [
  {
    name: 'ingress-nginx',
    implementation: 'ingress-nginx',
    controller: 'k8s.io/ingress-nginx',
    class: 'nginx',
    annotations: 'nginx.ingress.kubernetes.io/',
    image: /(^|\/)(ingress-nginx\/controller|nginx-ingress-controller)([:@-]|$)/,
    installation: {
      ...installation('ingress-nginx', 'ingress-nginx-controller', 'ingress-nginx-controller', 'registry.k8s.io/ingress-nginx/controller', 80, 443),
      labels: { 'app.kubernetes.io/name': 'ingress-nginx', 'app.kubernetes.io/component': 'controller' },
      externalTrafficPolicy: 'Local',
    },
  },
  {
    name: 'Traefik',
    implementation: 'traefik',
    controller: 'traefik.io/ingress-controller',
    class: 'traefik',
    annotations: 'traefik.ingress.kubernetes.io/',
    image: /(^|\/)traefik([:@]|$)/,
    // With a class it serves the IngressClass of that name, and that must still name Traefik.
    flags: {
      class: 'providers.kubernetesingress.ingressclass',
      takesClassless: true,
      namespaces: 'providers.kubernetesingress.namespaces',
      names: 'only',
    },
    installation: installation('traefik', 'traefik', 'traefik', 'docker.io/traefik', 8000, 8443),
  },
  {
    name: 'HAProxy',
    implementation: 'haproxy',
    controller: 'haproxy.org/ingress-controller',
    class: 'haproxy',
    annotations: 'haproxy.org/',
    image: /(^|\/)haproxytech\/kubernetes-ingress([:@]|$)/,
    flags: {
      class: 'ingress.class',
      controllerOf: (className) => `haproxy.org/ingress-controller/${className}`,
      withoutClass: 'empty-ingress-class',
      takesClassless: true,
      namespaces: 'namespace-whitelist',
    },
    installation: installation('haproxy-controller', 'haproxy-kubernetes-ingress', 'haproxy-kubernetes-ingress', 'haproxytech/kubernetes-ingress', 8080, 8443),
  },
  {
    name: 'HAProxy Ingress',
    implementation: 'generic',
    controller: 'haproxy-ingress.github.io/controller',
    class: 'haproxy-ingress',
    annotations: 'haproxy-ingress.github.io/',
    image: /(^|\/)haproxy-ingress([:@]|$)/,
    installation: installation('ingress-controller', 'haproxy-ingress', 'haproxy-ingress', 'quay.io/jcmoraisjr/haproxy-ingress', 80, 443),
  },
  {
    name: 'Contour',
    implementation: 'contour',
    controller: 'projectcontour.io/',
    class: 'contour',
    annotations: 'projectcontour.io/',
    // Contour only configures Envoy, which is what clients reach.
    image: /(^|\/)envoyproxy\/envoy([:@-]|$)/,
    beside: /(^|\/)projectcontour\/contour([:@]|$)/,
    // It compares names of classes and looks at no IngressClass.
    flags: { class: 'ingress-class-name', takesClassless: true, namespaces: 'watch-namespaces', names: 'any' },
    installation: installation('projectcontour', 'envoy', 'envoy', 'docker.io/envoyproxy/envoy', 8080, 8443),
  },
  {
    name: 'Istio',
    implementation: 'istio',
    controller: 'istio.io/ingress-controller',
    class: 'istio',
    annotations: null,
    image: /(^|\/)proxyv2([:@]|$)|^auto$/,
    label: ['istio', 'ingressgateway'],
    installation: {
      ...installation('istio-system', 'istio-ingressgateway', 'istio-ingressgateway', 'docker.io/istio/proxyv2', 8080, 8443),
      labels: { istio: 'ingressgateway' },
    },
  },
  {
    name: 'Kong',
    implementation: 'generic',
    controller: 'ingress-controllers.konghq.com/',
    class: 'kong',
    annotations: 'konghq.com/',
    image: /(^|\/)kong(-gateway)?([:@]|$)/,
    beside: /(^|\/)kong\/kubernetes-ingress-controller([:@]|$)/,
    installation: installation('kong', 'kong-gateway', 'kong-gateway-proxy', 'kong', 8000, 8443),
  },
  {
    name: 'NGINX Ingress Controller',
    implementation: 'generic',
    controller: 'nginx.org/ingress-controller',
    class: 'nginx-org',
    annotations: 'nginx.org/',
    image: /(^|\/)nginx\/nginx-(plus-)?ingress([:@]|$)/,
    installation: installation('nginx-ingress', 'nginx-ingress', 'nginx-ingress', 'nginx/nginx-ingress', 80, 443),
  },
  {
    name: 'AWS ALB',
    implementation: 'aws-alb',
    controller: 'ingress.k8s.aws/alb',
    class: 'alb',
    annotations: 'alb.ingress.kubernetes.io/',
    image: null,
    installation: null,
    balancers: { cloud: 'aws-lbc', planner: awsAlb },
  },
  {
    name: 'GKE Ingress',
    implementation: 'gce',
    controller: 'k8s.io/ingress-gce',
    class: 'gce',
    annotations: 'networking.gke.io/',
    image: null,
    installation: null,
    balancers: { cloud: 'gcp', planner: gce, alsoClasses: ['gce-internal'], readsAnnotationOnly: true },
  },
  {
    name: 'Azure Application Gateway',
    implementation: 'azure-application-gateway',
    controller: 'azure/application-gateway',
    class: 'azure/application-gateway',
    annotations: 'appgw.ingress.kubernetes.io/',
    image: null,
    installation: null,
  },
];

/** A controller about which nothing is known but that it follows the Ingress API. */
export const GENERIC_INSTALLATION: Installation = installation('ingress', 'ingress-controller', 'ingress-controller', 'ingress-controller', 80, 443);

export function knownByControllerString(controller: string): KnownController | null {
  return KNOWN_CONTROLLERS.find((known) => controller === known.controller || controller.startsWith(known.controller)) ?? null;
}

/** By the class's own name, or a name that has it as a part: `nginx-internal`. */
export function knownByClassName(name: string): KnownController | null {
  const exact = KNOWN_CONTROLLERS.find((known) => known.class === name);
  if (exact !== undefined) return exact;
  return KNOWN_CONTROLLERS.find((known) => name.split(/[-./]/).includes(known.class)) ?? null;
}

export function knownByAnnotation(annotations: Readonly<Record<string, string>>): KnownController | null {
  const names = Object.keys(annotations);
  return KNOWN_CONTROLLERS.find((known) => known.annotations !== null && names.some((name) => name.startsWith(known.annotations!))) ?? null;
}

/** By implementation or name, as an environment states it. */
export function knownByImplementation(implementation: string, name: string): KnownController | null {
  // Several projects are followed by the generic rules, so that word names none of them.
  const same = (text: string) =>
    text === 'generic'
      ? undefined
      : KNOWN_CONTROLLERS.find((known) => known.implementation === text || known.name.toLowerCase() === text.toLowerCase() || known.class === text);
  return same(implementation) ?? same(name) ?? null;
}
