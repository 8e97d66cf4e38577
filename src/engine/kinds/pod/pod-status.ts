/** What a pasted Pod says about its state; without a status it is taken for Running and Ready (S1.4.5). */
import type { Field } from '../field.ts';
import { canonicalIp } from '../../manifests/ip.ts';
import type { PodPhase, PodStatus } from './pod-spec.ts';

const PHASES: readonly PodPhase[] = ['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown'];

export function readPodStatus(field: Field, isTerminating: boolean): PodStatus {
  const phaseText = field.get('phase').filledText();
  const stated = PHASES.find((phase) => phase === phaseText) ?? null;
  const conditions = field.get('conditions').items();
  const phase = stated ?? 'Running';
  const stopped = readStopped(field);
  const hostIP = canonicalIp(field.get('hostIP').filledText() ?? '');
  return {
    phase,
    podIPs: readPodIPs(field),
    ...(hostIP === null ? {} : { hostIP }),
    ready: conditions.length === 0 && stopped.length > 0 ? false : readReady(conditions, phase),
    terminating: isTerminating,
    listensOnLocalhostOnly: false,
    ...(stopped.length > 0 && { stopped }),
    from: stated !== null || conditions.length > 0 || stopped.length > 0 ? 'status' : 'synthesized',
  };
}

/** The condition decides. Where no condition was written at all, a running Pod counts as ready. */
function readReady(conditions: readonly Field[], phase: PodPhase): boolean {
  if (phase !== 'Running' && phase !== 'Unknown') return false;
  if (conditions.length === 0) return phase === 'Running';
  return conditions.some((condition) => condition.get('type').text() === 'Ready' && condition.get('status').text() === 'True');
}

/** A container that waits or has ended has no process that could listen. */
function readStopped(field: Field): NonNullable<PodStatus['stopped']> {
  return field
    .get('containerStatuses')
    .items()
    .flatMap((item) => {
      const state = item.get('state');
      const reason = state.get('waiting').get('reason').filledText() ?? state.get('terminated').get('reason').filledText();
      const container = item.get('name').filledText();
      return reason === null || container === null ? [] : [{ container, reason }];
    });
}

function readPodIPs(field: Field): readonly string[] {
  const all = field
    .get('podIPs')
    .items()
    .map((item) => item.get('ip').filledText());
  const texts = all.length > 0 ? all : [field.get('podIP').filledText()];
  return texts.flatMap((text) => (text === null ? [] : [canonicalIp(text) ?? []].flat()));
}
