/** Every code that a finding can have, in families, for whoever documents them. What each means stands in the catalogue. */
import type { FailureCode } from '../../catalogue/meaning.ts';
import type { FailureId, Severity } from '../manifests/finding.ts';
import { findingFamilies, findingKinds } from './findings/index.ts';
import type { FindingKind } from './finding-kind.ts';

export interface CodeEntry {
  readonly code: FailureCode;
  /** The failure modes that it can be an instance of; empty where the catalogue of failures has none. */
  readonly failures: readonly FailureId[];
  /** Its usual severity: what no request meets is told as a note. */
  readonly severity: Severity;
  /** It shows only where no other finding explains the same. */
  readonly isSymptom: boolean;
}

/** Where the app explains a code, relative to wherever somebody has put the app. */
export function addressOfCode(code: FailureCode): string {
  return `#failures/${code}`;
}

export type FamilyId = keyof typeof findingFamilies | 'texts';

export interface CodeFamily {
  readonly id: FamilyId;
  readonly codes: readonly CodeEntry[];
}

/** What the parser, the API server and the controllers tell by themselves, beside the registry of findings. */
const STATED: Readonly<Partial<Record<FamilyId, readonly CodeEntry[]>>> = {
  texts: [
    stated('yaml-syntax', 'error'),
    stated('not-an-object', 'error'),
    stated('template-not-rendered', 'error'),
    stated('yaml-boolean', 'info'),
    stated('object-applied-twice', 'warning'),
    stated('kind-not-read', 'info'),
    stated('printed-line-unused', 'info'),
    stated('scenario', 'warning'),
    stated('request', 'error'),
  ],
  admission: [
    stated('stored-but-invalid', 'warning'),
    stated('service-name-needs-release', 'warning'),
    stated('node-port-may-collide', 'info'),
    stated('container-incomplete', 'warning'),
    stated('port-name-in-two-containers', 'warning'),
    stated('legacy-ip-format', 'warning'),
    stated('external-ips-deprecated', 'warning'),
    stated('session-affinity-config-ignored', 'warning'),
  ],
  gateways: [
    stated('gateway-without-address', 'warning'),
    stated('gateway-address-unsupported', 'error'),
    stated('gateway-address-unusable', 'warning'),
    stated('gateway-parameters-missing', 'warning'),
    stated('gateway-client-certificate', 'error'),
    stated('gateway-hostname-ip', 'warning'),
    stated('listener-not-accepted', 'warning'),
    stated('listener-set-not-attached', 'warning'),
    stated('listener-route-kinds', 'warning'),
    stated('listener-tls-overlap', 'info'),
    stated('mesh-missing', 'info'),
    stated('route-kinds-mixed', 'info'),
    stated('route-rule-name-twice', 'warning'),
    stated('backend-tls-invalid', 'error', 'F-86'),
    stated('backend-tls-conflict', 'info', 'F-86'),
  ],
  ingressClasses: [stated('controller-not-simulated', 'info')],
  ingressRules: [stated('ingress-annotation-unknown', 'warning')],
  services: [stated('topology-mode-auto', 'info')],
  pods: [stated('too-many-pods', 'info')],
};

function stated(code: FailureCode, severity: Severity, ...failures: readonly FailureId[]): CodeEntry {
  return { code, failures, severity, isSymptom: false };
}

/** Causes whose requests arrive all the same, where the shortest example has no more to show. */
const MILDER: Readonly<Partial<Record<FailureCode, Severity>>> = {
  'headless-port-differs': 'info',
  'network-policy-selects-no-pods': 'info',
  'listener-without-routes': 'info',
  'pod-unschedulable': 'warning',
  'selector-too-broad': 'warning',
  'stateful-set-service-missing': 'warning',
  'unknown-field': 'warning',
};

export function codeFamilies(): readonly CodeFamily[] {
  const seen = new Set<FailureCode>();
  const isNew = ({ code }: FindingKind) => !seen.has(code) && seen.add(code);
  const families = (Object.entries(findingFamilies) as [FamilyId, readonly FindingKind[]][]).map(([id, kinds]) => ({
    id,
    codes: [...kinds.filter(isNew).map(entryOf), ...(STATED[id] ?? [])],
  }));
  return [...families, { id: 'texts', codes: STATED.texts ?? [] }];
}

/** A code that several families raise is one entry, in the first of them. */
function entryOf({ code, role }: FindingKind): CodeEntry {
  const same = findingKinds.filter((kind) => kind.code === code);
  return {
    code,
    failures: [...new Set(same.flatMap(({ decisions }) => Object.values(decisions)))].filter((failure) => failure !== null),
    severity: MILDER[code] ?? (role === 'note' || role === 'opening' || role === 'astray' ? 'warning' : 'error'),
    isSymptom: role === 'symptom',
  };
}
