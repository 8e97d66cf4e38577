import type {
  Assumption,
  Cluster,
  Environment,
  Finding,
  Memory,
  ObjectRef,
  Origin,
  Provenance,
  RequestDraft,
  RequestSuggestion,
  SourceRange,
  Trace,
  Workspace,
} from '../../engine/index.ts';
import type { Scene } from '../../scene/scene.ts';

/** What the page asks its worker. */
export interface AnalysisQuestion {
  readonly workspace: Workspace;
  /** The request that was sent last, if any. */
  readonly request: RequestDraft | null;
  readonly memory: Memory;
  /** Whether somebody builds on the map, so that it shows what is joined to nothing as well. */
  readonly building?: boolean;
}

/** All that the page shows, derived in the worker and replaced whole. Plain data. */
export interface Analysis {
  /** Where each document stands now, to place ranges in the editor. */
  readonly documents: readonly { readonly file: string; readonly index: number; readonly start: number; readonly length: number }[];
  readonly objects: readonly ObjectSummary[];
  /** Syntax, rejections, and what the engine found, worst first. */
  readonly findings: readonly Finding[];
  /** All assumptions of this workspace; those of the request are `trace.assumptions`. */
  readonly assumptions: readonly Assumption[];
  readonly environment: Environment;
  /** The Ingress controllers that run. */
  readonly controllers: readonly ControllerSummary[];
  /** How far boxes of the map were moved down by hand, by their ids; px. */
  readonly arrangement: Readonly<Record<string, number>>;
  readonly suggestions: readonly RequestSuggestion[];
  readonly origins: readonly Origin[];
  readonly trace: Trace | null;
  /** Why the request cannot be read; there is no trace then. */
  readonly requestFindings: readonly Finding[];
  readonly memory: Memory;
  /** Who made the objects on the map and their addresses: by `refKey`, or `refKey#field`. */
  readonly provenance: Readonly<Record<string, Provenance>>;
  /** Values that defaulting gave to the objects on the map: by `refKey`, then by field path. */
  readonly defaults: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The picture: of the trace, or of the quiet network when nothing was sent. */
  readonly scene: Scene | null;
}

export interface ObjectSummary {
  readonly ref: ObjectRef;
  /** Accepted, rejected by the API server's rules, or of a kind this program does not read. */
  readonly state: 'accepted' | 'rejected' | 'unknown-kind' | 'derived';
  readonly range: SourceRange | null;
  readonly madeBy: Provenance | null;
}

export interface ControllerSummary extends Pick<
  Cluster['controllers'][number],
  'name' | 'implementation' | 'classes' | 'statement' | 'standIn' | 'assumption'
> {
  /** In `Cluster.controllers`, where one of a cloud stands once for each of its load balancers. */
  readonly index: number;
  /** How many Ingresses it serves. */
  readonly claims: number;
  /** Implementations that can serve in its place, its own among them. */
  readonly choices: readonly string[];
}
