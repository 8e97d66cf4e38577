/**
 * Which Ingress controllers run: those that the environment states, those whose workload was pasted, and, where the
 * world is open, those that the pasted Ingresses presuppose (S1.3a). What is missing of them is installed.
 */
import { msg } from '../../../catalogue/message.ts';
import type { Ingress } from '../../kinds/ingress/ingress-spec.ts';
import type { ControllerSpec } from '../../kinds/scenario/scenario-spec.ts';
import type { LoadBalancerIngress } from '../../kinds/service/service-spec.ts';
import { answerTo, infer } from '../assumptions.ts';
import type { Environment } from '../environment.ts';
import { type Ledger, recordProvenance } from '../ledger.ts';
import { byAge } from '../name-order.ts';
import type { Objects } from '../objects.ts';
import { matchesLabels } from '../selectors.ts';
import { syntheticIngressClass } from '../synthetic.ts';
import { resolveTargetPort } from '../target-port.ts';
import { wantedClass, whyNotClaimed } from './claims.ts';
import { install } from './install.ts';
import { GENERIC_INSTALLATION, type KnownController, knownByAnnotation, knownByClassName, knownByControllerString, knownByImplementation } from './known.ts';
import { type PastedController, pastedControllers } from './pasted.ts';
import { flagValue, type RunningController } from './running.ts';

export function whichRun(objects: Objects, environment: Environment, ledger: Ledger): readonly RunningController[] {
  const pasted = [...pastedControllers(objects, ledger)];
  const running: RunningController[] = [];
  for (const spec of environment.controllers) {
    if (spec.kind === 'ingress') running.push(stated(spec, pasted, objects, environment, ledger));
  }
  running.push(...pasted);
  running.push(...inferred(running, objects, environment, ledger));
  return running;
}

/** Takes a pasted controller out of the list where it is the one that is stated. */
function stated(spec: ControllerSpec, pasted: PastedController[], objects: Objects, environment: Environment, ledger: Ledger): RunningController {
  const known = knownByImplementation(spec.implementation, spec.name);
  const className = spec.class ?? known?.class ?? spec.name;
  const args = spec.args ?? [];
  const index = pasted.findIndex((candidate) => (typeof spec.service === 'string' ? candidate.service === spec.service : candidate.known === known));
  const found = index < 0 ? null : pasted.splice(index, 1)[0]!;
  const written = objects.ingressClasses.get(className);
  // A class of this name tells the controller's string, unless it plainly belongs to another project.
  const other = written === undefined ? null : knownByControllerString(written.controller);
  const controllerString =
    flagValue(args, 'controller-class') ??
    (written !== undefined && (other === null || other === known || spec.implementation === 'generic') ? written.controller : null) ??
    found?.controllerString ??
    known?.controller ??
    `podpath.dev/${spec.name}`;
  if (written === undefined) addIngressClass(className, controllerString, spec.name, null, objects, ledger);
  const common = {
    name: known?.name ?? spec.name,
    kind: spec.kind,
    implementation: spec.implementation,
    controllerString,
    legacyClass: flagValue(args, 'ingress-class') ?? className,
    watchesWithoutClass: flagValue([...args, ...(found?.args ?? [])], 'watch-ingress-without-class') === 'true',
    config: { ...found?.config, ...spec.config },
    args: [...(found?.args ?? []), ...args],
    assumption: null,
  };
  if (found !== null) return { ...common, service: found.service, pods: found.pods, listens: found.listens };
  const behind = typeof spec.service === 'string' ? behindService(spec.service, objects) : null;
  if (behind !== null) return { ...common, ...behind };
  const installation = known?.installation ?? GENERIC_INSTALLATION;
  return {
    ...common,
    ...install({ name: common.name, class: className, installation, service: spec.service, args, assumption: null }, objects, environment, ledger),
  };
}

/** A controller of which only its Service was pasted or stated: the Pods are those that the Service selects. */
function behindService(key: string, objects: Objects): Pick<RunningController, 'service' | 'pods' | 'listens'> | null {
  const service = objects.services.get(key);
  if (service === undefined || service.selector === null) return null;
  const { namespace } = service.ref;
  const { selector } = service;
  const template =
    [...objects.workloads.values()].find((workload) => workload.ref.namespace === namespace && matchesLabels(workload.template.labels, selector))?.template
      .spec ?? [...objects.pods.values()].find((pod) => pod.ref.namespace === namespace && matchesLabels(pod.metadata.labels, selector))?.spec;
  const listens = service.ports.map((port) => {
    const containerPort =
      (template === undefined ? null : resolveTargetPort(template, port)) ?? (typeof port.targetPort === 'number' ? port.targetPort : port.port);
    // Port 443 of a Service in front of port 80 of the controller: TLS ends before it (F-27).
    const isPlain = containerPort === 80 || containerPort === 8080 || port.targetPort === 'http';
    const scheme = !isPlain && (port.port === 443 || port.port === 8443 || port.name.startsWith('https')) ? ('https' as const) : ('http' as const);
    return { containerPort, scheme };
  });
  return { service: key, pods: { namespace, labels: selector }, listens };
}

