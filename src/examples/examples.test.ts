import { describe, expect, it } from 'vitest';
import { buildCluster, NO_MEMORY, parseManifests, readRequest, send, type RequestDraft, type Trace, type Workspace } from '../engine/index.ts';
import { buildScene } from '../scene/build-scene.ts';
import { checkMap } from '../scene/map-laws.fixture.ts';
import { examples } from './index.ts';

function answer(workspace: Workspace, request: RequestDraft) {
  const cluster = buildCluster(parseManifests(workspace));
  const { flow } = readRequest(request);
  if (flow === null) throw new Error(`not understood: ${request.url}`);
  const { trace } = send(cluster, flow, NO_MEMORY);
  return { cluster, trace, scene: buildScene({ trace, cluster }) };
}

/** A small seeded generator; tests need variety, not chance. */
function random(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Every way to an end, without names and addresses: what decided, by which rules, with which share and outcome. */
function shape(trace: Trace) {
  const hops = new Map(trace.hops.map((hop) => [hop.id, hop]));
  const way = (ids: readonly string[]) =>
    ids
      .map((id) => hops.get(id)!)
      .map(
        (hop) =>
          `${hop.kind}[${hop.rules.join(' ')}](${hop.considered
            .map((one) => one.result)
            .sort()
            .join(' ')})`,
      );
  return trace.branches
    .map((branch) => `${branch.probability.toFixed(4)} ${way(branch.hops).join(' → ')} ${JSON.stringify({ ...branch.outcome, location: undefined })}`)
    .sort();
}

const NEVER_RENAMED = new Set(['default', 'nginx', 'ingress-nginx', 'http', 'https', 'example', 'ClusterIP', 'TCP']);

/** Other names everywhere: objects, namespaces, label values, port names, hosts, nodes; consistently in texts and request. */
function rename(texts: Workspace, request: RequestDraft, seed: number): { workspace: Workspace; request: RequestDraft } {
  const next = random(seed);
  const words = new Set<string>();
  for (const { text } of texts) for (const match of text.matchAll(/(?:name|namespace|app|serviceName):\s*"?([a-z][a-z0-9-]*)/g)) words.add(match[1]!);
  const named = [...words].filter((word) => !NEVER_RENAMED.has(word)).sort((a, b) => b.length - a.length);
  const renamed = new Map(named.map((word) => [word, `${'bcdfgh'[next(6)]}${'aeiou'[next(5)]}${'klmnp'[next(5)]}${word.length}x${next(1000)}`]));
  const change = (text: string) =>
    named
      .reduce((out, word) => out.replace(new RegExp(String.raw`(?<![\w-])${word}(?!\w|-[a-z]|(?<![/.][\w-]*):(?:\s|$))`, 'g'), renamed.get(word)!), text)
      .replace(/\bexample\.com\b/g, `host${next(100)}.example.org`);
  const host = `host${next(100)}.example.org`;
  const withHost = (text: string) => change(text).replace(/host\d+\.example\.org/g, host);
  return {
    workspace: texts.map(({ name, text }) => ({ name, text: withHost(text) })),
    request: {
      ...request,
      url: withHost(request.url),
      headers: request.headers.map(([name, value]) => [change(name), value] as const),
      from:
        request.from.kind === 'workload' ? { ...request.from, namespace: withHost(request.from.namespace), name: withHost(request.from.name) } : request.from,
    },
  };
}

function shuffleDocuments(texts: Workspace, seed: number): Workspace {
  const next = random(seed);
  return texts.map(({ name, text }) => {
    const documents = text.split(/^---\n/m);
    for (let at = documents.length - 1; at > 0; at -= 1) {
      const other = next(at + 1);
      [documents[at], documents[other]] = [documents[other]!, documents[at]!];
    }
    return { name, text: documents.join('---\n') };
  });
}

describe.each(examples.map((example) => [example.id, example] as const))('example %s', (_, example) => {
  it('keeps boxes, stations, labels and tracks of its map apart, before and after the request', async () => {
    const { cluster, scene } = answer(await example.load(), example.request);
    checkMap(scene);
    checkMap(buildScene({ trace: null, cluster }));
  });

  it('has a trace whose shares sum to 1 and a scene with a stop for each hop and the reply', async () => {
    const { trace, scene } = answer(await example.load(), example.request);
    expect(trace.branches.reduce((sum, branch) => sum + branch.probability, 0)).toBeCloseTo(1, 9);
    const taken = trace.branches[trace.taken]!;
    expect(scene.stops.filter((stop) => stop.number !== null)).toHaveLength(taken.hops.length);
  });

  it('is known by no name: other names give the same trace and the same map', async () => {
    const texts = await example.load();
    const before = answer(texts, example.request);
    for (const seed of [1, 2, 3]) {
      const other = rename(texts, example.request, seed);
      const after = answer(other.workspace, other.request);
      expect(shape(after.trace)).toEqual(shape(before.trace));
      expect(after.scene.boxes.map((box) => `${box.lane} ${box.state} ${box.outline}`).sort()).toEqual(
        before.scene.boxes.map((box) => `${box.lane} ${box.state} ${box.outline}`).sort(),
      );
      expect(after.scene.stations.map((station) => `${station.kind} ${station.number}`).sort()).toEqual(
        before.scene.stations.map((station) => `${station.kind} ${station.number}`).sort(),
      );
    }
  });

  it('does not depend on the order of its documents', async () => {
    const texts = await example.load();
    const before = shape(answer(texts, example.request).trace);
    for (const seed of [1, 2, 3]) expect(shape(answer(shuffleDocuments(texts, seed), example.request).trace)).toEqual(before);
  });

  it('ends in the same ways with more replicas, unless the policy Local makes nodes without a Pod drop requests', async () => {
    const texts = await example.load();
    const ends = (workspace: Workspace) => [...new Set(answer(workspace, example.request).trace.branches.map((branch) => branch.outcome.code))].sort();
    const more = texts.map(({ name, text }) => ({ name, text: text.replace(/replicas: (\d+)/g, (_match, count: string) => `replicas: ${Number(count) + 2}`) }));
    const isLocal = texts.some(({ text }) => text.includes('externalTrafficPolicy: Local'));
    expect(ends(more)).toEqual(isLocal ? ['HTTP'] : ends(texts));
  });

  it('gives the same trace for the same input', async () => {
    const texts = await example.load();
    expect(answer(texts, example.request).trace).toEqual(answer(texts, example.request).trace);
  });

  it('crosses the facade as plain data', async () => {
    const { trace, cluster, scene } = answer(await example.load(), example.request);
    expect(structuredClone(trace)).toEqual(trace);
    expect(structuredClone(scene)).toEqual(scene);
    expect(() => structuredClone(cluster)).not.toThrow();
  });
});
