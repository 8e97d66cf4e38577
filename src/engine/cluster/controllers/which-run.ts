/**
 * Which Ingress controllers run: those that the environment states, those whose workload was pasted, and, where the
 * world is open, those that the pasted Ingresses presuppose (S1.3a). What is missing of them is installed.
 */
import { msg } from '../../../catalogue/message.ts';
import { nameKey } from '../../manifests/object-ref.ts';
import type { Installation } from './known.ts';
import type { Ingress } from '../../kinds/ingress/ingress-spec.ts';
import type { LoadBalancerIngress } from '../../kinds/service/service-spec.ts';
import { answerTo, infer } from '../assumptions.ts';
import type { Environment } from '../environment.ts';
import { type Ledger, recordProvenance } from '../ledger.ts';
import { byAge } from '../name-order.ts';
import type { Objects } from '../objects.ts';
import { matchesLabels } from '../selectors.ts';
import { syntheticIngressClass } from '../synthetic.ts';
import { resolveTargetPort } from '../target-port.ts';
import { claimRules, flagValue } from './claim-flags.ts';
import { servesClass, wantedClass, whyNotClaimed } from './claims.ts';
import { claimsInCloud, inCloud, isInCloud, knownInCloud, NOWHERE, withPlanner } from './in-cloud.ts';
import { install, type Order } from './install.ts';
import { GENERIC_INSTALLATION, type KnownController, knownByAnnotation, knownByClassName, knownByControllerString, knownByImplementation } from './known.ts';
import { type PastedController, pastedControllers } from './pasted.ts';
import type { Identity, Place, RunningController } from './running.ts';
import { stringOfReplaced, takeStandIn, type Statement } from './stand-in.ts';

export function whichRun(objects: Objects, environment: Environment, ledger: Ledger): readonly RunningController[] {
  const statements = environment.controllers.map((spec, index): Statement => ({ spec, index })).filter(({ spec }) => spec.kind === 'ingress');
  const [standIns, own] = [true, false].map((stands) => statements.filter(({ spec }) => (spec.insteadOf !== undefined) === stands)) as [
    Statement[],
    Statement[],
  ];
  const world: World = { objects, environment, ledger, standIns };
  const pasted = [...pastedControllers(objects, ledger)];
  const running = own.map((statement) => stated(statement, pasted, world));
  for (const { known: _, service, pods, listens, ...identity } of pasted)
    running.push({ ...(takeStandIn(standIns, identity, service, objects.ingressClasses) ?? identity), service, pods, listens });
  const ofCloud = inCloud(running, objects, environment);
  if (ofCloud !== null) running.push(withClass(takeStandIn(standIns, ofCloud, null, objects.ingressClasses) ?? ofCloud, world));
  running.push(...inferred(running, world));
  // In the place of one that nobody runs, it runs all the same: it was stated.
  running.push(...standIns.map((statement) => stated(statement, [], { ...world, standIns: [] })));
  return running.map(withPlanner);
}

interface World {
  readonly objects: Objects;
  readonly environment: Environment;
  readonly ledger: Ledger;
  /** Those that have not found the controller in whose place they run. */
  readonly standIns: Statement[];
}

/** The installation of a controller of a cloud comes with the class that Ingresses name. */
function withClass(who: Identity, world: World): RunningController {
  const { objects, ledger } = world;
  const {
    name,
    claims: { legacyClass, controllerString, readsAnnotationOnly },
  } = who;
  if (readsAnnotationOnly !== true && !objects.ingressClasses.has(legacyClass)) addIngressClass(legacyClass, controllerString, name, null, objects, ledger);
  return installed(who, { class: legacyClass, service: undefined, args: [] }, world);
}

/** As the project of the controller that really runs there does it. */
function installed(who: Identity, order: Omit<Order, 'name' | 'assumption' | 'installation'>, { objects, environment, ledger }: World): RunningController {
  if (isInCloud(who)) return { ...who, ...NOWHERE };
  const installation = knownByImplementation(who.implementation, who.name)?.installation ?? GENERIC_INSTALLATION;
  return { ...who, ...install({ ...order, installation, name: who.name, assumption: who.assumption }, objects, environment, ledger) };
}

