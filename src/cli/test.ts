/** `podpath test`: the saved requests of a Scenario, compared with what they expect. */
import process from 'node:process';
import { msg, type Message } from '../catalogue/message.ts';
import { renderText } from '../catalogue/render.ts';
import { savedQuestions } from '../engine/diagnosis.ts';
import { buildCluster, formatFlow, missingSender, parseManifests, send, type Workspace } from '../engine/index.ts';
import type { TestArgs } from './args.ts';
import { worldText } from './batch-question.ts';
import { unmetExpectations } from './expectation.ts';
import { testAsJunit } from './junit.ts';
import { resultOf } from './result.ts';

export interface TestResult {
  readonly name: string;
  readonly request: string;
  /** Why the expectation does not hold; empty when it does. */
  readonly reasons: readonly Message[];
  /** What became of the request, in one sentence. */
  readonly summary: string;
}

export function runSavedRequests(files: Workspace, args: TestArgs): number {
  const results = testRequests(files, args.partial);
  process.stdout.write(`${render(results, args.format)}\n`);
  return results.some(({ reasons }) => reasons.length > 0) ? 1 : 0;
}

/** In the order of the texts. A request without an expectation is expected to arrive. */
export function testRequests(files: Workspace, partial: boolean): readonly TestResult[] {
  const cluster = buildCluster(parseManifests([{ name: 'podpath', text: worldText(!partial) }, ...files]));
  return savedQuestions(cluster).map(({ flow, saved }): TestResult => {
    const name = saved?.request.name ?? '';
    const missing = missingSender(cluster, flow.from);
    if (missing !== null) return { name, request: formatFlow(flow), reasons: [msg('cli.test.sender', { why: renderText(missing) })], summary: '' };
    const { trace } = send(cluster, flow);
    const reasons = unmetExpectations(saved?.request.expect ?? { reached: true }, resultOf(trace, cluster, [], []));
    return { name, request: formatFlow(flow), reasons, summary: renderText(trace.summary) };
  });
}

function render(results: readonly TestResult[], format: TestArgs['format']): string {
  switch (format) {
    case 'text':
      return asText(results);
    case 'json':
      return JSON.stringify({ apiVersion: 'podpath.dev/v1', results: results.map(asJson) }, null, 2);
    case 'junit':
      return testAsJunit(results);
  }
}

function asJson({ name, request, reasons, summary }: TestResult): Record<string, unknown> {
  return { name, request, passed: reasons.length === 0, reasons: reasons.map((reason) => renderText(reason)), summary };
}

function asText(results: readonly TestResult[]): string {
  if (results.length === 0) return renderText(msg('cli.test.none'));
  const failed = results.filter(({ reasons }) => reasons.length > 0).length;
  const lines = results.flatMap(({ name, request, reasons, summary }) => [
    `${renderText(reasons.length === 0 ? msg('cli.test.passed') : msg('cli.test.failed'))}  ${name}  ${request}`,
    ...(reasons.length === 0 ? [] : [...reasons.map((reason) => `    ${renderText(reason)}`), ...(summary === '' ? [] : [`    ${summary}`])]),
  ]);
  return [...lines, renderText(msg('cli.test.total', { passed: results.length - failed, failed }))].join('\n');
}
