/** What an Ingress can be joined to: Services by a rule, a certificate, a class. */
import { msg } from '../../../catalogue/message.ts';
import type { Ingress } from '../../kinds/ingress/ingress-spec.ts';
import type { Json, JsonObject } from '../../manifests/document.ts';
import { nameKey, type ObjectRef, refKey } from '../../manifests/object-ref.ts';
import type { FieldPath } from '../../manifests/source.ts';
import { backendTo, hostFor, ingressRule } from '../components/ingresses.ts';
import { inKubectlOrder } from '../names.ts';
import { serviceAt, type Site } from '../site.ts';
import { setObjectField } from '../text-edits.ts';
import { type Connected, type Connection, isSameNamespace, RUNS_PODS } from './connection.ts';
import { freePath } from './free-path.ts';

function ingressAt(site: Site, ref: ObjectRef): Ingress | null {
  return site.cluster.ingresses.get(nameKey(ref.namespace, ref.name)) ?? null;
}

function write(site: Site, from: ObjectRef, path: FieldPath, value: Json, said: Extract<Connected, { said: unknown }>['said']): Connected {
  const object = site.written.get(refKey(from));
  if (object === undefined) return { refused: msg('build.refused.unknown', { object: from.name }) };
  return { workspace: setObjectField(site.workspace, object, path, value), said };
}

export const ingressToService: Connection = {
  from: ['Ingress'],
  to: ['Service'],
  connect: (site, from, to) => {
    const ingress = ingressAt(site, from);
    const service = serviceAt(site, to);
    if (ingress === null || service === null) return { refused: msg('build.refused.unknown', { object: to.name }) };
    if (!isSameNamespace(from, to)) return { refused: msg('build.refused.ingress-namespace', { ingress: from.name, service: to.name }) };
    if (service.ports.length === 0) return { refused: msg('build.refused.no-ports', { service: to.name }) };
    if (namesOf(ingress).includes(to.name)) return { refused: msg('build.refused.connected', { from: from.name, to: to.name }) };
    const backend = backendTo(to.name, service.ports[0]);
    const said = msg('build.said.rule', { ingress: from.name, service: to.name });
    const open = openBackend(site, ingress);
    if (open !== null) return write(site, from, open, backend, said);
    const [first] = ingress.rules;
    if (first === undefined || first.paths.length === 0)
      return write(site, from, ['spec', 'rules', ingress.rules.length], ingressRule(hostFor(site, to.name), backend), said);
    const path = freePath(
      first.paths.map((one) => one.path),
      to.name,
    );
    const entry: JsonObject = inKubectlOrder({ backend, path, pathType: 'Prefix' });
    return write(site, from, ['spec', 'rules', 0, 'http', 'paths', first.paths.length], entry, said);
  },
};

function namesOf({ defaultBackend, rules }: Ingress): readonly string[] {
  return [defaultBackend, ...rules.flatMap(({ paths }) => paths.map(({ backend }) => backend))].flatMap((one) => (one?.kind === 'service' ? [one.name] : []));
}

/** A backend whose Service does not exist was waiting for one. */
function openBackend(site: Site, { ref, rules, defaultBackend }: Ingress): FieldPath | null {
  const isMissing = (name: string) => !site.written.has(refKey({ kind: 'Service', namespace: ref.namespace, name }));
  for (const [rule, { paths }] of rules.entries()) {
    const path = paths.findIndex(({ backend }) => backend.kind === 'service' && isMissing(backend.name));
    if (path !== -1) return ['spec', 'rules', rule, 'http', 'paths', path, 'backend'];
  }
  return defaultBackend?.kind === 'service' && isMissing(defaultBackend.name) ? ['spec', 'defaultBackend'] : null;
}

export const ingressToSecret: Connection = {
  from: ['Ingress'],
  to: ['Secret'],
  connect: (site, from, to) => {
    const ingress = ingressAt(site, from);
    const secret = site.cluster.secrets.get(nameKey(to.namespace, to.name));
    if (ingress === null || secret === undefined) return { refused: msg('build.refused.unknown', { object: to.name }) };
    if (!isSameNamespace(from, to)) return { refused: msg('build.refused.secret-namespace', { ingress: from.name, secret: to.name }) };
    if (secret.type !== 'kubernetes.io/tls') return { refused: msg('build.refused.secret-type', { secret: to.name }) };
    if (ingress.tls.some(({ secretName }) => secretName === to.name)) return { refused: msg('build.refused.connected', { from: from.name, to: to.name }) };
    const hosts = ingress.rules.map(({ host }) => host).filter((host, index, all) => host !== '' && all.indexOf(host) === index);
    const covered = new Set(ingress.tls.flatMap((entry) => entry.hosts));
    const open = hosts.filter((host) => !covered.has(host));
    const entry: JsonObject = { ...(open.length > 0 && { hosts: open }), secretName: to.name };
    return write(site, from, ['spec', 'tls', ingress.tls.length], entry, msg('build.said.tls', { ingress: from.name, secret: to.name }));
  },
};

export const ingressToClass: Connection = {
  from: ['Ingress'],
  to: ['IngressClass'],
  connect: (site, from, to) => {
    if (ingressAt(site, from)?.ingressClassName === to.name) return { refused: msg('build.refused.connected', { from: from.name, to: to.name }) };
    return write(site, from, ['spec', 'ingressClassName'], to.name, msg('build.said.class', { ingress: from.name, class: to.name }));
  },
};

/** A rule names a Service; Pods come and go. */
export const ingressToPods: Connection = {
  from: ['Ingress'],
  to: RUNS_PODS,
  connect: (_, from, to) => ({ refused: msg('build.refused.ingress-pods', { ingress: from.name, target: to.name }) }),
};
