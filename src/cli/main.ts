/** The command. Prints what was asked for to standard output, everything else to standard error. */
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { msg, type Message } from '../catalogue/message.ts';
import { renderText } from '../catalogue/render.ts';
import {
  buildCluster,
  formatTrace,
  missingSender,
  NO_MEMORY,
  parseManifests,
  parseOrigin,
  readRequest,
  send,
  throughOthers,
  type Finding,
  type Flow,
  type Origin,
  type Workspace,
} from '../engine/index.ts';
import { parseArgs, type TraceArgs } from './args.ts';
import { answerLines } from './batch.ts';
import { worldText } from './batch-question.ts';
import { check } from './check.ts';
import { readWorkspace, unreadable } from './read-files.ts';
import { diagnosticOf, resultOf } from './result.ts';
import { runSavedRequests } from './test.ts';
import { throughAsData, throughAsText } from './through-report.ts';

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
    case 'check':
      return onFiles(parsed.args.files, (files) => check(files, parsed.args));
    case 'test':
      return onFiles(parsed.args.files, (files) => runSavedRequests(files, parsed.args));
  }
}

/** Runs on what the files hold; files that cannot be read are wrong usage. */
function onFiles(names: readonly string[], run: (files: Workspace) => number): number {
  let files: Workspace;
  try {
    files = readWorkspace(names);
  } catch (error) {
    say(unreadable(error, names.join(' ')));
    return EXIT.usage;
  }
  return run(files);
}

function trace(args: TraceArgs): number {
  const from = parseOrigin(args.from);
  if (from === null) {
    say(msg('cli.from-unreadable', { from: args.from }));
    return EXIT.usage;
  }
  return onFiles(args.files, (files) => traceFiles(files, from, args));
}

function traceFiles(files: Workspace, from: Origin, args: TraceArgs): number {
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
  const texts = [{ name: 'podpath', text: worldText(!args.partial) }, ...files];
  const cluster = buildCluster(parseManifests(texts));
  const missing = missingSender(cluster, from);
  if (missing !== null) {
    say(missing);
    return EXIT.usage;
  }
  const { trace: result } = send(cluster, flow, NO_MEMORY);
  if (args.through) return printThrough(texts, flow, args.json) ? EXIT[result.verdict.kind] : EXIT.usage;
  if (args.json) process.stdout.write(`${JSON.stringify(resultOf(result, cluster, cluster.findings, []))}\n`);
  else {
    process.stdout.write(`${formatTrace(result, cluster.manifests)}\n`);
    printProblems(cluster.findings, cluster.manifests);
  }
  return EXIT[result.verdict.kind];
}

/** False where the request meets no Ingress controller. */
function printThrough(texts: Workspace, flow: Flow, json: boolean): boolean {
  const through = throughOthers(texts, flow, null);
  if (through === null) {
    say(msg('cli.through.none'));
    return false;
  }
  process.stdout.write(`${json ? JSON.stringify(throughAsData(through)) : throughAsText(through)}\n`);
  return true;
}

function printProblems(findings: readonly Finding[], manifests: Parameters<typeof diagnosticOf>[1]): void {
  for (const finding of findings) {
    if (finding.severity === 'info') continue;
    const { file, line, severity, code, message } = diagnosticOf(finding, manifests);
    process.stderr.write(`${file ?? ''}${line === null ? '' : `:${line}`}: ${severity}: ${message} [${code}]\n`);
  }
}

async function batch(): Promise<number> {
  let understood = true;
  for (const { answer, isQuestion } of answerLines(await text(process.stdin))) {
    process.stdout.write(`${JSON.stringify(answer)}\n`);
    understood &&= isQuestion;
  }
  return understood ? 0 : EXIT.usage;
}
