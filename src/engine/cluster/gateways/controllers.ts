/**
 * Which controllers of the Gateway API run: those that the environment states, those that were pasted, and, where the
 * world is open, those that the pasted Gateways presuppose (S12.1.1, S1.3a).
 */
import { msg, type Message } from '../../../catalogue/message.ts';
import type { GatewayClass } from '../../kinds/gateway-class/gateway-class-spec.ts';
import type { Gateway } from '../../kinds/gateway/gateway-spec.ts';
import type { RuleId } from '../../manifests/finding.ts';
import { nearest } from '../../manifests/near-miss.ts';
import { nameKey } from '../../manifests/object-ref.ts';
import { answerTo, infer } from '../assumptions.ts';
import type { Environment } from '../environment.ts';
import { type Ledger, recordProvenance } from '../ledger.ts';
import type { Objects } from '../objects.ts';
import { syntheticGatewayClass } from '../synthetic.ts';
import { KNOWN_GATEWAY_CONTROLLERS, knownByClassName, knownByControllerName, knownByImplementation } from './known.ts';

export interface RunningGatewayController {
  /** Name on the map. */
  readonly name: string;
  readonly implementation: string;
  /** It serves the classes that say this. */
  readonly controllerName: string;
  /** Features that it lacks, in upstream's spelling: `HTTPRouteCORS`. */
  readonly unsupportedFeatures: readonly string[];
  /** Follows Services of type ExternalName as backends (S12.9.3). */
  readonly servesExternalNames: boolean;
  readonly assumption: string | null;
}

export interface GatewayControllers {
  readonly running: readonly RunningGatewayController[];
  /** The mesh that runs; null: none (S12.15). */
  readonly mesh: RunningGatewayController | null;
}

export function gatewayControllers(objects: Objects, environment: Environment, ledger: Ledger): GatewayControllers {
  const running: RunningGatewayController[] = [];
  for (const spec of environment.controllers) {
    if (spec.kind !== 'gateway') continue;
    const className = spec.class ?? spec.name;
    const known = knownByClassName(className);
    const written = objects.gatewayClasses.get(className);
    const controllerName = written?.controllerName ?? known?.controllerName ?? `podpath.dev/${spec.name}`;
    if (written === undefined) addClass(className, controllerName, spec.name, null, objects, ledger);
    running.push({
      name: spec.name === className ? (knownByControllerName(controllerName)?.name ?? 'Gateway controller') : spec.name,
      implementation: spec.implementation,
      controllerName,
      unsupportedFeatures: spec.unsupportedFeatures ?? [],
      servesExternalNames: knownByImplementation(spec.implementation)?.servesExternalNames ?? false,
      assumption: null,
    });
  }
  running.push(...pasted(objects));
  running.push(...inferred(running, objects, environment, ledger));
  return { running, mesh: runningMesh(objects, environment, ledger) };
}

const MESH = { name: 'Service mesh', implementation: 'generic', controllerName: 'podpath.dev/mesh', unsupportedFeatures: [], servesExternalNames: false };

/** A route with a Service as its parent presupposes a mesh that follows it. */
function runningMesh(objects: Objects, environment: Environment, ledger: Ledger): RunningGatewayController | null {
  const stated = environment.controllers.find(({ kind }) => kind === 'mesh');
  if (stated !== undefined) return { ...MESH, unsupportedFeatures: stated.unsupportedFeatures ?? [], assumption: null };
  const bound = [...objects.routes.values()].find(({ parentRefs }) => parentRefs.some(({ group, kind }) => group === '' && kind === 'Service'));
  if (bound === undefined || (environment.stated.includes('controllers') && environment.assume['mesh'] === undefined)) return null;
  const answer = answerTo(environment, 'mesh');
  if (answer === 'refused') return null;
  const route = nameKey(bound.ref.namespace, bound.ref.name);
  return { ...MESH, assumption: infer(ledger, answer, 'mesh', msg('assume.mesh', { kind: bound.ref.kind, route })) };
}