/** Takes a pasted controller out of the list where it is the one that is stated. */
function stated({ spec, index: statement }: Statement, pasted: PastedController[], world: World): RunningController {
  const { objects, ledger } = world;
  const { insteadOf } = spec;
  const known = knownByImplementation(spec.implementation, spec.name);
  const className = spec.class ?? known?.class ?? spec.name;
  const args = spec.args ?? [];
  const written = objects.ingressClasses.get(className);
  const isOne = (candidate: PastedController) => (typeof spec.service === 'string' ? candidate.service === spec.service : candidate.known === known);
  const serves = ({ claims }: PastedController) => claims.legacyClass === className || (written !== undefined && servesClass(claims, written));
  const found = pasted.find((candidate) => isOne(candidate) && serves(candidate)) ?? pasted.find(isOne) ?? null;
  if (found !== null) pasted.splice(pasted.indexOf(found), 1);
  const claimant = insteadOf === undefined ? known : knownByImplementation(insteadOf, insteadOf);
  // A class that is not its usual one is what it was told to serve.
  const told = spec.class === undefined || spec.class === claimant?.class ? [] : [`--${claimant?.flags?.class ?? 'ingress-class'}=${spec.class}`];
  const rules = { ...claimRules(claimant, [...args, ...told, ...(found?.args ?? [])]), ...claimsInCloud(claimant) };
  // A class of this name tells the controller's string, unless it plainly belongs to another project.
  const other = written === undefined ? null : knownByControllerString(written.controller);
  const controllerString =
    flagValue(args, 'controller-class') ??
    (insteadOf === undefined ? null : stringOfReplaced(insteadOf, written)) ??
    (written !== undefined && (other === null || other === known || spec.implementation === 'generic') ? written.controller : null) ??
    found?.claims.controllerString ??
    known?.controller ??
    `podpath.dev/${spec.name}`;
  if (written === undefined && rules.readsAnnotationOnly !== true) addIngressClass(className, controllerString, spec.name, null, objects, ledger);
  const identity: Identity = {
    name: known?.name ?? spec.name,
    kind: spec.kind,
    implementation: spec.implementation,
    claims: {
      ...rules,
      controllerString,
      legacyClass: rules.legacyClass === '' ? className : rules.legacyClass,
      withoutClass: rules.withoutClass || rules.readsAnnotationOnly === true,
    },
    config: { ...found?.config, ...spec.config },
    args: [...(found?.args ?? []), ...args],
    assumption: null,
    statement,
    standIn: insteadOf === undefined ? null : { name: insteadOf, implementation: claimant?.implementation ?? insteadOf },
  };
  const place = found ?? (typeof spec.service === 'string' ? behindService(spec.service, objects) : null);
  const who = takeStandIn(world.standIns, identity, place?.service ?? null, objects.ingressClasses) ?? identity;
  if (place !== null) return { ...who, service: place.service, pods: place.pods, listens: place.listens };
  return installed(who, { class: className, service: spec.service, args }, world);
}

