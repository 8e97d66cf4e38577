/**
 * A controller that a person states in another's place (`ControllerSpec.insteadOf`): the same manifests, served by it.
 * The claim rules (S9.2, S10.1) hold for what it claims, with the name it answers to taken from the one it replaces.
 */
import type { ControllerSpec } from '../../kinds/scenario/scenario-spec.ts';
import type { IngressClass } from '../../kinds/ingress-class/ingress-class-spec.ts';
import { knownByControllerString, knownByImplementation } from './known.ts';
import { flagValue, type Identity } from './running.ts';

/** With the index of its statement in the environment. */
export interface Statement {
  readonly spec: ControllerSpec;
  readonly index: number;
}

/** Flags of any controller that say what it claims and publishes, not how it serves. */
const FLAGS_OF_CLAIMS = ['watch-namespace', 'publish-status-address'];

/** `waiting` loses the one that runs in this controller's place; null where none does. `service` as in `Controller`. */
export function takeStandIn(waiting: Statement[], replaced: Identity, service: string | null, classes: ReadonlyMap<string, IngressClass>): Identity | null {
  const at = waiting.findIndex(({ spec }) => isMeant(spec, replaced, service, classes));
  return at < 0 ? null : inPlaceOf(replaced, waiting.splice(at, 1)[0]!);
}

function isMeant(
  spec: ControllerSpec,
  { name, implementation, legacyClass, controllerString }: Identity,
  own: string | null,
  classes: ReadonlyMap<string, IngressClass>,
): boolean {
  const { insteadOf = '', class: className, service } = spec;
  const isNamed = [name, implementation].some((text) => text.toLowerCase() === insteadOf.toLowerCase());
  const serves = className === undefined || className === legacyClass || classes.get(className)?.controller === controllerString;
  return isNamed && serves && (typeof service !== 'string' || service === own);
}

function inPlaceOf(replaced: Identity, { spec, index }: Statement): Identity {
  const kept = FLAGS_OF_CLAIMS.flatMap((flag) => {
    const value = flagValue(replaced.args, flag);
    return value === null ? [] : [`--${flag}=${value}`];
  });
  return {
    ...replaced,
    name: knownByImplementation(spec.implementation, spec.name)?.name ?? spec.name,
    implementation: spec.implementation,
    config: spec.config ?? {},
    args: [...kept, ...(spec.args ?? [])],
    assumption: null,
    standIn: { name: replaced.name, implementation: replaced.implementation, statement: index },
  };
}

/** What one would have answered to that runs in the place of a controller which is nowhere to be seen. */
export function stringOfReplaced(insteadOf: string, written: IngressClass | undefined): string | null {
  const known = knownByImplementation(insteadOf, insteadOf);
  if (written !== undefined && (known === null || knownByControllerString(written.controller) === known)) return written.controller;
  return known?.controller ?? null;
}
