/**
 * The admission webhook of ingress-nginx: what it has the API server refuse of an Ingress that is new (S10.3, S10.8,
 * S10.25). One that a cluster holds already was let in, whatever the webhook would say today.
 * https://kubernetes.github.io/ingress-nginx/how-it-works/#avoiding-outage-from-wrong-configuration
 */
import { msg } from '../../../../catalogue/message.ts';
import type { Cluster, Controller } from '../../../cluster/cluster.ts';
import type { Ingress } from '../../../kinds/ingress/ingress-spec.ts';
import type { Presupposed } from '../../proxy/presuppose.ts';
import { presume, presumeExists } from '../../proxy/presuppose.ts';
import type { Route } from '../route.ts';
import { ingressName, routePath, routesOf } from '../route.ts';
import type { Admitted, TurnedAway } from './admission.ts';
import type { Settings } from './settings.ts';

export interface Webhook {
  /** What it checks in an Ingress by itself. */
  readonly alone: Presupposed;
  /** What it checks against the Ingresses that exist. A closed world shows a cluster as it is: there all of them exist. */
  readonly overlap: Presupposed;
}

const OFF: Presupposed = { holds: false, assumes: [] };
const ON: Presupposed = { holds: true, assumes: [] };

/** It stands there by default, unless a flag or a person says otherwise. */
export function webhookOf(cluster: Cluster, controller: Controller, settings: Settings): Webhook {
  if (!settings.webhook) return { alone: OFF, overlap: OFF };
  if (settings.webhookStated) return { alone: ON, overlap: ON };
  const isStrict = controller.config['strict-validate-path-type'] !== undefined;
  const alone = isStrict ? ON : presume(cluster, `path-webhook:${controller.name}`, msg('ingress.nginx.assume.webhook'));
  if (!alone.holds) return { alone, overlap: OFF };
  return { alone, overlap: presumeExists(cluster, `overlap-webhook:${controller.name}`, msg('ingress.nginx.assume.webhook-overlap')) };
}

type Refusal = Omit<TurnedAway, 'ingress'>;

/** An Ingress that a cluster holds. */
export function existsAlready({ metadata, statusIngress }: Ingress): boolean {
  return metadata.creationTimestamp !== null || statusIngress !== null;
}

/** To be asked for every Ingress in the order in which they are applied; gives null for what comes in. */
export function webhookGate({ alone, overlap }: Webhook, settings: Settings): (one: Admitted) => Refusal | null {
  /** By host and path: the Ingress that holds them. Path types do not count here. */
  const holders = new Map<string, Ingress>();
  /** Whoever writes the annotation `canary`, whatever its value, may share a host and path. */
  const mayShare = ({ metadata }: Ingress) => `${settings.annotationsPrefix}/canary` in metadata.annotations;
  const refuse = (ingress: Ingress): Refusal | null => {
    if (existsAlready(ingress)) return null;
    const own = alone.holds ? ((settings.strictValidatePathType ? badPath(ingress) : null) ?? snippet(ingress, settings)) : null;
    if (own !== null) return { ...own, assumes: alone.assumes };
    const taken = overlap.holds && !mayShare(ingress) ? alreadyDefined(ingress, holders) : null;
    return taken === null ? null : { ...taken, assumes: [...alone.assumes, ...overlap.assumes] };
  };
  return ({ ingress }) => {
    const refusal = refuse(ingress);
    if (refusal === null && !mayShare(ingress)) for (const route of overlapping(ingress)) if (!holders.has(keyOf(route))) holders.set(keyOf(route), ingress);
    return refusal;
  };
}

/** S10.8. */
function badPath(ingress: Ingress): Omit<Refusal, 'assumes'> | null {
  const route = routesOf(ingress).find(({ path, pathType }) => pathType !== 'ImplementationSpecific' && !/^\/[A-Za-z0-9._\-/]*$/.test(path));
  if (route === undefined) return null;
  return {
    why: msg('ingress.nginx.strict-path', { path: route.path, pathType: route.pathType }),
    path: [...routePath(route), 'path'],
    rules: ['S10.8', 'F-64'],
  };
}

/** S10.25: the webhook looks at the end of the name alone, whatever the prefix. */
function snippet({ metadata }: Ingress, { allowSnippets }: Settings): Omit<Refusal, 'assumes'> | null {
  const name = allowSnippets ? undefined : Object.keys(metadata.annotations).find((key) => key.endsWith('-snippet'));
  if (name === undefined) return null;
  return { why: msg('ingress.nginx.snippet-refused', { annotation: name }), path: ['metadata', 'annotations', name], rules: ['S10.25'] };
}

/** S10.3. */
function alreadyDefined(ingress: Ingress, holders: ReadonlyMap<string, Ingress>): Omit<Refusal, 'assumes'> | null {
  for (const route of overlapping(ingress)) {
    const holder = holders.get(keyOf(route));
    if (holder === undefined) continue;
    const args = { ingress: ingressName(holder), path: route.path };
    const why = route.host === '' ? msg('ingress.nginx.overlap.all-hosts', args) : msg('ingress.nginx.overlap', { ...args, host: route.host });
    return { why, path: [...routePath(route), 'path'], rules: ['S10.3', 'F-71'] };
  }
  return null;
}

/** Entries that the webhook compares: those with a Service behind them. */
function overlapping(ingress: Ingress): readonly Route[] {
  return routesOf(ingress).filter(({ backend }) => backend.kind === 'service');
}

function keyOf({ host, path }: Route): string {
  return `${host} ${path}`;
}
