/** The command. Prints what was asked for to standard output, everything else to standard error. */
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { msg, type Message } from '../catalogue/message.ts';
import { renderText } from '../catalogue/render.ts';
import {
  buildCluster,
  formatTrace,
  NO_MEMORY,
  parseManifests,
  parseOrigin,
  readRequest,
  send,
  type Finding,
  type Trace,
  type Workspace,
} from '../engine/index.ts';
import { parseArgs, type TraceArgs } from './args.ts';
import { flowOf, scenarioText, unreadBy, worldText, type Question } from './batch-question.ts';
import { readWorkspace } from './read-files.ts';
import { diagnosticOf, resultOf } from './result.ts';

const EXIT = { delivered: 0, fails: 1, depends: 3, usage: 2 } as const;

const say = (message: Message) => process.stderr.write(`${renderText(message)}\n`);

/** Resolves to the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  const parsed = parseArgs(argv);
  switch (parsed.kind) {
    case 'help':
      process.stdout.write(`${renderText(msg('cli.usage'))}\n`);
      return argv.length === 0 ? EXIT.usage : 0;
    case 'wrong':
      say(parsed.why);
      return EXIT.usage;
    case 'trace':
      return parsed.args.batch ? batch() : trace(parsed.args);
  }
}

function trace(args: TraceArgs): number {
  const from = parseOrigin(args.from);
  if (from === null) {
    say(msg('cli.from-unreadable', { from: args.from }));
    return EXIT.usage;
  }
  let files: Workspace;
  try {
    files = readWorkspace(args.files);
  } catch (error) {
    const { path: file = '', code = '' } = error as NodeJS.ErrnoException;
    say(msg('cli.file-unreadable', { file, reason: code }));
    return EXIT.usage;
  }
  const headers = args.headers.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return colon < 0 ? [line, ''] : [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
  });
  const { flow, findings } = readRequest({
    from,
    method: args.method,
    url: args.url,
    headers,
    connectTo: args.connectTo,
    followRedirects: args.followRedirects,
    insecure: args.insecure,
  });
  if (flow === null) {
    for (const finding of findings) say(finding.message);
    return EXIT.usage;
  }

  // A Scenario among the files is read later, so what it says about completeness wins over the option.
  const cluster = buildCluster(parseManifests([{ name: 'podpath', text: worldText(!args.partial) }, ...files]));
  const { trace: result } = send(cluster, flow, NO_MEMORY);
  if (args.json) process.stdout.write(`${JSON.stringify(resultOf(result, cluster, cluster.findings, []))}\n`);
  else {
    process.stdout.write(`${formatTrace(result, cluster.manifests)}\n`);
    printProblems(cluster.findings, cluster.manifests);
  }
  return EXIT[result.verdict.kind];
}

function printProblems(findings: readonly Finding[], manifests: Parameters<typeof diagnosticOf>[1]): void {
  for (const finding of findings) {
    if (finding.severity === 'info') continue;
    const { file, line, severity, code, message } = diagnosticOf(finding, manifests);
    process.stderr.write(`${file ?? ''}${line === null ? '' : `:${line}`}: ${severity}: ${message} [${code}]\n`);
  }
}

/** JSON Lines in, JSON Lines out, same order; a line that is no question is answered with a diagnostic. */
async function batch(): Promise<number> {
  const clusters = new Map<string, ReturnType<typeof buildCluster>>();
  let understood = true;
  for (const [index, line] of (await text(process.stdin)).split('\n').entries()) {
    if (line.trim() === '') continue;
    let answer: Record<string, unknown>;
    try {
      answer = answerTo(JSON.parse(line) as Question, clusters);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      understood = false;
      const message = renderText(msg('cli.question-unreadable', { line: index + 1 }));
      answer = {
        apiVersion: 'podpath.dev/v1',
        id: null,
        unsupported: [],
        diagnostics: [{ severity: 'error', file: null, document: null, line: index + 1, code: 'question', message }],
      };
    }
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
  return understood ? 0 : EXIT.usage;
}

function answerTo(question: Question, clusters: Map<string, ReturnType<typeof buildCluster>>): Record<string, unknown> {
  const id = question.id ?? null;
  const scenario = scenarioText(question.environment ?? {});
  const key = JSON.stringify([question.manifestFile ?? null, question.manifests ?? null, scenario]);
  let cluster = clusters.get(key);
  if (!cluster) {
    const files: { name: string; text: string }[] = [];
    if (question.manifestFile !== undefined) {
      try {
        files.push(...readWorkspace([question.manifestFile]));
      } catch (error) {
        const { code = '' } = error as NodeJS.ErrnoException;
        const message = renderText(msg('cli.file-unreadable', { file: question.manifestFile, reason: code }));
        return {
          apiVersion: 'podpath.dev/v1',
          id,
          unsupported: [],
          diagnostics: [{ severity: 'error', file: question.manifestFile, document: null, line: null, code: 'file', message }],
        };
      }
    }
    if (question.manifests !== undefined) files.push({ name: 'manifests', text: question.manifests });
    cluster = buildCluster(parseManifests([...files, { name: 'environment', text: scenario }]));
    clusters.set(key, cluster);
  }

  let result: Trace | null = null;
  let unsupported: readonly string[] = [];
  if (question.request === undefined || question.request === null) unsupported = ['status conditions'];
  else {
    const unread = unreadBy(question.environment ?? {}, cluster);
    const asked = unread.length > 0 ? { unsupported: unread } : flowOf(question.request, cluster);
    if ('flow' in asked) result = send(cluster, asked.flow, NO_MEMORY).trace;
    else unsupported = asked.unsupported;
  }
  return { id, ...resultOf(result, cluster, cluster.findings, unsupported) };
}