function inferred(running: readonly RunningController[], objects: Objects, environment: Environment, ledger: Ledger): readonly RunningController[] {
  const out: RunningController[] = [];
  const byClass = new Map<string, RunningController | null>();
  const ingresses = [...objects.ingresses.values()].sort(byAge);
  const inSight = classesInSight(ingresses, objects);
  for (const ingress of ingresses) {
    if ([...running, ...out].some((controller) => whyNotClaimed(controller, ingress, objects.ingressClasses) === null)) continue;
    const presumed = presumedClass(ingress, inSight, running, objects);
    if (presumed === null) continue;
    const { className, isFallback } = presumed;
    if (byClass.has(className)) {
      // A later Ingress without a class may be what makes the controller the presumed default.
      const before = byClass.get(className);
      if (before !== null && before !== undefined && isFallback) out[out.indexOf(before)] = { ...before, watchesWithoutClass: true };
      continue;
    }
    const controller = presume(presumed, publishedFor(ingress, objects), objects, environment, ledger);
    byClass.set(className, controller);
    if (controller !== null) out.push(controller);
  }
  return out;
}

interface Presumed {
  readonly className: string;
  readonly known: KnownController | null;
  /** The Ingress names no class: the controller is taken to serve such ones too. */
  readonly isFallback: boolean;
}

function classesInSight(ingresses: readonly Ingress[], objects: Objects): readonly string[] {
  const names = new Set<string>();
  for (const ingress of ingresses) {
    const name = wantedClass(ingress);
    if (name !== null) names.add(name);
  }
  for (const name of objects.ingressClasses.keys()) names.add(name);
  return [...names];
}

function presumedClass(ingress: Ingress, inSight: readonly string[], running: readonly RunningController[], objects: Objects): Presumed | null {
  const wanted = wantedClass(ingress);
  const byMarks = knownByAnnotation(ingress.metadata.annotations);
  if (wanted !== null) {
    const written = objects.ingressClasses.get(wanted);
    const known = written === undefined ? (knownByClassName(wanted) ?? null) : knownByControllerString(written.controller);
    return known === null ? null : { className: wanted, known, isFallback: false };
  }
  // A controller that was pasted or stated and does not take it is what there is: nothing is presumed beside it.
  if (running.length > 0) return null;
  if (inSight.length > 1) return null;
  const only = inSight[0];
  if (only !== undefined) {
    const written = objects.ingressClasses.get(only);
    const known = written === undefined ? knownByClassName(only) : knownByControllerString(written.controller);
    return known === null ? null : { className: only, known, isFallback: true };
  }
  return { className: byMarks?.class ?? 'default', known: byMarks, isFallback: true };
}

/** The address in the Ingress's status, unless it is a node's: then nothing stands before the controller. */
function publishedFor(ingress: Ingress, objects: Objects): readonly LoadBalancerIngress[] {
  const nodeAddresses = new Set([...objects.nodes.values()].flatMap((node) => node.addresses.map(({ address }) => address)));
  const published = ingress.statusIngress ?? [];
  return published.some(({ ip }) => ip !== null && nodeAddresses.has(ip)) ? [] : published.map((entry) => ({ ...entry, ipMode: 'VIP' }));
}

function presume(
  { className, known, isFallback }: Presumed,
  published: readonly LoadBalancerIngress[],
  objects: Objects,
  environment: Environment,
  ledger: Ledger,
): RunningController | null {
  const id = `controller:${className}`;
  // Somebody who states which controllers run has said that no other does.
  if (environment.stated.includes('controllers') && environment.assume[id] === undefined) return null;
  const answer = answerTo(environment, id);
  if (answer === 'refused') return null;
  const name = known?.name ?? 'Ingress controller';
  // A load balancer that a cloud makes for each Ingress is not modelled: a generic controller stands for it (S1.3a, S11.1).
  const standsIn = known !== null && known.installation === null;
  const installation = known?.installation ?? GENERIC_INSTALLATION;
  const assumption = infer(
    ledger,
    answer,
    id,
    standsIn
      ? msg('assume.controller-stand-in', { name })
      : isFallback
        ? msg('assume.controller-without-class', { name })
        : msg('assume.controller', { name, class: className }),
  );
  const controllerString = objects.ingressClasses.get(className)?.controller ?? known?.controller ?? 'podpath.dev/ingress-controller';
  if (!objects.ingressClasses.has(className) && !(isFallback && known === null))
    addIngressClass(className, controllerString, name, assumption, objects, ledger);
  const parts = install({ name, class: className, installation, service: undefined, args: [], published, assumption }, objects, environment, ledger);
  return {
    name,
    kind: 'ingress',
    implementation: standsIn ? 'generic' : (known?.implementation ?? 'generic'),
    controllerString,
    legacyClass: className,
    watchesWithoutClass: isFallback,
    config: {},
    args: [],
    assumption,
    ...parts,
  };
}

function addIngressClass(name: string, controller: string, installedBy: string, assumption: string | null, objects: Objects, ledger: Ledger): void {
  const made = syntheticIngressClass(name, controller, false);
  objects.ingressClasses.set(name, made);
  recordProvenance(ledger, { object: made.ref }, 'Podpath', msg('provenance.ingress-class', { name: installedBy }), null, assumption);
}
