import type { CodeFamily, Problem } from '../../engine/diagnosis.ts';
import type {
  BuildAction,
  Built,
  CompareQuestion,
  Comparison,
  DecideQuestion,
  Decision,
  FieldPath,
  Finding,
  InHand,
  Json,
  LadderQuestion,
  Ladders,
  ObjectRef,
  PaletteEntry,
  PolicyView,
  Reachability,
  RequestDraft,
  StatusPart,
  Through,
  Trace,
  Workspace,
  WorkspaceFile,
} from '../../engine/index.ts';
import type { Analysis, AnalysisQuestion } from './analysis.ts';
import type { Explained, ExplainQuestion, FixQuestion, OfferedFix, ProblemQuestion } from './diagnosis.ts';

/** Everything that the page can ask of its worker: a name, what goes in, what comes out. Plain data both ways. */
export interface Calls {
  readonly analyse: { readonly ask: AnalysisQuestion; readonly answer: Analysis };
  /** A pasted `curl …`: the draft it stands for, what it could not take over, or null when it is no curl command. */
  readonly parseCurl: {
    readonly ask: { readonly command: string; readonly base: RequestDraft };
    readonly answer: { readonly draft: RequestDraft | null; readonly findings: readonly Finding[] };
  };
  /** The same request as a command that a person can run. */
  readonly formatCurl: { readonly ask: RequestDraft; readonly answer: string };
  /** States one field of `scenario.yaml`, which is made when there is none. `undefined` takes the field away. */
  readonly setScenarioField: {
    readonly ask: { readonly workspace: Workspace; readonly path: FieldPath; readonly value: Json | undefined };
    readonly answer: Workspace;
  };
  /** An action on the map or in a form, as edits of the texts; or why it is not possible. */
  readonly build: { readonly ask: { readonly workspace: Workspace; readonly action: BuildAction }; readonly answer: Built };
  /** What can be placed. */
  readonly palette: { readonly ask: null; readonly answer: readonly PaletteEntry[] };
  /** What can be done with an object of the map. */
  readonly takeInHand: { readonly ask: { readonly workspace: Workspace; readonly object: ObjectRef }; readonly answer: InHand };
  /** The object and field that stand at an offset of a file. */
  readonly locateAt: {
    readonly ask: { readonly workspace: Workspace; readonly file: string; readonly offset: number };
    readonly answer: Located | null;
  };
  /** What is wrong, the worst first. */
  readonly problems: { readonly ask: ProblemQuestion; readonly answer: readonly Problem[] };
  /** Edits that mend one problem, the smallest first. */
  readonly fixes: { readonly ask: FixQuestion; readonly answer: readonly OfferedFix[] };
  /** Every code that a finding can have. */
  readonly codes: { readonly ask: null; readonly answer: readonly CodeFamily[] };
  /** What an example of a code shows; null when it shows no such problem. */
  readonly explain: { readonly ask: ExplainQuestion; readonly answer: Explained | null };
  /** The files without the payload of any Secret, and how many values were taken out. */
  readonly redactSecrets: {
    readonly ask: readonly WorkspaceFile[];
    readonly answer: { readonly files: readonly WorkspaceFile[]; readonly removed: number };
  };
  /** What controllers would write into the status of an object of the last analysis. */
  readonly status: { readonly ask: ObjectRef; readonly answer: readonly StatusPart[] };
  /** The same request through every way of exposing a workload. */
  readonly compare: { readonly ask: CompareQuestion; readonly answer: Comparison };
  /** One request in a world of its own: the trace that a cell cites. Null for a request that cannot be read. */
  readonly trace: { readonly ask: { readonly workspace: Workspace; readonly request: RequestDraft }; readonly answer: Trace | null };
  /** A way for a purpose, tried out on these manifests. */
  readonly decide: { readonly ask: DecideQuestion; readonly answer: Decision };
  /** The same request through every Ingress controller in the place of the one whose Pod (`nameKey`) this is, or of the first on its way; null: there is none. */
  readonly through: {
    readonly ask: { readonly workspace: Workspace; readonly request: RequestDraft; readonly pod: string | null };
    readonly answer: Through | null;
  };
  /** The texts with another implementation in the place of a controller, by its index in `Cluster.controllers`. */
  readonly switchController: {
    readonly ask: { readonly workspace: Workspace; readonly controller: number; readonly implementation: string };
    readonly answer: Workspace;
  };
  /** All rules for a host in the order in which they are tried, and those that no request can reach. */
  readonly ladders: { readonly ask: { readonly workspace: Workspace; readonly question: LadderQuestion }; readonly answer: Ladders };
  /** Who may talk to whom by network policies, and one group of Pods in full: the one with this id, else the first that is isolated. */
  readonly policies: {
    readonly ask: { readonly workspace: Workspace; readonly subject: string | null };
    readonly answer: { readonly reach: Reachability; readonly view: PolicyView | null };
  };
}

export interface Located {
  readonly object: ObjectRef;
  readonly path: FieldPath;
}

export type CallName = keyof Calls;

export type Question = { readonly [Name in CallName]: { readonly id: number; readonly call: Name; readonly ask: Calls[Name]['ask'] } }[CallName];

export type Reply =
  /** `words`: templates of the answer's messages that the page has not been sent before. */
  | { readonly id: number; readonly kind: 'answer'; readonly answer: unknown; readonly words: Readonly<Record<string, string>> }
  /** The engine threw: a bug of ours. */
  | { readonly id: number; readonly kind: 'failed'; readonly why: string };
