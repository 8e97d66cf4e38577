/** From somebody who asks to what is asked: no field of a manifest, but a request that the request bar takes over. */
import { msg } from '../../../catalogue/message.ts';
import { gatewayRequests } from '../../dataplane/suggest-routes.ts';
import { suggestRequests, urlTo } from '../../dataplane/suggest.ts';
import type { Service } from '../../kinds/service/service-spec.ts';
import { nameKey, type ObjectRef } from '../../manifests/object-ref.ts';
import type { Origin } from '../../trace/flow.ts';
import { EXTERNAL_CLIENT } from '../../trace/request.ts';
import type { RequestDraft } from '../../trace/request-draft.ts';
import { serviceAt, type Site } from '../site.ts';
import { allow } from './allow.ts';
import { CLIENT, type Connected, type Connection, RUNS_PODS } from './connection.ts';
import { ROUTES } from './routes.ts';

export const requestToIngress: Connection = {
  from: [CLIENT.kind, ...RUNS_PODS],
  to: ['Ingress'],
  connect: (site, from, to) => {
    const ingress = site.cluster.ingresses.get(nameKey(to.namespace, to.name));
    const rule = ingress?.rules.find(({ host }) => host !== '');
    const known = suggestRequests(site.cluster).find(({ label }) => label.startsWith(`Ingress ${nameKey(to.namespace, to.name)} `))?.draft.url;
    const scheme = ingress?.tls.some(({ hosts }) => rule !== undefined && hosts.includes(rule.host)) === true ? 'https' : 'http';
    const url = known ?? (rule === undefined ? null : `${scheme}://${rule.host.replace(/^\*\./, 'www.')}${rule.paths[0]?.path ?? '/'}`);
    return url === null ? { refused: msg('build.refused.no-host', { ingress: to.name }) } : asked(site, from, to, url);
  },
};

export const requestToService: Connection = {
  from: [CLIENT.kind, ...RUNS_PODS],
  to: ['Service'],
  connect: (site, from, to) => {
    const service = serviceAt(site, to);
    if (service === null) return { refused: msg('build.refused.unknown', { object: to.name }) };
    if (from.kind !== CLIENT.kind) return asked(site, from, to, urlInside(from, service));
    const draft = suggestRequests(site.cluster).find(
      ({ draft, label }) => draft.from.kind === 'external' && label.startsWith(`Service ${nameKey(to.namespace, to.name)} `),
    )?.draft;
    return draft === undefined ? { refused: msg('build.refused.inside-only', { service: to.name }) } : asked(site, from, to, draft.url);
  },
};

/** By whatever host and path a listener takes for it; to the address of the Gateway where no record leads there. */
export const requestToRoute: Connection = {
  from: [CLIENT.kind, ...RUNS_PODS],
  to: ['Gateway', ...ROUTES],
  connect: (site, from, to) => {
    const key = nameKey(to.namespace, to.name);
    const gateway = to.kind === 'Gateway' ? site.cluster.gatewayApi.gateways.get(key) : undefined;
    const about = `${to.kind} ${key}`;
    const known = gateway === undefined ? suggestRequests(site.cluster) : [...gatewayRequests(site.cluster, gateway)];
    const found = known.find(({ label }) => gateway !== undefined || label === about || label.startsWith(`${about} `))?.draft;
    if (found === undefined) return { refused: msg('build.refused.not-served', { kind: to.kind, object: to.name }) };
    return asked(site, from, to, found.url, { connectTo: found.connectTo, method: found.method, headers: found.headers });
  },
};

/** By its address, as a Pod has no name of its own. */
export const requestToPod: Connection = {
  from: RUNS_PODS,
  to: RUNS_PODS,
  connect: (site, from, to) => {
    const allowed = allow(site, from, to);
    if (allowed !== null) return allowed;
    const pod = [...site.cluster.pods.values()].find(
      ({ ref, workload, status }) =>
        status.podIPs.length > 0 &&
        ((ref.namespace === to.namespace && ref.name === to.name) ||
          (workload?.kind === to.kind && workload.namespace === to.namespace && workload.name === to.name)),
    );
    const ip = pod?.status.podIPs[0];
    if (ip === undefined) return { refused: msg('build.refused.no-pod', { target: to.name }) };
    const port = pod?.spec.containers.flatMap(({ ports }) => ports)[0]?.containerPort ?? 80;
    return asked(site, from, to, `http://${ip.includes(':') ? `[${ip}]` : ip}${port === 80 ? '' : `:${port}`}/`);
  },
};

export const clientToPod: Connection = {
  from: [CLIENT.kind],
  to: RUNS_PODS,
  connect: (_, __, to) => ({ refused: msg('build.refused.client-pod', { target: to.name }) }),
};

function urlInside(from: ObjectRef, { ref, ports }: Service): string {
  const host = from.namespace === ref.namespace ? ref.name : `${ref.name}.${ref.namespace}`;
  const [port = null] = ports;
  return urlTo(host, port?.port ?? 80, port);
}

function asked(site: Site, from: ObjectRef, to: ObjectRef, url: string, more: Partial<RequestDraft> = {}): Connected {
  const request = { from: originOf(from), method: 'GET', url, headers: [], connectTo: '', followRedirects: false, insecure: false, ...more };
  return { workspace: site.workspace, said: msg('build.said.request', { target: to.name, url }), request };
}

function originOf({ kind, namespace, name }: ObjectRef): Origin {
  if (kind === CLIENT.kind) return { kind: 'external', ip: EXTERNAL_CLIENT };
  return kind === 'Pod' ? { kind: 'pod', namespace, name } : { kind: 'workload', workloadKind: kind, namespace, name };
}
