/** The rules of Ingresses as ladders: per controller, in the order that its implementation tries them (S9.5, S10.6). */
import { msg, type Message } from '../../../catalogue/message.ts';
import type { Cluster, Controller } from '../../cluster/cluster.ts';
import { refKey } from '../../manifests/object-ref.ts';
import { formatFieldPath } from '../../manifests/source.ts';
import type { Reason } from '../component.ts';
import type { LadderDraft, LadderQuestion, ShadowedDraft } from '../ladder.ts';
import { hostOf } from '../proxy/host.ts';
import { prefixKey } from '../proxy/path.ts';
import { describeRoute, routeChoice, whyFirst, whyNoMatch } from './explain.ts';
import { implementationOf } from './implementations.ts';
import { ingressName, routeReason, type Route } from './route.ts';

export function ingressLadders(
  cluster: Cluster,
  question: LadderQuestion,
): { readonly ladders: readonly LadderDraft[]; readonly shadowed: readonly ShadowedDraft[] } {
  const controllers = cluster.controllers.filter(({ kind, claims }) => kind === 'ingress' && claims.length > 0);
  return {
    ladders: controllers.flatMap((controller) => ladderOf(cluster, controller, question)),
    shadowed: controllers.flatMap((controller) => shadowedBy(cluster, controller)),
  };
}

function ladderOf(cluster: Cluster, controller: Controller, question: LadderQuestion): readonly LadderDraft[] {
  const view = { cluster, controller };
  const implementation = implementationOf(controller.implementation);
  const routes = implementation.order(view, hostOf(question.host));
  if (routes.length === 0) return [];
  const headers = Object.fromEntries((question.headers ?? []).map(([name, value]) => [name.toLowerCase(), value]));
  const http = { method: question.method ?? 'GET', scheme: 'https' as const, host: question.host, path: question.path, headers };
  // A load balancer of a cloud may listen to plain HTTP alone.
  const own = controller.balancer === null ? undefined : (controller.listens.find(({ scheme }) => scheme === 'https') ?? controller.listens[0]);
  const { scheme, containerPort: port } = own ?? { scheme: 'https' as const, containerPort: 443 };
  const decision = implementation.route(view, { http, scheme, port, peer: '', origin: null, proxyProtocol: null, failed: [] });
  const judged = new Map(decision.considered.flatMap((choice) => (choice.because?.[0] === undefined ? [] : [[keyOf(choice.because[0]), choice] as const])));
  const rungs = routes.map((route, index) => {
    const choice = judged.get(keyOf(routeReason(route))) ?? routeChoice(route, 'excluded', whyNoMatch(route, question.path), ['S9.4']);
    const next = routes[index + 1];
    return { ...choice, above: next === undefined ? null : (implementation.above?.(view, route, next) ?? aboveNext(route, next)) };
  });
  const { product } = implementation;
  const server =
    controller.balancer !== null
      ? msg('ingress.ladder.server', { product, controller: controller.balancer.name })
      : product === controller.name
        ? msg('ingress.ladder.server-alone', { product })
        : msg('ingress.ladder.server', { product, controller: controller.name });
  return [{ server, rungs }];
}

const keyOf = ({ object, path }: Reason) => `${refKey(object)} ${formatFieldPath(path)}`;

function aboveNext(route: Route, next: Route): Message {
  if (route.host !== next.host) return msg('ingress.above.host');
  if (prefixKey(route.path).length !== prefixKey(next.path).length) return msg('ingress.above.longer');
  if (route.pathType !== next.pathType) return msg('ingress.above.type', { type: route.pathType });
  return route.path === next.path ? whyFirst(route.ingress, next.ingress) : msg('ingress.above.equal');
}

function shadowedBy(cluster: Cluster, controller: Controller): readonly ShadowedDraft[] {
  return implementationOf(controller.implementation)
    .shadowed({ cluster, controller })
    .map(({ route, winner }): ShadowedDraft => ({
      what: describeRoute(route),
      by: msg('ingress.entry.whole', { ingress: ingressName(winner) }),
      why: whyFirst(winner, route.ingress),
      rules: ['S9.10'],
      because: [routeReason(route)],
    }));
}
