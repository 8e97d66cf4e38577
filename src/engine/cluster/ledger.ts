/**
 * What the builders of a cluster write down beside their results: who made what, what was assumed, what is wrong.
 */
import type { FailureCode } from '../../catalogue/meaning.ts';
import type { Message } from '../../catalogue/message.ts';
import type { ApiObject, Defaults } from '../kinds/kind.ts';
import type { Manifests } from '../manifests/document.ts';
import type { Finding, Rejection, RuleId, Severity } from '../manifests/finding.ts';
import { type ObjectRef, refKey } from '../manifests/object-ref.ts';
import { type FieldPath, formatFieldPath } from '../manifests/source.ts';
import type { Assumption } from '../trace/assumption.ts';
import type { Provenance } from './cluster.ts';
import { rangesOf } from './ranges.ts';

export interface Ledger {
  readonly manifests: Manifests;
  readonly provenance: Map<string, Provenance>;
  readonly assumptions: Map<string, Assumption>;
  readonly findings: Finding[];
  readonly rejections: Rejection[];
  /** By `refKey`, then formatted path. */
  readonly defaults: Map<string, Defaults>;
}

/** Notes that `by` made the object, or gave it the value at `path`. */
export function recordProvenance(
  ledger: Ledger,
  made: { readonly object: ObjectRef; readonly path?: FieldPath },
  by: string,
  why: Message,
  from: Provenance['from'] = null,
  assumption: string | null = null,
): void {
  const key = made.path === undefined ? refKey(made.object) : `${refKey(made.object)}#${formatFieldPath(made.path)}`;
  ledger.provenance.set(key, { by, from, why, assumption });
}

/** Raises a finding at a field of an object, or at its head when the text does not hold the field. */
export function recordFinding(
  ledger: Ledger,
  code: FailureCode,
  severity: Severity,
  at: { readonly object: ApiObject; readonly path: FieldPath },
  message: Message,
  rules: readonly RuleId[],
  also: readonly { readonly object: ApiObject; readonly path: FieldPath }[] = [],
): void {
  const ranges = [at, ...also].flatMap(({ object, path }) => rangesOf(ledger.manifests, object, path));
  ledger.findings.push({ code, severity, message, ranges, object: at.object.ref, path: at.path, rules });
}
