/**
 * What cert-manager puts beside a certificate that is not issued yet (S14.7): a Pod that answers the HTTP-01 challenge,
 * its Service, and an Ingress or HTTPRoute that leads the certificate authority there. It is gone once the challenge is passed.
 * https://cert-manager.io/docs/configuration/acme/http01/
 */
import { msg } from '../../catalogue/message.ts';
import { admit } from '../kinds/admit.ts';
import type { Route } from '../kinds/gateway-api/route-spec.ts';
import type { Ingress } from '../kinds/ingress/ingress-spec.ts';
import type { ApiObject } from '../kinds/kind.ts';
import type { Pod } from '../kinds/pod/pod-spec.ts';
import type { Service } from '../kinds/service/service-spec.ts';
import { nameKey, refKey } from '../manifests/object-ref.ts';
import { parseManifests } from '../manifests/parse.ts';
import type { Issuance, Solver } from './cert-manager.ts';
import { recordProvenance, type Ledger } from './ledger.ts';
import type { Objects } from './objects.ts';

/** What stands for the token, which an authority makes up for each challenge. */
export const CHALLENGE_PATH = '/.well-known/acme-challenge/token';

/** Younger than anything pasted. */
const LAST = Number.MAX_SAFE_INTEGER;

/** Adds a solver for each name of a certificate that waits for an HTTP-01 challenge. None where a person pasted one. */
export function addSolvers(waiting: readonly Issuance[], objects: Objects, ledger: Ledger): void {
  if ([...objects.services.values()].some(({ ref }) => ref.name.startsWith('cm-acme-http-solver'))) return;
  for (const issuance of waiting) {
    const solver = issuance.issuer.solvers?.find(({ kind }) => kind !== 'dns01');
    if (solver === undefined || solver.kind === 'dns01') continue;
    for (const [index, host] of issuance.hosts.entries()) {
      if (host.startsWith('*.')) continue;
      const [namespace = '', secret = ''] = issuance.secret.split('/');
      const name = `cm-acme-http-solver-${secret}${issuance.hosts.length > 1 ? `-${index}` : ''}`.slice(0, 63).replace(/[^a-z0-9]+$/, '');
      const text = [pod(namespace, name), service(namespace, name), wayTo(namespace, name, host, solver)].join('---\n');
      for (const object of admit(parseManifests([{ name: 'cert-manager', text }])).objects)
        put(objects, ledger, { ...object, manifest: null, order: LAST }, issuance);
    }
  }
}

function put(objects: Objects, ledger: Ledger, object: ApiObject, { from, path }: Issuance): void {
  const key = nameKey(object.ref.namespace, object.ref.name);
  // The kind tells the type: each was read by the reader of its own kind.
  if (object.ref.kind === 'Pod') objects.pods.set(key, object as Pod);
  else if (object.ref.kind === 'Service') objects.services.set(key, object as Service);
  else if (object.ref.kind === 'Ingress') objects.ingresses.set(key, object as Ingress);
  else objects.routes.set(refKey(object.ref), object as Route);
  recordProvenance(ledger, { object: object.ref }, 'cert-manager', msg('provenance.acme-solver'), { object: from, path });
}

const pod = (namespace: string, name: string) => `apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: ${namespace}, labels: { acme.cert-manager.io/http01-solver: "true", acme.cert-manager.io/http-domain: ${name} } }
spec: { containers: [{ name: acmesolver, image: quay.io/jetstack/cert-manager-acmesolver, ports: [{ name: http, containerPort: 8089 }] }] }
`;

const service = (namespace: string, name: string) => `apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: ${namespace}, labels: { acme.cert-manager.io/http01-solver: "true" } }
spec: { selector: { acme.cert-manager.io/http-domain: ${name} }, ports: [{ name: http, port: 8089, targetPort: 8089 }] }
`;

function wayTo(namespace: string, name: string, host: string, solver: Exclude<Solver, { kind: 'dns01' }>): string {
  if (solver.kind === 'gateway') {
    return `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  parentRefs: ${JSON.stringify(solver.parentRefs)}
  hostnames: ["${host}"]
  rules: [{ matches: [{ path: { type: Exact, value: "${CHALLENGE_PATH}" } }], backendRefs: [{ name: ${name}, port: 8089 }] }]
`;
  }
  const annotations = solver.annotatedClass === null ? '' : `, kubernetes.io/ingress.class: ${JSON.stringify(solver.annotatedClass)}`;
  return `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name}, namespace: ${namespace}, annotations: { nginx.ingress.kubernetes.io/whitelist-source-range: "0.0.0.0/0,::/0"${annotations} } }
spec:
${solver.className === null ? '' : `  ingressClassName: ${JSON.stringify(solver.className)}\n`}  rules: [{ host: "${host}", http: { paths: [{ path: "${CHALLENGE_PATH}", pathType: Exact, backend: { service: { name: ${name}, port: { number: 8089 } } } }] } }]
`;
}
