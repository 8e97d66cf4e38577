/** THE REGISTRY of Ingress controllers, one line each. A controller is a folder beside this file. */
import { generic } from './generic/generic.ts';
import type { IngressImplementation } from './implementation.ts';
import { ingressNginx } from './ingress-nginx/ingress-nginx.ts';

export const implementations: readonly IngressImplementation[] = [ingressNginx, generic];

/** The implementation a controller follows; one that is not modelled follows the API text (S11.1). */
export function implementationOf(id: string): IngressImplementation {
  return implementations.find((implementation) => implementation.id === id) ?? generic;
}
