/** `--batch`: JSON Lines in, JSON Lines out, same order. */
import { msg, type Message } from '../catalogue/message.ts';
import { renderText } from '../catalogue/render.ts';
import { buildCluster, NO_MEMORY, parseManifests, readRequest, send, type Cluster, type Json, type Workspace } from '../engine/index.ts';
import { draftOfQuestion, scenarioText, type BatchQuestion } from './batch-question.ts';
import { readQuestion } from './question-shape.ts';
import { readWorkspace, unreadable } from './read-files.ts';
import { resultOf, type Diagnostic } from './result.ts';
import { statusOf } from './status.ts';

type Answer = Readonly<Record<string, unknown>>;

/** A line that is no question is answered with a diagnostic. */
export function* answerLines(lines: string): Generator<{ readonly answer: Answer; readonly isQuestion: boolean }> {
  const clusters = new Map<string, Cluster>();
  for (const [index, line] of lines.split('\n').entries()) {
    if (line.trim() === '') continue;
    const read = readQuestion(line);
    if ('question' in read) yield { answer: answerTo(read.question, clusters), isQuestion: true };
    else yield { answer: refusal(null, misfitMessage(read.misfit, index + 1), { code: 'question', line: index + 1 }), isQuestion: false };
  }
}

function misfitMessage(path: string, line: number): Message {
  return path === '' ? msg('cli.question-unreadable', { line }) : msg('cli.question-misfit', { line, path });
}

/** Nothing could be asked: one diagnostic says why. */
function refusal(id: Json, message: Message, where: Pick<Diagnostic, 'code'> & Partial<Pick<Diagnostic, 'file' | 'line'>>): Answer {
  const diagnostic: Diagnostic = { severity: 'error', file: null, document: null, line: null, message: renderText(message), ...where };
  return { apiVersion: 'podpath.dev/v1', id, unsupported: [], diagnostics: [diagnostic] };
}

function answerTo(question: BatchQuestion, clusters: Map<string, Cluster>): Answer {
  const { id = null, manifestFile, request } = question;
  const key = worldKey(question);
  let cluster = clusters.get(key);
  if (cluster === undefined) {
    let world: Workspace;
    try {
      world = worldOf(question);
    } catch (error) {
      return refusal(id, unreadable(error, manifestFile ?? ''), { code: 'file', file: manifestFile ?? null });
    }
    cluster = buildCluster(parseManifests(world));
    clusters.set(key, cluster);
  }

  if (request === undefined) return { id, ...resultOf(null, cluster, cluster.findings, []), ...statusOf(cluster) };
  const asked = draftOfQuestion(request, cluster);
  if ('unsupported' in asked) return { id, ...resultOf(null, cluster, cluster.findings, asked.unsupported) };
  const { flow } = readRequest(asked.draft);
  return { id, ...resultOf(flow && send(cluster, flow, NO_MEMORY).trace, cluster, cluster.findings, []) };
}

const worldKey = ({ manifestFile, manifests, environment }: BatchQuestion) => JSON.stringify([manifestFile, manifests, environment]);

/** The texts that a question is about, as a person would have them on the page. Throws as reading the file does. */
export function worldOf({ manifestFile, manifests, environment = {} }: BatchQuestion): Workspace {
  return [
    ...(manifestFile === undefined ? [] : readWorkspace([manifestFile])),
    ...(manifests === undefined ? [] : [{ name: 'manifests', text: manifests }]),
    { name: 'environment', text: scenarioText(environment) },
  ];
}
