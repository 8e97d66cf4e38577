/**
 * Admission: every object as the API server would take it, or why it would not (S1.5 phase A, without allocation).
 * A rejected object does not exist for what follows.
 */
import { msg, type Message } from '../../catalogue/message.ts';
import type { ManifestObject, Manifests } from '../manifests/document.ts';
import type { Finding, Rejection } from '../manifests/finding.ts';
import { locateField } from '../manifests/locate.ts';
import { nameKey, refKey } from '../manifests/object-ref.ts';
import { nearest } from '../manifests/near-miss.ts';
import { findKind, groupOf, type FoundKind } from './find-kind.ts';
import { GATEWAY_GROUP } from './gateway-api/names.ts';
import { kinds } from './index.ts';
import type { Admission, ApiObject, Defaults, Kind } from './kind.ts';
import { unknownFields } from './unknown-fields.ts';
import { classifyUnread } from './unread-kinds.ts';

export interface Admitted {
  /** Accepted objects in the order of the texts; each name of a kind once. */
  readonly objects: readonly ApiObject[];
  readonly rejections: readonly Rejection[];
  readonly findings: readonly Finding[];
  /** By `refKey`, then formatted path: Service/shop/api → `spec.type` → `ClusterIP`. Accepted objects only. */
  readonly defaults: ReadonlyMap<string, Defaults>;
  /** Objects of kinds that are not read. */
  readonly unknown: readonly ManifestObject[];
}

export function admit(manifests: Manifests): Admitted {
  const objects = new Map<string, ApiObject>();
  const applied = new Map<string, ManifestObject>();
  const rejections: Rejection[] = [];
  const findings: Finding[] = [];
  const defaults = new Map<string, Defaults>();
  const unknown: ManifestObject[] = [];

  for (const manifest of manifests.objects) {
    const found = findKind(manifest.apiVersion, manifest.ref.kind);
    if (found === null) {
      unknown.push(manifest);
      continue;
    }
    const { object, ...said } = found.served ? readOnce(manifests, found.kind, manifest) : unserved(found, manifest);
    rejections.push(...said.rejections);
    findings.push(...said.findings);
    if (object === null) continue;
    const key = refKey(object.ref);
    const earlier = applied.get(key);
    const before = objects.get(key);
    const refused = before === undefined ? [] : (found.kind.update?.(before, object) ?? []);
    rejections.push(...refused);
    if (refused.length > 0) continue;
    if (earlier !== undefined) findings.push(appliedTwice(manifests, earlier, manifest));
    // The later one replaces the earlier, and stands where it stands in the texts.
    objects.delete(key);
    objects.set(key, object);
    applied.set(key, manifest);
    defaults.set(key, said.defaults);
  }
  return { objects: [...objects.values()], rejections, findings: [...findings, ...unreadFindings(manifests, unknown)], defaults, unknown };
}

/** Reading depends on nothing but the text, and most texts did not change since the last time. Ranges are relative to it. */
const read = new WeakMap<ManifestObject, Admission>();

function readOnce(manifests: Manifests, kind: Kind, manifest: ManifestObject): Admission {
  const known = read.get(manifest);
  if (known !== undefined) return known;
  const admission = kind.read(manifest);
  const findings = [...admission.findings, ...unknownFields(manifest)].map((finding) => ({
    ...finding,
    ranges: [locateField(manifests, manifest, finding.path ?? []).range],
  }));
  const placed = { ...admission, findings };
  read.set(manifest, placed);
  return placed;
}

/** `kubectl apply` ends with "no matches for kind" (S2.12). */
function unserved(found: FoundKind & { readonly served: false }, manifest: ManifestObject): Admission {
  const { kind, removedIn } = found;
  const args = { apiVersion: manifest.apiVersion, kind: kind.kind, replacement: kind.apiVersions[0]! };
  const message: Message =
    removedIn === null
      ? msg('rejection.never-served', args)
      : kind.kind === 'Ingress'
        ? msg('rejection.removed.ingress', { ...args, release: removedIn })
        : groupOf(manifest.apiVersion) === GATEWAY_GROUP
          ? msg('rejection.removed.gateway-api', { ...args, release: removedIn })
          : msg('rejection.removed', { ...args, release: removedIn });
  const rejection: Rejection = { object: manifest.ref, path: ['apiVersion'], category: 'NotSupported', message, rule: 'S2.12' };
  return { object: null, rejections: [rejection], findings: [], defaults: {} };
}

function appliedTwice(manifests: Manifests, earlier: ManifestObject, later: ManifestObject): Finding {
  const { kind, namespace, name } = later.ref;
  const path = ['metadata', 'name'];
  return {
    code: 'object-applied-twice',
    severity: 'warning',
    message: msg('rejection.note.applied-twice', { kind, name: nameKey(namespace, name) }),
    ranges: [later, earlier].map((manifest) => locateField(manifests, manifest, path).range),
    object: later.ref,
    path,
    rules: ['S1.1'],
  };
}

const MAX_RANGES = 8;

/** The kind of the same API group that was meant: `kubectl apply` knows no other of nearly the same name. */
function misspelt(apiVersion: string, kind: string): string | null {
  const ofGroup = kinds.filter(({ apiVersions }) => apiVersions.some((version) => groupOf(version) === groupOf(apiVersion)));
  return (
    nearest(
      kind,
      ofGroup.map((one) => one.kind),
    )?.word ?? null
  );
}

/** One finding for each kind, not for each object: a cluster may hold thousands. */
function unreadFindings(manifests: Manifests, unknown: readonly ManifestObject[]): readonly Finding[] {
  const byKind = new Map<string, ManifestObject[]>();
  for (const manifest of unknown) {
    const key = `${manifest.apiVersion} ${manifest.ref.kind}`;
    const same = byKind.get(key);
    if (same === undefined) byKind.set(key, [manifest]);
    else same.push(manifest);
  }
  return [...byKind.values()].flatMap((same): readonly Finding[] => {
    const { apiVersion, ref } = same[0]!;
    const unread = classifyUnread(apiVersion, ref.kind);
    if (unread === 'silent') return [];
    const ranges = same.slice(0, MAX_RANGES).map((manifest) => locateField(manifests, manifest, ['kind']).range);
    const meant = misspelt(apiVersion, ref.kind);
    if (meant !== null) {
      const message = msg('rejection.note.kind-misspelt', { kind: ref.kind, apiVersion, meant });
      return [{ code: 'kind-misspelt', severity: 'error', message, ranges, object: ref, path: ['kind'], rules: ['S2.12'] }];
    }
    const args = { kind: ref.kind, apiVersion };
    return [
      {
        code: 'kind-not-read',
        severity: unread === 'missing' ? 'warning' : 'info',
        message: unread === 'missing' ? msg('rejection.note.kind-not-read-yet', args) : msg('rejection.note.kind-not-read', args),
        ranges,
        object: ref,
        path: ['kind'],
        rules: unread === 'missing' ? ['S2.8', 'S2.9', 'S2.11'] : ['S2.11'],
      },
    ];
  });
}
