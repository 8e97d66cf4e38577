/** Worlds that differ from the workspace by a few texts, each made once; and requests sent through them. */
import { buildCluster } from '../cluster/build-cluster.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { send } from '../dataplane/send.ts';
import type { Json, Manifests } from '../manifests/document.ts';
import { parseManifests } from '../manifests/parse.ts';
import { setScenarioField } from '../manifests/scenario-text.ts';
import type { FieldPath } from '../manifests/source.ts';
import type { Workspace, WorkspaceFile } from '../manifests/workspace.ts';
import { withChanges } from './changes.ts';
import { readRequest } from '../trace/request.ts';
import type { RequestDraft } from '../trace/request-draft.ts';
import type { Trace } from '../trace/trace.ts';

export interface World {
  /** Files that differ from the base or are new. */
  readonly changes: Workspace;
  readonly cluster: Cluster;
}

export interface ScenarioEdit {
  readonly path: FieldPath;
  readonly value: Json;
}

export interface Worlds {
  readonly base: World;
  /** The base with a file more, where there is one, and with edits of the Scenario. */
  readonly with: (from: World, file: WorkspaceFile | null, edits: readonly ScenarioEdit[]) => World;
}

export function worldsOf(workspace: Workspace): Worlds {
  const manifests: Manifests = parseManifests(workspace);
  const base: World = { changes: [], cluster: buildCluster(manifests) };
  const known = new Map<string, World>([['[]', base]]);
  return {
    base,
    with: (from, file, edits) => {
      let texts = withChanges(workspace, from.changes);
      if (file !== null) texts = [...texts, file];
      for (const { path, value } of edits) texts = setScenarioField(texts, path, value);
      const changes = texts.filter((text) => !workspace.includes(text));
      const key = JSON.stringify(changes);
      let world = known.get(key);
      if (world === undefined) known.set(key, (world = { changes, cluster: buildCluster(parseManifests(texts, manifests)) }));
      return world;
    },
  };
}

/** Null for a request that cannot be read. */
export function traceIn({ cluster }: World, request: RequestDraft): Trace | null {
  const { flow } = readRequest(request);
  return flow === null ? null : send(cluster, flow).trace;
}
