/**
 * What kubectl printed about Pods: whether they are ready, which container does not run, where they stand. A Pod that no
 * text holds is one of the workload that makes Pods of its name.
 */
import { msg } from '../../catalogue/message.ts';
import type { PodPhase } from '../kinds/pod/pod-spec.ts';
import type { Json, JsonObject, ManifestObject, ToldField } from '../manifests/document.ts';
import { isList, isObject } from '../manifests/json.ts';
import type { SourceRange } from '../manifests/source.ts';
import { byObject, isEvent, isNewer, objectsMeant, toldAt, withTold, type Seen, type SeenEvent, type Telling, type Unused } from './seen.ts';

export function tellPods(seen: readonly Seen[], known: ReadonlyMap<string, ManifestObject>): Telling {
  const objects: ManifestObject[] = [];
  const unused: Unused[] = [];
  for (const lines of byObject(seen, 'Pod')) {
    const [first] = lines;
    const meant = objectsMeant(first!, known);
    const pods = meant.length > 0 ? meant : makersOf(first!, known).map((workload) => podFrom(workload, first!));
    const [pod] = pods;
    if (pod === undefined || pods.length > 1) {
      const args = { kind: 'Pod', name: first!.name };
      const why = pod === undefined ? msg('cluster.sighting.no-object', args) : msg('cluster.sighting.several', args);
      unused.push(...lines.map((each) => ({ seen: each, why })));
      continue;
    }
    const { value, told } = stateOf(pod, lines, unused);
    // What changes nothing leaves no trace: an event alone does not give a Pod its name.
    if (told.length > 0) objects.push(withTold(pod, value, [...told, ...toldAt(told[0]!.range, ['status'], ['metadata', 'name'])]));
  }
  return { objects, unused };
}

/** Kubernetes' letters for the ends of names: no vowels, nothing that reads like another. */
const LETTERS = 'bcdfghjklmnpqrstvwxz2456789';

/** How the Pods of a workload are named behind its own name. */
const ENDINGS: Readonly<Record<string, RegExp>> = {
  Deployment: new RegExp(`^-[${LETTERS}]{6,10}-[${LETTERS}]{5}$`),
  ReplicaSet: new RegExp(`^-[${LETTERS}]{5}$`),
  DaemonSet: new RegExp(`^-[${LETTERS}]{5}$`),
  StatefulSet: /^-\d+$/,
};

function makersOf({ namespace, name }: Seen, known: ReadonlyMap<string, ManifestObject>): readonly ManifestObject[] {
  return [...known.values()].filter(({ ref }) => {
    if (namespace !== null && ref.namespace !== namespace) return false;
    return name.startsWith(ref.name) && ENDINGS[ref.kind]?.test(name.slice(ref.name.length)) === true;
  });
}

/** As the workload's controller makes it from the template, which is where its fields stand. */
function podFrom(workload: ManifestObject, { name }: Seen): ManifestObject {
  const { kind, namespace } = workload.ref;
  const spec = record(workload.value['spec']);
  const template = record(spec['template']);
  const metadata = record(template['metadata']);
  const own = kind === 'StatefulSet' ? { 'statefulset.kubernetes.io/pod-name': name } : {};
  const inDomain = kind === 'StatefulSet' ? { hostname: name, ...(typeof spec['serviceName'] === 'string' && { subdomain: spec['serviceName'] }) } : {};
  return {
    ...workload,
    ref: { kind: 'Pod', namespace, name },
    apiVersion: 'v1',
    root: [...workload.root, 'spec', 'template'],
    value: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        ...metadata,
        name,
        namespace,
        labels: { ...record(metadata['labels']), ...own },
        ownerReferences: [{ apiVersion: workload.apiVersion, kind, name: workload.ref.name, controller: true }],
      },
      spec: { ...record(template['spec']), ...inDomain },
    },
  };
}

const record = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});

