/** Ingress controllers that come with a cloud: nothing of theirs stands in the path, they make load balancers that carry it. */
import type { Ingress } from '../../kinds/ingress/ingress-spec.ts';
import type { Environment } from '../environment.ts';
import type { Objects } from '../objects.ts';
import { claimRules } from './claim-flags.ts';
import { wantedClass, whyNotClaimed } from './claims.ts';
import { KNOWN_CONTROLLERS, type KnownController, knownByImplementation } from './known.ts';
import type { ClaimRules, Identity, Place, RunningController } from './running.ts';

/** No Pods and no Service. */
export const NOWHERE: Place = { service: null, pods: null, listens: [] };

/** What it claims by, where it comes with a cloud. */
export function claimsInCloud(known: KnownController | null): Pick<ClaimRules, 'alsoClasses' | 'readsAnnotationOnly'> {
  const { alsoClasses, readsAnnotationOnly } = known?.balancers ?? {};
  return { ...(alsoClasses !== undefined && { alsoClasses }), ...(readsAnnotationOnly === true && { readsAnnotationOnly }) };
}

export function isInCloud({ implementation }: Pick<Identity, 'implementation'>): boolean {
  return knownByImplementation(implementation, '')?.balancers !== undefined;
}

/** With what makes its load balancers, where it has some: wherever its Pods may stand, they carry nothing. */
export function withPlanner(controller: RunningController): RunningController {
  const planner = knownByImplementation(controller.implementation, '')?.balancers?.planner;
  return planner === undefined ? controller : { ...controller, ...NOWHERE, planner };
}

/** The controller that the stated cloud brings along, where an Ingress is left for it. */
export function inCloud(running: readonly RunningController[], objects: Objects, environment: Environment): Identity | null {
  const known = knownInCloud(environment);
  if (known?.balancers === undefined || !environment.stated.includes('cloud')) return null;
  if (running.some(({ implementation }) => implementation === known.implementation)) return null;
  const controller: Identity = {
    name: known.name,
    kind: 'ingress',
    implementation: known.implementation,
    claims: {
      ...claimRules(known, []),
      // Who states which controllers run has said that nobody takes what names no class.
      withoutClass: known.balancers.readsAnnotationOnly === true && !environment.stated.includes('controllers'),
      ...claimsInCloud(known),
    },
    config: {},
    args: [],
    assumption: null,
    statement: null,
    standIn: null,
  };
  const isLeft = (ingress: Ingress) =>
    running.every((other) => whyNotClaimed(other, ingress, objects.ingressClasses) !== null) &&
    (whyNotClaimed(controller, ingress, objects.ingressClasses) === null || wantedClass(ingress) === known.class);
  return [...objects.ingresses.values()].some(isLeft) ? controller : null;
}

/** The one whose load balancers the cloud of the environment makes; null where it makes none. */
export function knownInCloud({ cloud }: Environment): KnownController | null {
  return KNOWN_CONTROLLERS.find(({ balancers }) => balancers?.cloud === cloud) ?? null;
}