/** A controller of which only its Service was pasted or stated: the Pods are those that the Service selects. */
function behindService(key: string, objects: Objects): Place | null {
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

function inferred(running: readonly RunningController[], world: World): readonly RunningController[] {
  const { objects } = world;
  const out: RunningController[] = [];
  const byClass = new Map<string, RunningController | null>();
  const ingresses = [...objects.ingresses.values()].sort(byAge);
  const inSight = classesInSight(ingresses, objects);
  for (const ingress of ingresses) {
    if ([...running, ...out].some((controller) => whyNotClaimed(controller, ingress, objects.ingressClasses) === null)) continue;
    const presumed = presumedClass(ingress, inSight, running, objects, knownInCloud(world.environment));
    if (presumed === null) continue;
    const { className, isFallback } = presumed;
    if (lacksOnlyItsClass(presumed, running, world)) continue;
    if (byClass.has(className)) {
      // A later Ingress without a class may be what makes the controller the presumed default.
      const before = byClass.get(className);
      if (before !== null && before !== undefined && isFallback) out[out.indexOf(before)] = { ...before, claims: { ...before.claims, withoutClass: true } };
      continue;
    }
    const controller = presume(presumed, publishedFor(ingress, objects), [...running, ...out], world);
    byClass.set(className, controller);
    if (controller !== null) out.push(controller);
  }
  return out;
}

/** A pasted controller whose IngressClass was not pasted serves it all the same: no second one is presumed beside it. */
function lacksOnlyItsClass({ className, known }: Presumed, running: readonly RunningController[], { objects, environment, ledger }: World): boolean {
  if (known === null || objects.ingressClasses.has(className)) return false;
  const own = running.find(({ implementation, claims }) => implementation === known.implementation && claims.legacyClass === className);
  const id = `controller:${className}`;
  const answer = answerTo(environment, id);
  if (own === undefined || answer === 'refused') return false;
  const assumption = infer(ledger, answer, id, msg('assume.controller', { name: own.name, class: className }));
  addIngressClass(className, own.claims.controllerString, own.name, assumption, objects, ledger);
  return true;
}

/** The Service in front of a controller that was not pasted itself, by the label that its project puts on its Pods. */
function pastedFront({ labels }: Installation, running: readonly RunningController[], { objects }: World): Place | null {
  const [own] = Object.entries(labels);
  const front = [...objects.services.values()].find(
    ({ ref, manifest, type, selector, ports }) =>
      manifest !== null &&
      (type === 'LoadBalancer' || type === 'NodePort') &&
      own !== undefined &&
      selector?.[own[0]] === own[1] &&
      ports.some(({ port }) => port === 80 || port === 443) &&
      !running.some(({ service }) => service === nameKey(ref.namespace, ref.name)),
  );
  return front === undefined ? null : behindService(nameKey(front.ref.namespace, front.ref.name), objects);
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

function presumedClass(
  ingress: Ingress,
  inSight: readonly string[],
  running: readonly RunningController[],
  objects: Objects,
  ofCloud: KnownController | null,
): Presumed | null {
  const wanted = wantedClass(ingress);
  // Of those that come with a cloud, only GKE Ingress takes what names no class.
  const byMarks = knownByAnnotation(ingress.metadata.annotations) ?? (ofCloud?.balancers?.readsAnnotationOnly === true ? ofCloud : null);
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
  running: readonly RunningController[],
  world: World,
): RunningController | null {
  const { objects, environment, ledger } = world;
  const id = `controller:${className}`;
  // Somebody who states which controllers run has said that no other does.
  if (environment.stated.includes('controllers') && environment.assume[id] === undefined) return null;
  const answer = answerTo(environment, id);
  if (answer === 'refused') return null;
  const name = known?.name ?? 'Ingress controller';
  // A load balancer that a cloud makes for each Ingress is not modelled: a generic controller stands for it (S1.3a, S11.1).
  const isModelled = known === null || known.installation !== null || known.balancers !== undefined;
  const isOwnClass = known?.balancers?.alsoClasses?.includes(className) === true;
  const controllerString = objects.ingressClasses.get(className)?.controller ?? known?.controller ?? 'podpath.dev/ingress-controller';
  const identity: Identity = {
    name,
    kind: 'ingress',
    implementation: isModelled ? (known?.implementation ?? 'generic') : 'generic',
    claims: {
      controllerString,
      classNames: null,
      legacyClass: isOwnClass ? known.class : className,
      withoutClass: isFallback || known?.balancers?.readsAnnotationOnly === true,
      namespaces: null,
      ...claimsInCloud(known),
    },
    config: {},
    args: [],
    assumption: null,
    statement: null,
    standIn: null,
  };
  const standIn = takeStandIn(world.standIns, identity, null, objects.ingressClasses);
  const message = isModelled ? (isFallback ? 'assume.controller-without-class' : 'assume.controller') : 'assume.controller-stand-in';
  const assumption = standIn === null ? infer(ledger, answer, id, msg(message, { name, class: className })) : null;
  if (!objects.ingressClasses.has(className) && !(isFallback && known === null) && identity.claims.readsAnnotationOnly !== true)
    addIngressClass(className, controllerString, name, assumption, objects, ledger);
  const who = standIn ?? { ...identity, assumption };
  const front = standIn === null && known?.installation != null && !isInCloud(who) ? pastedFront(known.installation, running, world) : null;
  return front === null ? installed(who, { class: className, service: undefined, args: [], published }, world) : { ...who, ...front };
}

function addIngressClass(name: string, controller: string, installedBy: string, assumption: string | null, objects: Objects, ledger: Ledger): void {
  const made = syntheticIngressClass(name, controller, false);
  objects.ingressClasses.set(name, made);
  recordProvenance(ledger, { object: made.ref }, 'Podpath', msg('provenance.ingress-class', { name: installedBy }), null, assumption);
}
