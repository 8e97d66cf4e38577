/** What the controller has written for one load balancer: its listeners, and the rules on each, made once for each cluster. */
import type { Controller } from '../../../cluster/cluster.ts';
import { albIngress, type AlbIngress } from '../../../cluster/ingress-balancers/alb-annotations.ts';
import { type AlbListener, albListeners } from '../../../cluster/ingress-balancers/alb-listeners.ts';
import { type AlbRule, albRules } from '../../../cluster/ingress-balancers/alb-rules.ts';
import type { ControllerView } from '../implementation.ts';
import { claimedIngresses } from '../route.ts';

export interface OrderedRule extends AlbRule {
  readonly one: AlbIngress;
}

export interface Listener extends AlbListener {
  readonly rules: readonly OrderedRule[];
}

interface Written {
  readonly members: readonly AlbIngress[];
  readonly listeners: readonly Listener[];
}

const memo = new WeakMap<Controller, Written>();

export function membersOf(view: ControllerView): readonly AlbIngress[] {
  return writtenFor(view).members;
}

/** The one on this port; null where it has none. */
export function listenerAt(view: ControllerView, port: number): Listener | null {
  return writtenFor(view).listeners.find((listener) => listener.port === port) ?? null;
}

export function listenersOf(view: ControllerView): readonly Listener[] {
  return writtenFor(view).listeners;
}

function writtenFor({ cluster, controller }: ControllerView): Written {
  let written = memo.get(controller);
  if (written === undefined) {
    const members = claimedIngresses(cluster, controller).map((ingress) => albIngress(ingress, cluster.ingressClasses, cluster.manifests));
    const listeners = albListeners(members).map((listener) => ({
      ...listener,
      rules: listener.members.flatMap((one) => albRules(one).map((rule) => ({ ...rule, one }))).filter((rule) => !sendsToItself(rule, listener)),
    }));
    memo.set(controller, (written = { members, listeners }));
  }
  return written;
}

/** A redirect that would lead back to its own listener is left out there, so that `ssl-redirect` by an action ends. */
function sendsToItself({ action, hosts, paths, pathRegexes }: AlbRule, { port, protocol }: AlbListener): boolean {
  if (action.kind !== 'redirect' || pathRegexes.length > 0) return false;
  const { to } = action;
  const isSame = (part: keyof typeof to, variable: string, own: readonly string[]) => to[part] === variable || own.includes(to[part]);
  return (
    isSame('host', '#{host}', hosts) &&
    isSame('path', '/#{path}', paths) &&
    isSame('port', '#{port}', [String(port)]) &&
    isSame('protocol', '#{protocol}', [protocol]) &&
    isSame('query', '#{query}', [])
  );
}
