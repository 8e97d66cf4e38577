/** THE REGISTRY of Ingress controllers, one line each. A controller is a folder beside this file. */
import { awsAlb } from './aws-alb/aws-alb.ts';
import { contour } from './contour/contour.ts';
import { gce } from './gce/gce.ts';
import { generic } from './generic/generic.ts';
import { haproxy } from './haproxy/haproxy.ts';
import type { IngressImplementation } from './implementation.ts';
import { ingressNginx } from './ingress-nginx/ingress-nginx.ts';
import { istio } from './istio/istio.ts';
import { traefik } from './traefik/traefik.ts';

export const implementations: readonly IngressImplementation[] = [ingressNginx, traefik, haproxy, contour, istio, awsAlb, gce, generic];

/** The implementation a controller follows; one that is not modelled follows the API text (S11.1). */
export function implementationOf(id: string): IngressImplementation {
  return implementations.find((implementation) => implementation.id === id) ?? generic;
}
