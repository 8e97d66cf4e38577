/** `podpath check`: what is wrong in manifests, why, and the smallest fix. */
import process from 'node:process';
import { diagnose, fixesFor, savedQuestions, usesOf, type Fix, type Problem, type Use } from '../engine/diagnosis.ts';
import { buildCluster, parseManifests, type Cluster, type Workspace } from '../engine/index.ts';
import type { CheckArgs } from './args.ts';
import { worldText } from './batch-question.ts';
import { checkAsJson, checkAsText } from './check-report.ts';
import { checkAsJunit } from './junit.ts';
import { checkAsSarif } from './sarif.ts';

/** A problem with what can be done about it. */
export interface Checked {
  readonly problem: Problem;
  readonly fixes: readonly Fix[];
  readonly usedBy: readonly Use[];
}

export interface Report {
  readonly workspace: Workspace;
  readonly cluster: Cluster;
  readonly checked: readonly Checked[];
  readonly savedRequests: number;
}

/** Each fix is tried on a cluster of its own, so only the first problems get one. */
const MOST_WITH_FIXES = 40;
const WORLD_FILE = 'podpath';

export function check(files: Workspace, args: CheckArgs): number {
  const report = reportOn(files, args.complete);
  process.stdout.write(`${render(report, args.format)}\n`);
  const found = new Set(report.checked.filter(({ problem }) => problem.suppressed === null).map(({ problem }) => problem.severity));
  return found.has('error') || (args.failOn === 'warning' && found.has('warning')) ? 1 : 0;
}

/** What a linter is given is nearly always a part of a cluster, so what it presupposes is assumed unless `complete`. */
export function reportOn(files: Workspace, complete: boolean): Report {
  const workspace = [{ name: WORLD_FILE, text: worldText(complete) }, ...files];
  const cluster = buildCluster(parseManifests(workspace));
  const checked = diagnose(cluster).map((problem, index): Checked => {
    const isOpen = problem.suppressed === null && problem.severity !== 'info' && index < MOST_WITH_FIXES;
    return { problem, fixes: isOpen ? fixesFor(workspace, cluster, problem) : [], usedBy: problem.object === null ? [] : usesOf(cluster, problem.object) };
  });
  return { workspace, cluster, checked, savedRequests: savedQuestions(cluster).length };
}

function render(report: Report, format: CheckArgs['format']): string {
  switch (format) {
    case 'text':
      return checkAsText(report);
    case 'json':
      return JSON.stringify(checkAsJson(report), null, 2);
    case 'sarif':
      return JSON.stringify(checkAsSarif(report), null, 2);
    case 'junit':
      return checkAsJunit(report);
  }
}
