/**
 * A controller that a person states in another's place (`ControllerSpec.insteadOf`): the same manifests, served by it.
 * The claim rules (S9.2, S10.1) hold for what it claims, with the name it answers to taken from the one it replaces.
 */
import type { ControllerSpec } from '../../kinds/scenario/scenario-spec.ts';
import type { IngressClass } from '../../kinds/ingress-class/ingress-class-spec.ts';
import { knownByControllerString, knownByImplementation } from './known.ts';
import { flagValue } from './claim-flags.ts';
import { servesClass } from './claims.ts';
import type { Identity } from './running.ts';

/** With the index of its statement in the environment. */
export interface Statement {
  readonly spec: ControllerSpec;
  readonly index: number;
}

/** `waiting` loses the one that runs in this controller's place; null where none does. `service` as in `Controller`. */
export function takeStandIn(waiting: Statement[], replaced: Identity, service: string | null, classes: ReadonlyMap<string, IngressClass>): Identity | null {
  const at = waiting.findIndex(({ spec }) => isMeant(spec, replaced, service, classes));
  return at < 0 ? null : inPlaceOf(replaced, waiting.splice(at, 1)[0]!);
}

function isMeant(spec: ControllerSpec, { name, implementation, claims }: Identity, own: string | null, classes: ReadonlyMap<string, IngressClass>): boolean {
  const { insteadOf = '', class: className, service } = spec;
  const isNamed = [name, implementation].some((text) => text.toLowerCase() === insteadOf.toLowerCase());
  const written = className === undefined ? undefined : classes.get(className);
  const serves = className === undefined || className === claims.legacyClass || (written !== undefined && servesClass(claims, written));
  return isNamed && serves && (typeof service !== 'string' || service === own);
}

function inPlaceOf(replaced: Identity, { spec, index }: Statement): Identity {
  const published = flagValue(replaced.args, 'publish-status-address');
  return {
    ...replaced,
    name: knownByImplementation(spec.implementation, spec.name)?.name ?? spec.name,
    implementation: spec.implementation,
    config: spec.config ?? {},
    args: [...(published === null ? [] : [`--publish-status-address=${published}`]), ...(spec.args ?? [])],
    assumption: null,
    statement: index,
    standIn: { name: replaced.name, implementation: replaced.implementation },
  };
}

/** What one would have answered to that runs in the place of a controller which is nowhere to be seen. */
export function stringOfReplaced(insteadOf: string, written: IngressClass | undefined): string | null {
  const known = knownByImplementation(insteadOf, insteadOf);
  if (written !== undefined && (known === null || knownByControllerString(written.controller) === known)) return written.controller;
  return known?.controller ?? null;
}
