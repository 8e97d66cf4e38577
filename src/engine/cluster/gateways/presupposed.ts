/** What Gateways and routes presuppose in a pasted part of a cluster (S1.3a): Services, certificates, authorities. */
import { msg } from '../../../catalogue/message.ts';
import { GATEWAY_GROUP } from '../../kinds/gateway-api/names.ts';
import type { TargetRef } from '../../kinds/gateway-api/references.ts';
import { backendsOf } from '../../kinds/gateway-api/route.ts';
import type { Route } from '../../kinds/gateway-api/route-spec.ts';
import type { ServicePort } from '../../kinds/service/service-spec.ts';
import { nameKey, type ObjectRef, refKey } from '../../manifests/object-ref.ts';
import type { FieldPath } from '../../manifests/source.ts';
import { answerTo, infer } from '../assumptions.ts';
import type { Environment } from '../environment.ts';
import { type Ledger, recordProvenance } from '../ledger.ts';
import type { Objects } from '../objects.ts';
import { syntheticConfigMap } from '../synthetic.ts';
import { permission } from './grants.ts';

/** A Service that something sends requests to. */
export interface WantedBackend {
  readonly namespace: string;
  readonly name: string;
  readonly port: { readonly number: number } | { readonly name: string };
  readonly protocol: ServicePort['protocol'];
  /** As a sentence names it. */
  readonly by: string;
  readonly from: ObjectRef;
  readonly path: FieldPath;
  /** Set where only a Service with node ports can serve. */
  readonly needsNodePort?: boolean;
}

/** Those that the routes of the Gateway API may name, parents and backends: without a grant the route would not reach them (S12.9.5). */
export function routeBackends(objects: Objects): readonly WantedBackend[] {
  return [...objects.routes.values()].flatMap((route) => [
    ...meshParents(route),
    ...backendsOf(route).flatMap(({ ref, path }): readonly WantedBackend[] => {
      const asking = { group: GATEWAY_GROUP, kind: route.ref.kind, namespace: route.ref.namespace };
      if (ref.group !== '' || ref.kind !== 'Service' || ref.port === null) return [];
      if (permission(objects.referenceGrants, asking, ref).kind === 'refused') return [];
      const protocol = route.protocol === 'udp' ? 'UDP' : 'TCP';
      return [{ namespace: ref.namespace, name: ref.name, port: { number: ref.port }, protocol, by: refKey(route.ref), from: route.ref, path }];
    }),
  ]);
}

/** Services whose requests the route directs in a mesh (S12.15). */
function meshParents(route: Route): readonly WantedBackend[] {
  return route.parentRefs.flatMap(({ group, kind, namespace, name, port }, index): readonly WantedBackend[] => {
    if (group !== '' || kind !== 'Service') return [];
    const number = port ?? route.rules[0]?.backendRefs[0]?.port ?? 80;
    const protocol = route.protocol === 'udp' ? 'UDP' : 'TCP';
    return [{ namespace, name, port: { number }, protocol, by: refKey(route.ref), from: route.ref, path: ['spec', 'parentRefs', index, 'name'] }];
  });
}

/** A Secret that something shows to clients, for these hosts. */
export interface WantedCertificate {
  readonly ref: ObjectRef;
  readonly hosts: readonly string[];
  readonly from: ObjectRef;
  readonly path: FieldPath;
}

/** Without a grant the listener could not have it (S12.9.5). */
export function listenerCertificates(objects: Objects): readonly WantedCertificate[] {
  return [...objects.gateways.values(), ...objects.listenerSets.values()].flatMap(({ ref: from, listeners }) => {
    const routed = [...objects.routes.values()].flatMap(({ parentRefs, hostnames }) =>
      parentRefs.some(({ kind, namespace, name }) => kind === from.kind && namespace === from.namespace && name === from.name) ? hostnames : [],
    );
    return listeners.flatMap(({ tls, hostname }, i) =>
      (tls?.certificateRefs ?? []).flatMap(({ group, kind, namespace, name }, j): readonly WantedCertificate[] => {
        const target = { group, kind, namespace, name };
        const asking = { group: GATEWAY_GROUP, kind: from.kind, namespace: from.namespace };
        if (group !== '' || kind !== 'Secret' || permission(objects.referenceGrants, asking, target).kind === 'refused') return [];
        const path = ['spec', 'listeners', i, 'tls', 'certificateRefs', j, 'name'];
        return [{ ref: { kind, namespace, name }, hosts: hostname === null ? routed : [hostname], from, path }];
      }),
    );
  });
}

/** Bundles of authorities that were not pasted are there and can be read. */
export function inferAuthorities(objects: Objects, environment: Environment, ledger: Ledger): void {
  const written = new Set(ledger.manifests.objects.map(({ ref }) => refKey(ref)));
  for (const { ref, from, path } of wantedAuthorities(objects)) {
    const key = nameKey(ref.namespace, ref.name);
    if (objects.configMaps.has(key) || written.has(refKey(ref))) continue;
    const id = `config-map:${key}`;
    const answer = answerTo(environment, id);
    if (answer === 'refused') continue;
    const assumption = infer(ledger, answer, id, msg('assume.authority', { configMap: key }));
    objects.configMaps.set(key, syntheticConfigMap(ref.namespace, ref.name));
    recordProvenance(ledger, { object: ref }, 'Podpath', msg('provenance.inferred-authority'), { object: from, path }, assumption);
  }
}

function wantedAuthorities(objects: Objects): readonly { readonly ref: ObjectRef; readonly from: ObjectRef; readonly path: FieldPath }[] {
  const wanted = (from: ObjectRef, refs: readonly TargetRef[], path: FieldPath) =>
    refs.flatMap((target, index) => {
      const { group, kind, namespace, name } = target;
      const asking = { group: GATEWAY_GROUP, kind: from.kind, namespace: from.namespace };
      if (group !== '' || kind !== 'ConfigMap' || permission(objects.referenceGrants, asking, target).kind === 'refused') return [];
      return [{ ref: { kind, namespace, name }, from, path: [...path, index, 'name'] }];
    });
  const frontend: FieldPath = ['spec', 'tls', 'frontend'];
  return [
    ...[...objects.backendTLSPolicies.values()].flatMap(({ ref, caCertificateRefs }) =>
      wanted(
        ref,
        caCertificateRefs.map((one) => ({ ...one, namespace: ref.namespace })),
        ['spec', 'validation', 'caCertificateRefs'],
      ),
    ),
    ...[...objects.gateways.values()].flatMap(({ ref, frontendTls }) => [
      ...wanted(ref, frontendTls?.default?.caCertificateRefs ?? [], [...frontend, 'default', 'validation', 'caCertificateRefs']),
      ...(frontendTls?.perPort ?? []).flatMap(({ validation }, index) =>
        wanted(ref, validation?.caCertificateRefs ?? [], [...frontend, 'perPort', index, 'tls', 'validation', 'caCertificateRefs']),
      ),
    ]),
  ];
}