function pasted(objects: Objects): readonly RunningGatewayController[] {
  const images = [...objects.workloads.values()].flatMap(({ template }) => template.spec.containers.map(({ image }) => image));
  return KNOWN_GATEWAY_CONTROLLERS.flatMap(({ name, controllerName, image, servesExternalNames = false }): RunningGatewayController[] =>
    images.some((one) => image?.test(one))
      ? [{ name, implementation: 'generic', controllerName, unsupportedFeatures: [], servesExternalNames, assumption: null }]
      : [],
  );
}

function inferred(
  running: readonly RunningGatewayController[],
  objects: Objects,
  environment: Environment,
  ledger: Ledger,
): readonly RunningGatewayController[] {
  const out: RunningGatewayController[] = [];
  const asked = new Set<string>();
  for (const gateway of objects.gateways.values()) {
    const className = gateway.gatewayClassName;
    if (asked.has(className) || isServed(className, [...running, ...out], objects)) continue;
    asked.add(className);
    const id = `gateway-controller:${className}`;
    // Somebody who states which controllers run has said that no other does.
    if (environment.stated.includes('controllers') && environment.assume[id] === undefined) continue;
    const answer = answerTo(environment, id);
    if (answer === 'refused') continue;
    const written = objects.gatewayClasses.get(className);
    const known = written === undefined ? knownByClassName(className) : knownByControllerName(written.controllerName);
    const name = known?.name ?? 'Gateway controller';
    // One of nearly the same name was pasted: that is the mistake a person came to find.
    if (written === undefined && known === null && environment.assume[id] === undefined && nearest(className, objects.gatewayClasses.keys()) !== null) continue;
    const message =
      known === null ? msg('assume.gateway-controller-generic', { class: className }) : msg('assume.gateway-controller', { name, class: className });
    const assumption = infer(ledger, answer, id, message);
    const controllerName = written?.controllerName ?? known?.controllerName ?? `podpath.dev/${className}`;
    if (written === undefined) addClass(className, controllerName, name, assumption, objects, ledger);
    const { servesExternalNames = false } = known ?? {};
    out.push({ name, implementation: 'generic', controllerName, unsupportedFeatures: [], servesExternalNames, assumption });
  }
  return out;
}

function isServed(className: string, running: readonly RunningGatewayController[], objects: Objects): boolean {
  const written = objects.gatewayClasses.get(className);
  return written !== undefined && running.some(({ controllerName }) => controllerName === written.controllerName);
}

function addClass(name: string, controllerName: string, by: string, assumption: string | null, objects: Objects, ledger: Ledger): void {
  const made = syntheticGatewayClass(name, controllerName);
  objects.gatewayClasses.set(name, made);
  recordProvenance(ledger, { object: made.ref }, 'Podpath', msg('provenance.gateway-class', { name: by }), null, assumption);
}

export type Claim =
  | { readonly kind: 'claimed'; readonly controller: RunningGatewayController; readonly gatewayClass: GatewayClass }
  | { readonly kind: 'unclaimed'; readonly why: Message; readonly rule: RuleId };

/** Who serves a Gateway, by the controller that its class names (S12.1.1, S12.1.2). */
export function claimOf(gateway: Gateway, controllers: readonly RunningGatewayController[], classes: ReadonlyMap<string, GatewayClass>): Claim {
  const gatewayClass = classes.get(gateway.gatewayClassName);
  if (gatewayClass === undefined) return { kind: 'unclaimed', why: msg('gateway-api.class-missing', { class: gateway.gatewayClassName }), rule: 'S12.1.2' };
  const controller = controllers.find(({ controllerName }) => controllerName === gatewayClass.controllerName);
  if (controller !== undefined) return { kind: 'claimed', controller, gatewayClass };
  const args = { class: gatewayClass.ref.name, controller: gatewayClass.controllerName };
  return { kind: 'unclaimed', why: msg('gateway-api.class-unserved', args), rule: 'S12.1.1' };
}
