/** What only diagnosing needs, so that the worker loads it when somebody first asks what is wrong. */
import { applyFileEdits, diagnose, fixesFor, type Fix, type Problem } from '../../engine/diagnosis.ts';
import { buildCluster, parseManifests, readRequest, send, type Manifests, type Workspace } from '../../engine/index.ts';
import { buildScene } from '../../scene/build-scene.ts';
import { today } from './clock.ts';
import type { Explained, ExplainQuestion, FixQuestion, OfferedFix, ProblemQuestion } from './diagnosis.ts';
import { documentsOf } from './analyse.ts';
import { linesChanged } from './lines-changed.ts';

export { codeFamilies } from '../../engine/diagnosis.ts';

let before: Manifests | undefined;

export function problems({ workspace, request }: ProblemQuestion): readonly Problem[] {
  return diagnose(clusterOf(workspace), request === null ? null : readRequest(request).flow);
}

/** Every fix with what it makes of the texts, so that the page only has to put them in place. */
export function fixes({ workspace, problem }: FixQuestion): readonly OfferedFix[] {
  return fixesFor(workspace, clusterOf(workspace), problem).map((fix) => offered(workspace, fix));
}

/** A world of its own: what is kept of the person's texts stays. */
export function explain({ workspace, code }: ExplainQuestion): Explained | null {
  const manifests = parseManifests(workspace);
  const cluster = buildCluster(manifests, today());
  const problem = diagnose(cluster).find((one) => one.code === code);
  if (problem === undefined) return null;
  const { proof } = problem;
  return {
    workspace,
    problem,
    fixes: fixesFor(workspace, cluster, problem).map((fix) => offered(workspace, fix)),
    scene: proof === null ? null : buildScene({ trace: send(cluster, proof.flow).trace, cluster, building: false }),
    documents: documentsOf(manifests),
  };
}

function clusterOf(workspace: Workspace) {
  before = parseManifests(workspace, before);
  return buildCluster(before, today());
}

function offered(workspace: Workspace, { what, files, saved, changes }: Fix): OfferedFix {
  const after = applyFileEdits(workspace, files);
  const changed = after.filter((file, index) => file !== workspace[index]);
  const lines = changed.map((file) => ({ file: file.name, hunks: linesChanged(workspace.find(({ name }) => name === file.name)?.text ?? '', file.text) }));
  return { what, saved, changes, files: changed, lines };
}