interface Told<T> {
  readonly value: T;
  readonly range: SourceRange;
}

interface State {
  ready?: Told<boolean>;
  phase?: Told<PodPhase>;
  terminating?: Told<true>;
  ip?: Told<string>;
  node?: Told<string>;
  stopped: Told<{ readonly container: string; readonly reason: string }>[];
}

function stateOf(pod: ManifestObject, lines: readonly Seen[], unused: Unused[]): { readonly value: JsonObject; readonly told: readonly ToldField[] } {
  const containers = containersOf(pod);
  const state: State = { stopped: [] };
  for (const { tells, range } of lines) {
    if (tells.tells !== 'pod') continue;
    const told = <T>(value: T): Told<T> => ({ value, range });
    if (tells.ip !== undefined) state.ip = told(tells.ip);
    if (tells.node !== undefined) state.node = told(tells.node);
    if (tells.ready !== undefined) state.ready = told(tells.ready);
    if (tells.stopped !== undefined) state.stopped.push(told(tells.stopped));
    if (tells.status !== undefined) readStatus(tells.status, range, containers, state);
  }
  const isStated = state.ready !== undefined || state.phase !== undefined;
  readEvents(lines, containers, state, isStated, unused);
  return written(state);
}

/** Statuses of Pods whose containers were never started. */
const WAITING = /^(?:ContainerCreating|PodInitializing|Init:.*|ErrImage\w+|ImagePullBackOff|InvalidImageName|CreateContainer\w+)$/;
const ENDED = /^(?:Error|OOMKilled|CrashLoopBackOff|ContainerCannotRun|StartError|RunContainerError)$/;

function readStatus(status: string, range: SourceRange, containers: readonly Container[], state: State): void {
  const told = <T>(value: T): Told<T> => ({ value, range });
  const phase = PHASES[status] ?? (WAITING.test(status) ? 'Pending' : ENDED.test(status) ? 'Running' : undefined);
  if (phase !== undefined) state.phase = told(phase);
  if (status === 'Terminating') state.terminating = told(true);
  const [only] = containers;
  if ((WAITING.test(status) || ENDED.test(status)) && !status.startsWith('Init:') && containers.length === 1)
    state.stopped.push(told({ container: only!.name, reason: status }));
}

const PHASES: Readonly<Record<string, PodPhase>> = {
  Running: 'Running',
  Pending: 'Pending',
  Succeeded: 'Succeeded',
  Completed: 'Succeeded',
  Failed: 'Failed',
  Evicted: 'Failed',
  Unknown: 'Unknown',
};

interface Container {
  readonly name: string;
  readonly image: string;
}

function containersOf({ value }: ManifestObject): readonly Container[] {
  const containers = record(value['spec'])['containers'];
  return (isList(containers) ? containers : []).flatMap((container) => {
    const { name, image } = record(container);
    return typeof name === 'string' ? [{ name, image: typeof image === 'string' ? image : '' }] : [];
  });
}

/** What an event proves as long as none of the reasons in `over` is newer. */
interface Proof {
  readonly over: readonly string[];
  readonly apply: (state: State, range: SourceRange) => void;
}

