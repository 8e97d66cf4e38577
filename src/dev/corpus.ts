/**
 * Tries manifests that nobody here wrote: every file with a Service is read, asked its suggested requests, printed and
 * drawn. Counts what must never happen: an exception, shares that do not sum to 1, boxes that overlap, a warning without a
 * rule or a request it affects. Errors are listed to be judged by a reader: most of these manifests are sound.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { buildCluster, formatTrace, NO_MEMORY, parseManifests, readRequest, send, suggestRequests } from '../engine/index.ts';
import { renderText } from '../catalogue/render.ts';
import { diagnose } from '../engine/diagnosis.ts';
import { buildScene } from '../scene/build-scene.ts';
import type { Scene } from '../scene/scene.ts';

const REQUESTS_PER_FILE = 12;

function manifestsBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const full = path.join(folder, entry.name);
      if (entry.isDirectory()) return manifestsBelow(full);
      return /\.(ya?ml|json)$/.test(entry.name) ? [full] : [];
    });
}

function overlaps({ boxes }: Scene): readonly string[] {
  return boxes.flatMap((a, index) =>
    boxes
      .slice(index + 1)
      .filter((b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height)
      .map((b) => `${a.id} overlaps ${b.id}`),
  );
}

interface Tried {
  readonly problems: readonly string[];
  /** What the manifests are told, at severity error. */
  readonly errors: readonly string[];
}

function tryFile(name: string, text: string, count: (verdict: string) => void): Tried {
  const manifests = parseManifests([{ name, text }]);
  const cluster = buildCluster(manifests);
  const problems = [...overlaps(buildScene({ trace: null, cluster }))];
  for (const { draft } of suggestRequests(cluster).slice(0, REQUESTS_PER_FILE)) {
    const { flow } = readRequest(draft);
    if (flow === null) {
      problems.push(`${draft.url} is suggested and not understood`);
      continue;
    }
    const { trace } = send(cluster, flow, NO_MEMORY);
    const sum = trace.branches.reduce((total, { probability }) => total + probability, 0);
    if (Math.abs(sum - 1) > 1e-9) problems.push(`${draft.url}: shares sum to ${sum}`);
    if (formatTrace(trace, manifests) === '') problems.push(`${draft.url}: no text`);
    problems.push(...overlaps(buildScene({ trace, cluster })).map((overlap) => `${draft.url}: ${overlap}`));
    count(`${trace.verdict.kind} ${trace.branches[trace.taken]!.outcome.code}`);
  }
  const findings = diagnose(cluster);
  for (const { code, severity, rules, proof } of findings) {
    if (rules.length === 0) problems.push(`${code} cites no rule`);
    if (severity === 'warning' && proof === null) problems.push(`the warning ${code} names no request that it affects`);
  }
  const errors = findings.filter(({ severity }) => severity === 'error').map(({ code, message }) => `${code}: ${renderText(message)}`);
  return { problems, errors };
}

/** Prints the problems and how the requests ended; returns the number of problems. */
export function tryCorpus(folder: string): number {
  const verdicts = new Map<string, number>();
  let files = 0;
  let problems = 0;
  const errors: string[] = [];
  for (const file of manifestsBelow(folder)) {
    const text = readFileSync(file, 'utf8');
    if (!/kind["']?:\s*["']?Service\b/.test(text)) continue;
    files += 1;
    let found: Tried;
    try {
      found = tryFile(path.basename(file), text, (verdict) => verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1));
    } catch (error) {
      found = { problems: [String(error instanceof Error ? error.stack : error)], errors: [] };
    }
    const place = path.relative(folder, file);
    for (const problem of found.problems) console.log(`${place}: ${problem}`);
    problems += found.problems.length;
    errors.push(...found.errors.map((error) => `${place}: ${error}`));
  }
  for (const [verdict, count] of [...verdicts].sort(([a], [b]) => (a < b ? -1 : 1))) console.log(`${String(count).padStart(6)}  ${verdict}`);
  console.log(['', 'Errors in these manifests, for a reader to judge:', ...errors].join('\n'));
  console.log(`${files} files with a Service, ${problems} problems, ${errors.length} errors in manifests`);
  return problems;
}
