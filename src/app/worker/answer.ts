import {
  buildCluster,
  formatCurl,
  locateAt,
  parseCurl,
  parseManifests,
  readRequest,
  redactSecrets,
  send,
  setScenarioField,
  statusOf,
  type Cluster,
  type Manifests,
  type RequestDraft,
  type Trace,
  type Workspace,
  type WorkspaceFile,
} from '../../engine/index.ts';
import { today } from './clock.ts';
import { analyse, isSame, type Derived } from './analyse.ts';
import type { Calls, Question } from './protocol.ts';

let derived: Derived | undefined;

type Answer = Calls[keyof Calls]['answer'];

/** Answers one question; what was derived for the last one is kept. A promise where the code has to be loaded first. */
export function answer(question: Question): Answer | Promise<Answer> {
  switch (question.call) {
    case 'analyse': {
      // Nothing half-made is kept when the engine throws.
      const before = derived;
      derived = undefined;
      const next = analyse(question.ask, before);
      derived = next.derived;
      return next.analysis;
    }
    case 'parseCurl':
      return parseCurl(question.ask.command, question.ask.base) ?? { draft: null, findings: [] };
    case 'formatCurl':
      return formatCurl(question.ask);
    case 'setScenarioField':
      return setScenarioField(question.ask.workspace, question.ask.path, question.ask.value);
    case 'locateAt': {
      const located = locateAt(parsed(question.ask.workspace), question.ask.file, question.ask.offset);
      return located && { object: located.object.ref, path: located.path };
    }
    case 'status':
      return derived === undefined ? [] : statusOf(derived.cluster, question.ask);
    // The same for whoever asks what is wrong.
    case 'problems':
      return import('./diagnosing.ts').then(({ problems }) => problems(question.ask));
    case 'fixes':
      return import('./diagnosing.ts').then(({ fixes }) => fixes(question.ask));
    case 'codes':
      return import('./diagnosing.ts').then(({ codeFamilies }) => codeFamilies());
    case 'explain':
      return import('./diagnosing.ts').then(({ explain }) => explain(question.ask));
    case 'redactSecrets':
      return redactAll(question.ask);
    // Whoever compares or builds waits for the code; whoever does not never loads it.
    case 'compare':
      return import('./comparing.ts').then(({ compare }) => compare(question.ask));
    case 'trace':
      return traceOf(question.ask.workspace, question.ask.request);
    case 'decide':
      return import('./comparing.ts').then(({ decide }) => decide(question.ask));
    case 'through': {
      const { workspace, request, pod } = question.ask;
      return import('./switching.ts').then(({ through }) => through(workspace, request, pod));
    }
    case 'switchController': {
      const { workspace, controller, implementation } = question.ask;
      return import('./switching.ts').then(({ switchController }) => switchController(workspace, controller, implementation));
    }
    case 'ladders': {
      const { workspace, question: asked } = question.ask;
      return import('./ranking.ts').then(({ rank }) => rank(clusterOf(workspace), asked));
    }
    case 'policies': {
      const { workspace, subject } = question.ask;
      return import('./reaching.ts').then(({ reach }) => reach(clusterOf(workspace), subject));
    }
    case 'build':
      return import('./building.ts').then(({ build }) => build(question.ask.workspace, question.ask.action, derived?.manifests));
    case 'palette':
      return import('./building.ts').then(({ palette }) => palette());
    case 'takeInHand':
      return import('./building.ts').then(({ takeInHand }) => takeInHand(question.ask.workspace, question.ask.object, derived?.manifests));
  }
}

function traceOf(workspace: Workspace, request: RequestDraft): Trace | null {
  const { flow } = readRequest(request);
  return flow === null ? null : send(buildCluster(parsed(workspace), today()), flow).trace;
}

/** That of the last analysis, if the texts are still the same. */
function clusterOf(workspace: Workspace): Cluster {
  const manifests = parsed(workspace);
  return derived !== undefined && isSame(manifests, derived.manifests) ? derived.cluster : buildCluster(manifests, today());
}

const parsed = (workspace: Workspace): Manifests => parseManifests(workspace, derived?.manifests);

function redactAll(files: readonly WorkspaceFile[]): Calls['redactSecrets']['answer'] {
  const redacted = files.map((file) => ({ name: file.name, ...redactSecrets(file.text) }));
  return {
    files: redacted.map(({ name, text }) => ({ name, text })),
    removed: redacted.reduce((sum, { removed }) => sum + removed, 0),
  };
}
