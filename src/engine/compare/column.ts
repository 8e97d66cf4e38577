/**
 * One way, tried out: found in the manifests or made, then the request is sent as it stands, as the client would have to
 * send it, from inside where only the cluster can, and again with the Pod gone and with its node down.
 */
import { compare as words } from '../../catalogue/en/compare.ts';
import { learnWords } from '../../catalogue/known-words.ts';
import { msg, type Message } from '../../catalogue/message.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { isDown } from '../cluster/nodes.ts';
import { insideClient } from '../dataplane/suggest.ts';
import type { Json, JsonObject } from '../manifests/document.ts';
import { nameKey, refKey } from '../manifests/object-ref.ts';
import { renderBlock } from '../manifests/render-value.ts';
import type { Workspace, WorkspaceFile } from '../manifests/workspace.ts';
import type { Pod } from '../kinds/pod/pod-spec.ts';
import type { Origin } from '../trace/flow.ts';
import { isDelivered } from '../trace/outcome.ts';
import type { RequestDraft } from '../trace/request-draft.ts';
import type { Trace } from '../trace/trace.ts';
import type { Column, View, ViewName } from './comparison.ts';
import { miniPath, resultOf } from './mini-path.ts';
import { reaches } from './target.ts';
import { bothForms } from './urls.ts';
import { takenHops } from './ways/reading.ts';
import type { Addition, EnvironmentEdit, Situation, Standing, Way } from './ways/way.ts';
import { traceIn, type World, type Worlds } from './world.ts';

learnWords(words);

/** A request, the world it was sent in, and what became of it. */
export interface Seen {
  readonly request: RequestDraft;
  readonly world: World;
  readonly trace: Trace;
}

/** A column with everything that its cells are read from. */
export interface Trial {
  readonly way: Way;
  readonly standing: Standing;
  readonly situation: Situation;
  /** With the way in place. */
  readonly cluster: Cluster;
  readonly seen: Readonly<Partial<Record<ViewName, Seen>>> & { readonly asked: Seen; readonly called: Seen };
  readonly best: 'called' | 'inside';
  readonly column: Column;
}

export const bestOf = ({ seen, best }: Trial): Seen => seen[best] ?? seen.called;

/** Null where the workload cannot be exposed that way. */
export function tryWay(way: Way, situation: Situation, workspace: Workspace, worlds: Worlds): Trial | null {
  const found = way.find(situation);
  const addition = found === null ? way.make(situation) : null;
  const standing = found ?? addition;
  if (standing === null) return null;

  const file = addition === null ? null : fileOf(addition, workspace);
  const stands = worlds.with(worlds.base, file, addition?.environment ?? []);
  const published = publication(way, standing, found === null, stands.cluster, situation);
  const world = worlds.with(stands, null, published === null ? [] : [published]);
  const asked = sendIn(world, situation.asked);
  if (asked === null) return null;

  const first = bestCall(way, standing, world, situation, asked) ?? asked;
  const inside = isOutside(situation.asked) && !arrives(first.trace) ? fromInside(way, standing, worlds, world, situation) : null;
  const best = inside !== null && arrives(inside.trace) ? 'inside' : 'called';
  // What does not arrive is told in the form that arrives elsewhere: a client would not speak TLS to a plain port.
  const called = best === 'inside' ? (sameForm(way, standing, world, situation, inside!.request) ?? first) : first;
  const basis = best === 'inside' ? inside! : called;
  const seen = { asked, called, ...(inside !== null && { inside }), ...broken(basis, worlds) };
  const needed = (addition?.environment ?? []).map(({ says }) => says);
  const said = published === null ? needed : [...needed, published.says];
  // That a name does not lead here is how things are, not something to insert.
  const keepsOut = published !== null && 'none' in (published.value as JsonObject);
  return {
    way,
    standing,
    situation,
    cluster: world.cluster,
    seen,
    best,
    column: {
      way: way.id,
      title: way.title,
      detail: way.detail(standing, world.cluster),
      object: standing.object,
      origin: found === null ? 'what-if' : 'pasted',
      whatIf: {
        yaml: file?.text ?? '',
        environment: keepsOut ? needed : said,
        changes: keepsOut ? stands.changes : world.changes,
      },
      world: said,
      views: Object.fromEntries(Object.entries(seen).map(([name, each]) => [name, viewOf(each)])) as Column['views'],
      best,
    },
  };
}

