/** The Ingress controllers as they run: their Pods, the Ingresses they claim, the addresses they publish (S9, S10.1). */
import { msg } from '../../catalogue/message.ts';
import type { IngressClass } from '../kinds/ingress-class/ingress-class-spec.ts';
import type { Ingress } from '../kinds/ingress/ingress-spec.ts';
import type { Node } from '../kinds/node/node-spec.ts';
import type { Pod } from '../kinds/pod/pod-spec.ts';
import type { LoadBalancerIngress, Service } from '../kinds/service/service-spec.ts';
import type { Secret } from '../kinds/secret/secret-spec.ts';
import type { Manifests } from '../manifests/document.ts';
import type { RuleId } from '../manifests/finding.ts';
import { canonicalIp } from '../manifests/ip.ts';
import { nameKey } from '../manifests/object-ref.ts';
import type { Controller, LoadBalancer } from './cluster.ts';
import { servesClass, wantedClass, whyNotClaimed } from './controllers/claims.ts';
import { KNOWN_CONTROLLERS } from './controllers/known.ts';
import { flagValue } from './controllers/claim-flags.ts';
import type { RunningController } from './controllers/running.ts';
import type { Environment } from './environment.ts';
import { settleBalancer } from './ingress-balancers/settle.ts';
import { type Ledger, recordFinding } from './ledger.ts';
import { regionOf, takenAddresses } from './load-balancers.ts';
import { addressPool } from './load-balancers/address-pool.ts';
import { byAge } from './name-order.ts';
import { suggest } from '../manifests/near-miss.ts';
import { nodeAddress } from './nodes.ts';
import { matchesLabels } from './selectors.ts';

interface Settled {
  readonly nodes: ReadonlyMap<string, Node>;
  readonly pods: ReadonlyMap<string, Pod>;
  readonly services: ReadonlyMap<string, Service>;
  readonly ingresses: ReadonlyMap<string, Ingress>;
  readonly ingressClasses: ReadonlyMap<string, IngressClass>;
  readonly loadBalancers: ReadonlyMap<string, LoadBalancer>;
  readonly secrets: ReadonlyMap<string, Secret>;
  readonly manifests: Manifests;
  readonly environment: Environment;
}

export function settleControllers(running: readonly RunningController[], settled: Settled, ledger: Ledger): readonly Controller[] {
  const ingresses = [...settled.ingresses.values()].sort(byAge);
  const pool = addressPool(
    new Set([
      ...takenAddresses(settled.services, settled.nodes),
      ...[...settled.loadBalancers.values()].flatMap(({ addresses, ownAddress }) => [...addresses, ownAddress]),
      ...ingresses.flatMap(({ statusIngress }) => (statusIngress ?? []).flatMap(({ ip }) => ip ?? [])),
    ]),
  );
  const controllers = running.flatMap((controller): readonly Controller[] => {
    const claims: string[] = [];
    const refuses: Controller['refuses'][number][] = [];
    for (const ingress of ingresses) {
      const key = nameKey(ingress.ref.namespace, ingress.ref.name);
      const refusal = whyNotClaimed(controller, ingress, settled.ingressClasses);
      if (refusal === null) claims.push(key);
      else refuses.push({ ingress: key, ...refusal });
    }
    const pods = podsOf(controller, settled.pods);
    const common = {
      name: controller.name,
      kind: controller.kind,
      implementation: controller.implementation,
      classes: [...settled.ingressClasses.values()].filter((candidate) => servesClass(controller.claims, candidate)).map((candidate) => candidate.ref.name),
      config: controller.config,
      args: controller.args,
      refuses,
      assumption: controller.assumption,
      statement: controller.statement,
      standIn: controller.standIn,
    };
    if (controller.planner !== undefined) {
      const own = claims.map((key) => settled.ingresses.get(key)!);
      const plans = controller.planner({ ...settled, ingresses: own, region: regionOf(settled.nodes) });
      return plans.map((plan) => ({
        ...common,
        pods: [],
        service: null,
        listens: plan.listens,
        claims: plan.claims,
        ...settleBalancer(plan, settled.ingresses, pool),
      }));
    }
    const one: Controller = {
      ...common,
      balancer: null,
      pods: pods.map((pod) => nameKey(pod.ref.namespace, pod.ref.name)),
      service: controller.service !== null && settled.services.has(controller.service) ? controller.service : null,
      listens: controller.listens,
      claims,
      publishes: publishedBy(controller, pods, settled),
    };
    return [one];
  });
  reportUnclaimed(controllers, running, ingresses, settled.ingressClasses, ledger);
  return controllers;
}

function podsOf(controller: RunningController, pods: ReadonlyMap<string, Pod>): readonly Pod[] {
  const { pods: wanted } = controller;
  if (wanted === null) return [];
  return [...pods.values()].filter((pod) => pod.ref.namespace === wanted.namespace && matchesLabels(pod.metadata.labels, wanted.labels));
}

