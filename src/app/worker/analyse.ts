import {
  buildCluster,
  locateField,
  originsOf,
  parseManifests,
  readRequest,
  refKey,
  send,
  standInsFor,
  suggestRequests,
  type Cluster,
  type Finding,
  type Manifests,
  type ObjectRef,
  type Severity,
} from '../../engine/index.ts';
import { buildScene } from '../../scene/build-scene.ts';
import type { Scene } from '../../scene/scene.ts';
import type { Analysis, AnalysisQuestion, ControllerSummary, ObjectSummary } from './analysis.ts';
import { today } from './clock.ts';

/** What the next analysis can use again. */
export interface Derived {
  readonly manifests: Manifests;
  readonly cluster: Cluster;
}

/** Everything that follows from the texts, the request and the day (null: nobody says which). `before` only saves time. */
export function analyse(
  question: AnalysisQuestion,
  before?: Derived,
  day: string | null = today(),
): { readonly analysis: Analysis; readonly derived: Derived } {
  const manifests = parseManifests(question.workspace, before?.manifests);
  const cluster = before && isSame(manifests, before.manifests) ? before.cluster : buildCluster(manifests, day);
  const asked = question.request ? readRequest(question.request) : null;
  const sent = asked?.flow ? send(cluster, asked.flow, question.memory) : null;
  const trace = sent?.trace ?? null;
  const scene = buildScene({ trace, cluster, building: question.building ?? false });
  const shown = objectsShown(scene, sent?.trace.hops.flatMap((hop) => [hop.object, ...hop.consulted.map((consulted) => consulted.object)]) ?? []);

  const analysis: Analysis = {
    documents: documentsOf(manifests),
    objects: objectSummaries(manifests, cluster, shown),
    findings: worstFirst(cluster.findings),
    assumptions: [...cluster.assumptions.values()],
    environment: cluster.environment,
    controllers: controllerSummaries(cluster),
    arrangement: cluster.arrangement,
    suggestions: suggestRequests(cluster),
    origins: originsOf(cluster),
    trace,
    requestFindings: asked?.findings ?? [],
    memory: sent?.memory ?? question.memory,
    provenance: Object.fromEntries([...cluster.provenance].filter(([key]) => shown.has(key.split('#')[0]!))),
    defaults: Object.fromEntries([...cluster.defaults].filter(([key]) => shown.has(key)).map(([key, fields]) => [key, valuesOf(fields)])),
    scene,
  };
  return { analysis, derived: { manifests, cluster } };
}

function valuesOf(defaults: Readonly<Record<string, { readonly value: string }>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(defaults).map(([path, { value }]) => [path, value]));
}

/** Where each document stands in its file. */
export function documentsOf(manifests: Manifests): Analysis['documents'] {
  return manifests.documents.map(({ file, index, start, text }) => ({ file, index, start, length: text.length }));
}

function controllerSummaries({ controllers, environment }: Cluster): readonly ControllerSummary[] {
  const out: ControllerSummary[] = [];
  for (const [index, { name, implementation, classes, statement, standIn, assumption, claims, balancer }] of controllers.entries()) {
    const before = out.at(-1);
    if (balancer !== null && before?.name === name) out[out.length - 1] = { ...before, claims: before.claims + claims.length };
    else {
      const choices = standInsFor({ implementation }, environment);
      out.push({ index, name, implementation, classes, statement, standIn, assumption, claims: claims.length, choices });
    }
  }
  return out;
}

/** Unchanged documents are the same objects in both. */
export function isSame(now: Manifests, then: Manifests): boolean {
  return now.documents.length === then.documents.length && now.documents.every((document, index) => document === then.documents[index]);
}

/** Of ten thousand objects only those on the map are asked about; the others need not cross to the page. */
function objectsShown(scene: Scene, ofHops: readonly (ObjectRef | null)[]): ReadonlyMap<string, ObjectRef> {
  const objects = [...scene.boxes.map((box) => box.object), ...ofHops].filter((object) => object !== null);
  return new Map(objects.map((object) => [refKey(object), object]));
}

function objectSummaries(manifests: Manifests, cluster: Cluster, shown: ReadonlyMap<string, ObjectRef>): readonly ObjectSummary[] {
  const rejected = new Set(cluster.rejections.map((rejection) => refKey(rejection.object)));
  const unread = new Set(cluster.findings.filter((finding) => finding.code === 'kind-not-read').map((finding) => finding.object?.kind));
  const written = manifests.documents.flatMap((document) =>
    document.objects.map((object): ObjectSummary => {
      const key = refKey(object.ref);
      // An item of a List has a range of its own; to find it costs, so only for what a person can point at.
      const isItem = object.root.length > 0 && shown.has(key);
      return {
        ref: object.ref,
        state: rejected.has(key) ? 'rejected' : unread.has(object.ref.kind) ? 'unknown-kind' : 'accepted',
        range: isItem
          ? locateField(manifests, object, []).range
          : { file: document.file, document: document.index, from: 0, to: document.text.trimEnd().length },
        madeBy: null,
      };
    }),
  );
  const known = new Set(written.map((summary) => refKey(summary.ref)));
  const derived = [...shown].filter(([key]) => !known.has(key));
  return [...written, ...derived.map(([key, ref]): ObjectSummary => ({ ref, state: 'derived', range: null, madeBy: cluster.provenance.get(key) ?? null }))];
}

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

const worstFirst = (findings: readonly Finding[]) => [...findings].sort((a, b) => RANK[a.severity] - RANK[b.severity]);