const viewOf = ({ request, world, trace }: Seen): View => ({ changes: world.changes, request, result: resultOf(trace), path: miniPath(trace) });

function sendIn(world: World, request: RequestDraft): Seen | null {
  const trace = traceIn(world, request);
  return trace === null ? null : { request, world, trace };
}

const isOutside = ({ from }: RequestDraft): boolean => from.kind === 'external' || from.kind === 'node';

/** Whether any of its ways ends at an application. */
export const arrives = ({ branches }: Trace): boolean => branches.some(({ outcome }) => isDelivered(outcome));

/** Share of requests that fail. */
function failing({ branches }: Trace): number {
  return branches.reduce((sum, { outcome, probability }) => sum + (isDelivered(outcome) ? 0 : probability), 0);
}

function yamlOf(objects: readonly JsonObject[]): string {
  return objects.map((value: Json) => `${renderBlock(value, 0, { newline: '\n', indentSequences: true, json: false })}\n`).join('---\n');
}

/** A new file, so that no text of a person is touched; several manifests are several documents. */
function fileOf({ object, objects }: Addition, workspace: Workspace): WorkspaceFile {
  const text = yamlOf(objects);
  const isTaken = (name: string) => workspace.some((file) => file.name === name);
  let name = `${object.name}.yaml`;
  for (let number = 2; isTaken(name); number++) name = `${object.name}-${number}.yaml`;
  return { name, text };
}

/**
 * If this were the way by which the host is served, public DNS would say so: the address it leads to, or, for a way that
 * ends at the edge of the cluster, nothing. Null where it says so already, or no such name is asked for.
 */
function publication(way: Way, standing: Standing, isWhatIf: boolean, cluster: Cluster, { publicHost }: Situation): EnvironmentEdit | null {
  if (publicHost === null) return null;
  const record = way.publishes(standing, cluster);
  const path = ['spec', 'environment', 'publicDNS', publicHost];
  const now = cluster.publicRecords.get(publicHost);
  if ('none' in record) return now === undefined ? null : { path, value: { ...record }, says: msg('compare.what-if.no-dns', { host: publicHost }) };
  // What is only inferred for an object of ours is stated with it.
  if (now?.from != null && refKey(now.from) === refKey(standing.entry ?? standing.object) && !(isWhatIf && now.assumption !== null)) return null;
  const says: Message =
    'nodes' in record
      ? msg('compare.what-if.dns-nodes', { host: publicHost })
      : msg('compare.what-if.dns', { host: publicHost, object: refKey(standing.entry ?? standing.object) });
  return { path, value: { ...record }, says };
}

/** The first call that always arrives, else the one that fails least. What was asked counts where it goes this way. */
function bestCall(way: Way, standing: Standing, world: World, situation: Situation, asked: Seen | null): Seen | null {
  const goesElsewhere = ({ trace }: Seen) => trace.branches.some(({ backend }) => backend !== null && !reaches(situation.target, backend));
  let best: Seen | null = null;
  const consider = (seen: Seen | null): boolean => {
    if (seen === null) return false;
    const fails = goesElsewhere(seen) ? 1 : failing(seen.trace);
    const least = best === null ? 2 : goesElsewhere(best) ? 1 : failing(best.trace);
    if (fails < least) best = seen;
    return fails === 0;
  };
  if (asked !== null && way.takes(asked.trace, standing, world.cluster) && consider(asked)) return asked;
  for (const request of callsOf(way, standing, world, situation)) if (consider(sendIn(world, request))) break;
  return best;
}

/** A way without an address is called by the name that somebody would publish for it, which leads nowhere. */
function callsOf(way: Way, standing: Standing, world: World, situation: Situation): readonly RequestDraft[] {
  const calls = way.calls(standing, world.cluster, situation);
  if (calls.length > 0) return calls;
  const { asked, flow } = situation;
  return bothForms(asked, flow, situation.publicHost ?? `${standing.object.name}.example.com`, flow.port);
}

function sameForm(way: Way, standing: Standing, world: World, situation: Situation, like: RequestDraft): Seen | null {
  const scheme = like.url.split('://')[0];
  const request = callsOf(way, standing, world, situation).find(({ url }) => url.split('://')[0] === scheme);
  return request === undefined ? null : sendIn(world, request);
}

