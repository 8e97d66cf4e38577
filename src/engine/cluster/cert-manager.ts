/**
 * cert-manager makes the Secrets that Certificates, and annotated Ingresses, name (S14.7). It does so later than anything
 * else: until then the Secret is not there. For the HTTP-01 challenge it puts a solver beside them for a while, a Pod with
 * a Service and an Ingress or HTTPRoute, which the certificate authority asks over plain HTTP.
 * https://cert-manager.io/docs/usage/ingress/ and https://cert-manager.io/docs/configuration/acme/http01/
 */
import type { Ingress } from '../kinds/ingress/ingress-spec.ts';
import type { Json, JsonObject, ManifestObject, Manifests } from '../manifests/document.ts';
import { isList, isObject } from '../manifests/json.ts';
import { nameKey, type ObjectRef } from '../manifests/object-ref.ts';
import type { FieldPath } from '../manifests/source.ts';

/** A Secret that cert-manager is to make. */
export interface Issuance {
  /** `namespace/name`. */
  readonly secret: string;
  readonly hosts: readonly string[];
  /** The Certificate, or the Ingress whose annotation asks for one. */
  readonly from: ObjectRef;
  readonly path: FieldPath;
  readonly issuer: IssuerReference;
  /** Of the Certificate's status: whether it is issued, and what is said where it is not; null where no status was pasted. */
  readonly ready: { readonly is: boolean; readonly message: string } | null;
}

export interface IssuerReference {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Null where it was not pasted. */
  readonly solvers: readonly Solver[] | null;
}

/** How an ACME issuer proves that it holds a name; none for issuers of other types. */
export type Solver =
  | { readonly kind: 'dns01' }
  | { readonly kind: 'ingress'; readonly className: string | null; readonly annotatedClass: string | null; readonly editsIngress: string | null }
  | { readonly kind: 'gateway'; readonly parentRefs: Json };

const CLUSTER_ISSUER = 'cert-manager.io/cluster-issuer';
const ISSUER = 'cert-manager.io/issuer';

export function issuancesIn(manifests: Manifests, ingresses: Iterable<Ingress>): readonly Issuance[] {
  const own = manifests.objects.filter(({ apiVersion }) => apiVersion.startsWith('cert-manager.io/'));
  const issuers = new Map(
    own
      .filter(({ ref }) => ref.kind === 'Issuer' || ref.kind === 'ClusterIssuer')
      .map((object) => [issuerKey(object.ref.kind, object.ref.namespace, object.ref.name), solversOf(object)]),
  );
  const issuer = (kind: string, namespace: string, name: string): IssuerReference => ({
    kind,
    namespace: kind === 'ClusterIssuer' ? '' : namespace,
    name,
    solvers: issuers.get(issuerKey(kind, namespace, name)) ?? null,
  });
  const certificates = own.filter(({ ref }) => ref.kind === 'Certificate').flatMap((object) => fromCertificate(object, issuer) ?? []);
  const known = new Set(certificates.map(({ secret }) => secret));
  const shim = [...ingresses].flatMap((ingress) => fromIngress(ingress, issuer)).filter(({ secret }) => !known.has(secret));
  return [...certificates, ...shim];
}

type FindIssuer = (kind: string, namespace: string, name: string) => IssuerReference;

function fromCertificate({ ref, value }: ManifestObject, issuer: FindIssuer): Issuance | null {
  const spec = mapping(value['spec']);
  const name = text(spec['secretName']);
  if (name === null) return null;
  const names = [...texts(spec['dnsNames']), ...(text(spec['commonName']) === null ? [] : [text(spec['commonName'])!])];
  const by = mapping(spec['issuerRef']);
  const condition = list(mapping(value['status'])['conditions'])
    .map(mapping)
    .find(({ type }) => type === 'Ready');
  return {
    secret: nameKey(ref.namespace, name),
    hosts: [...new Set(names)],
    from: ref,
    path: ['spec', 'secretName'],
    issuer: issuer(text(by['kind']) ?? 'Issuer', ref.namespace, text(by['name']) ?? ''),
    ready: condition === undefined ? null : { is: condition['status'] === 'True', message: text(condition['message']) ?? '' },
  };
}

/** ingress-shim: an annotation asks for a Certificate for every entry of `tls`. */
function fromIngress({ ref, metadata, tls }: Ingress, issuer: FindIssuer): readonly Issuance[] {
  const cluster = metadata.annotations[CLUSTER_ISSUER];
  const namespaced = metadata.annotations[ISSUER];
  const by = cluster === undefined ? (namespaced === undefined ? null : (['Issuer', namespaced] as const)) : (['ClusterIssuer', cluster] as const);
  if (by === null) return [];
  return tls.flatMap(({ secretName, hosts }) =>
    secretName === null || hosts.length === 0
      ? []
      : [
          {
            secret: nameKey(ref.namespace, secretName),
            hosts,
            from: ref,
            path: ['metadata', 'annotations', cluster === undefined ? ISSUER : CLUSTER_ISSUER],
            issuer: issuer(by[0], ref.namespace, by[1]),
            ready: null,
          },
        ],
  );
}

/** Without a solver's selector every name is its own; which of several serves a name is not decided here: the first counts. */
function solversOf({ value }: ManifestObject): readonly Solver[] {
  const acme = mapping(mapping(value['spec'])['acme']);
  return list(acme['solvers']).flatMap((each): readonly Solver[] => {
    const solver = mapping(each);
    if (isObject(solver['dns01'])) return [{ kind: 'dns01' }];
    const http01 = mapping(solver['http01']);
    const route = http01['gatewayHTTPRoute'];
    if (isObject(route)) return [{ kind: 'gateway', parentRefs: route['parentRefs'] ?? [] }];
    const ingress = mapping(http01['ingress']);
    if (!isObject(http01['ingress'])) return [];
    return [
      {
        kind: 'ingress',
        className: text(ingress['ingressClassName']),
        annotatedClass: text(ingress['class']),
        editsIngress: text(ingress['name']),
      },
    ];
  });
}

const issuerKey = (kind: string, namespace: string, name: string) => (kind === 'ClusterIssuer' ? `cluster/${name}` : `${namespace}/${name}`);
const text = (value: Json | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null);
const mapping = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});
const list = (value: Json | undefined): readonly Json[] => (isList(value) ? value : []);
const texts = (value: Json | undefined): readonly string[] => list(value).flatMap((item) => text(item) ?? []);