/** S9.11: the address of its load balancer, else those of the nodes that its Pods open ports on. */
function publishedBy(controller: RunningController, pods: readonly Pod[], { nodes, services, loadBalancers }: Settled): readonly LoadBalancerIngress[] {
  const stated = flagValue(controller.args, 'publish-status-address');
  // kind publishes `localhost`, which leads to a node of its own machine only.
  if (stated !== null && stated !== 'localhost') return stated.split(',').map((text) => publishedAs(text.trim()));
  const service = controller.service === null ? undefined : services.get(controller.service);
  if (service !== undefined && controller.service !== null) {
    const balancer = loadBalancers.get(controller.service);
    if (balancer?.state === 'active') return balancer.ingress;
    if (service.type === 'LoadBalancer') return [];
    if (service.externalIPs.length > 0) return service.externalIPs.map((ip) => ({ ip, hostname: null, ipMode: 'VIP' }));
  }
  const onNodes = pods.some(
    (pod) => pod.spec.hostNetwork || pod.spec.containers.some((container) => container.ports.some(({ hostPort }) => hostPort !== null)),
  );
  if (!onNodes && service?.type !== 'NodePort') return [];
  const names = new Set(pods.filter((pod) => pod.status.ready).flatMap((pod) => pod.node ?? []));
  const addresses = [...nodes.values()].flatMap((node) => {
    if (!names.has(node.ref.name)) return [];
    return node.addresses.find(({ type }) => type === 'ExternalIP')?.address ?? nodeAddress(node) ?? nodeAddress(node, 'IPv6') ?? [];
  });
  return addresses.map((ip) => ({ ip, hostname: null, ipMode: 'VIP' }));
}

function publishedAs(text: string): LoadBalancerIngress {
  const ip = canonicalIp(text);
  return { ip, hostname: ip === null ? text : null, ipMode: 'VIP' };
}

/** S9.1: an Ingress that nobody claims does nothing. */
function reportUnclaimed(
  controllers: readonly Controller[],
  running: readonly RunningController[],
  ingresses: readonly Ingress[],
  classes: ReadonlyMap<string, IngressClass>,
  ledger: Ledger,
): void {
  const claimed = new Set(controllers.flatMap((controller) => controller.claims));
  for (const ingress of ingresses) {
    const key = nameKey(ingress.ref.namespace, ingress.ref.name);
    if (claimed.has(key)) continue;
    const wanted = wantedClass(ingress);
    const path =
      ingress.ingressClassName === null && wanted !== null ? ['metadata', 'annotations', 'kubernetes.io/ingress.class'] : ['spec', 'ingressClassName'];
    const served = running.flatMap((controller) => [
      controller.claims.legacyClass,
      ...[...classes.values()].filter((candidate) => servesClass(controller.claims, candidate)).map(({ ref }) => ref.name),
    ]);
    const near =
      wanted === null ? null : suggest(wanted, [...new Set([...served, ...classes.keys(), ...KNOWN_CONTROLLERS.map((candidate) => candidate.class)])]);
    const known = wanted === null ? undefined : classes.get(wanted);
    const isUnread = running.some(
      ({ claims: { readsAnnotationOnly, legacyClass, alsoClasses = [] } }) =>
        readsAnnotationOnly === true && wanted !== null && [legacyClass, ...alsoClasses].includes(wanted),
    );
    const elsewhere = known === undefined ? undefined : running.find((controller) => servesClass(controller.claims, known));
    const message = isUnread
      ? msg('cluster.unclaimed.annotation-only', { ingress: key, class: wanted! })
      : wanted === null
        ? running.length === 0
          ? msg('cluster.unclaimed.nobody', { ingress: key })
          : msg('cluster.unclaimed.no-class', { ingress: key })
        : elsewhere !== undefined
          ? msg('cluster.unclaimed.namespace', { ingress: key, class: wanted, controller: elsewhere.name, namespaces: elsewhere.claims.namespaces ?? [] })
          : near !== null
            ? msg('cluster.unclaimed.near', { ingress: key, class: wanted, near })
            : known !== undefined
              ? msg('cluster.unclaimed.no-controller', { ingress: key, class: wanted, controller: known.controller })
              : running.length === 0
                ? msg('cluster.unclaimed.nobody', { ingress: key })
                : msg('cluster.unclaimed.class', { ingress: key, class: wanted });
    const refusedBy = controllers.flatMap(({ refuses }) => refuses.filter((refusal) => refusal.ingress === key).map(({ rule }) => rule));
    recordFinding(ledger, 'ingress-class-unclaimed', 'error', { object: ingress, path }, message, [...new Set<RuleId>(['S9.1', 'S9.2', ...refusedBy])]);
  }
}