/** From a Pod that is not behind the Service; where there is none, from one that is made for it. */
function fromInside(way: Way, standing: Standing, worlds: Worlds, world: World, situation: Situation): Seen | null {
  const service = world.cluster.services.get(nameKey(standing.service.namespace, standing.service.name));
  if (service === undefined) return null;
  const known = insideClient(world.cluster, service);
  const pod = clientPod(world.cluster, standing.service.namespace);
  const home = known === null ? worlds.with(world, pod.file, []) : world;
  return bestCall(way, standing, home, { ...situation, asked: { ...situation.asked, from: known ?? pod.origin } }, null);
}

/** What `kubectl run` would make to ask from. */
function clientPod(cluster: Cluster, namespace: string): { readonly file: WorkspaceFile; readonly origin: Origin } {
  let name = 'client';
  for (let number = 2; cluster.pods.has(nameKey(namespace, name)); number++) name = `client-${number}`;
  const labels = { run: name };
  const spec = { containers: [{ name: 'client', image: 'curlimages/curl' }] };
  const pod: JsonObject = { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace, labels }, spec };
  return { file: { name: `${name}-pod.yaml`, text: yamlOf([pod]) }, origin: { kind: 'pod', namespace, name } };
}

/** The same call once the Pod that answered is gone, and once the node is down that the request came to. */
function broken(seen: Seen, worlds: Worlds): Partial<Record<'pod-gone' | 'node-down', Seen>> {
  const { cluster } = seen.world;
  const key = podToLose(seen);
  if (key === null) return {};
  const switched = { ...cluster.environment.pods[key], gone: true } as Json;
  const gone = sendIn(worlds.with(seen.world, null, [{ path: ['spec', 'environment', 'pods', key], value: switched }]), seen.request);
  const node = nodeToLose(seen);
  const down =
    node === null
      ? null
      : sendIn(worlds.with(seen.world, null, [{ path: ['spec', 'environment', 'nodes'], value: nodesWithout(cluster, node) }]), seen.request);
  return { ...(gone !== null && { 'pod-gone': gone }), ...(down !== null && { 'node-down': down }) };
}

/** The Pod that answers, or another that could, if the client would lose itself. By name. */
function podToLose({ trace, world }: Seen): string | null {
  const client = clientOf({ trace, world });
  const own = client === null ? null : nameKey(client.ref.namespace, client.ref.name);
  const taken = trace.branches[trace.taken];
  const reached = (taken === undefined ? trace.branches : [taken, ...trace.branches]).flatMap(({ backend }) => backend?.pod ?? []);
  return reached.map((pod) => nameKey(pod.namespace, pod.name)).find((key) => key !== own) ?? null;
}

/** The first node on the way, or on another way, that is not the client’s own: with that one the client would be gone. */
function nodeToLose({ trace, world }: Seen): string | null {
  const { from } = trace.flow;
  const own = from.kind === 'node' ? from.name : (clientOf({ trace, world })?.node ?? null);
  const nodes = [...takenHops(trace), ...trace.hops].map(({ actor }) => actor.node);
  return nodes.find((node) => node !== null && node !== own && !isDown(world.cluster, node)) ?? null;
}

/** The Pod that asks; null for a client outside, or on a node. */
function clientOf({ trace, world }: Pick<Seen, 'trace' | 'world'>): Pod | null {
  const ip = takenHops(trace)[0]?.before.src.ip;
  if (trace.flow.from.kind === 'external' || trace.flow.from.kind === 'node' || ip === undefined) return null;
  return [...world.cluster.pods.values()].find(({ status }) => status.podIPs.includes(ip)) ?? null;
}

/** All nodes as they are, with one switched off. */
function nodesWithout(cluster: Cluster, lost: string): Json {
  return [...cluster.nodes.values()].map(({ ref, zone, addresses }) => {
    const internalIP = addresses.find(({ type }) => type === 'InternalIP')?.address;
    const externalIP = addresses.find(({ type }) => type === 'ExternalIP')?.address;
    return {
      name: ref.name,
      ...(zone !== null && { zone }),
      ...(internalIP !== undefined && { internalIP }),
      ...(externalIP !== undefined && { externalIP }),
      ...((ref.name === lost || isDown(cluster, ref.name)) && { down: true }),
    };
  });
}