function proofOf({ tells: { reason, message } }: SeenEvent, containers: readonly Container[]): Proof | null {
  const stopped = (container: Container | undefined, why: string): Proof => ({
    over: ['Started'],
    apply(state, range) {
      state.ready ??= { value: false, range };
      if (container !== undefined) state.stopped.push({ value: { container: container.name, reason: why }, range });
    },
  });
  const [only] = containers.length === 1 ? containers : [];
  const ofImage = (image: string | undefined) => containers.find((container) => container.image === image) ?? only;
  switch (reason) {
    case 'Unhealthy':
      if (!/^(?:Readiness|Startup) probe (?:failed|errored)/.test(message)) return null;
      return { over: [], apply: (state, range) => void (state.ready ??= { value: false, range }) };
    case 'BackOff': {
      const pulled = /^Back-off pulling image "([^"]+)"/.exec(message);
      if (pulled !== null) return stopped(ofImage(pulled[1]), 'ImagePullBackOff');
      // Later releases name the container, and the Pod behind it.
      const restarted = /^Back-off restarting failed container(?:[ =](\S+) (?:in )?pod)?/.exec(message);
      return restarted === null ? null : stopped(containers.find(({ name }) => name === restarted[1]) ?? only, 'CrashLoopBackOff');
    }
    case 'Failed': {
      const pulled = /^Failed to pull image "([^"]+)"/.exec(message);
      if (pulled !== null) return stopped(ofImage(pulled[1]), 'ErrImagePull');
      const error = /^Error: (ErrImagePull|ImagePullBackOff|CrashLoopBackOff|InvalidImageName|CreateContainer\w*Error)$/.exec(message)?.[1];
      return error === undefined ? null : stopped(only, error);
    }
    case 'FailedScheduling':
      return { over: ['Scheduled'], apply: (state, range) => void (state.phase ??= { value: 'Pending', range }) };
    default:
      return null;
  }
}

function readEvents(lines: readonly Seen[], containers: readonly Container[], state: State, isStated: boolean, unused: Unused[]): void {
  const events = lines.filter(isEvent);
  for (const event of events) {
    const node = event.tells.reason === 'Scheduled' ? /^Successfully assigned \S+ to (\S+)$/.exec(event.tells.message)?.[1] : undefined;
    if (node !== undefined) {
      state.node ??= { value: node, range: event.range };
      continue;
    }
    const proof = proofOf(event, containers);
    if (proof === null) unused.push({ seen: event, why: msg('cluster.sighting.proves-nothing') });
    else if (isStated) unused.push({ seen: event, why: msg('cluster.sighting.state-counts') });
    else if (events.some((other) => proof.over.includes(other.tells.reason) && isNewer(other, event, lines)))
      unused.push({ seen: event, why: msg('cluster.sighting.overtaken') });
    else proof.apply(state, event.range);
  }
}

/** As the API server holds it, so that everything that reads a pasted status reads this one. */
function written({ ready, phase, terminating, ip, node, stopped }: State): { readonly value: JsonObject; readonly told: readonly ToldField[] } {
  const last = new Map(stopped.map((each) => [each.value.container, each]));
  const isKnown = ready !== undefined || phase !== undefined || last.size > 0 || terminating !== undefined;
  return {
    value: {
      ...(terminating !== undefined && { metadata: { deletionTimestamp: '1970-01-01T00:00:00Z' } }),
      ...(node !== undefined && { spec: { nodeName: node.value } }),
      status: {
        ...(isKnown && { phase: phase?.value ?? 'Running' }),
        ...(ready !== undefined && { conditions: [{ type: 'Ready', status: ready.value ? 'True' : 'False' }] }),
        ...(last.size > 0 && {
          containerStatuses: [...last.values()].map(({ value: { container, reason } }) => ({ name: container, state: { waiting: { reason } } })),
        }),
        ...(ip !== undefined && { podIP: ip.value, podIPs: [{ ip: ip.value }] }),
      },
    },
    told: [
      ...(ready === undefined ? [] : toldAt(ready.range, ['status', 'conditions'])),
      ...[...last.values()].slice(0, 1).flatMap(({ range }) => toldAt(range, ['status', 'containerStatuses'])),
      ...(phase === undefined ? [] : toldAt(phase.range, ['status', 'phase'])),
      ...(ip === undefined ? [] : toldAt(ip.range, ['status', 'podIP'], ['status', 'podIPs'])),
      ...(node === undefined ? [] : toldAt(node.range, ['spec', 'nodeName'])),
      ...(terminating === undefined ? [] : toldAt(terminating.range, ['metadata', 'deletionTimestamp'])),
    ],
  };
}
