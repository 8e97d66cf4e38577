/** Reading any workload into the one shape (S2.4, S4.3). Kinds differ in where the template stands and who selects. */
import { msg } from '../../../catalogue/message.ts';
import type { ManifestObject } from '../../manifests/document.ts';
import type { Rejection } from '../../manifests/finding.ts';
import type { Field } from '../field.ts';
import { refuseChanges } from '../immutable.ts';
import type { Admission } from '../kind.ts';
import { readObject } from '../metadata.ts';
import { type PodTemplate, readPodTemplate } from '../pod/pod-template.ts';
import { oneOf, required, shown } from '../field-rules.ts';
import { isEmptySelector, readLabelSelector, selectorMatches } from './label-selector.ts';
import type { LabelSelector, Workload, WorkloadKind } from './workload-spec.ts';

export interface WorkloadFields {
  /** Path of the field that holds selector and template: `['spec']` for all but CronJobs. */
  readonly spec: readonly string[];
  /** The field that says how many Pods; null where nothing does. */
  readonly count: 'replicas' | 'parallelism' | null;
  /** Who its Pods are: `required` in apps/v1, a plain map for ReplicationControllers, made by a controller for Jobs. */
  readonly selector: 'required' | 'map' | 'generated';
  readonly restartPolicies: readonly string[];
}

export const RESTARTED_ALWAYS = ['Always'] as const;
export const RUN_TO_COMPLETION = ['OnFailure', 'Never'] as const;

export function readWorkload(manifest: ManifestObject, fields: WorkloadFields): Admission<Workload> {
  return readObject(manifest, 'dns1123-subdomain', (root, base): Workload => {
    const spec = root.at(...fields.spec);
    const selector = readSelector(spec, fields);
    const replicas = readCount(spec, fields);
    const template = readTemplate(spec.get('template'), fields);
    checkSelector(spec, fields, selector, template);
    return {
      ...base,
      // Every descriptor of this folder reads manifests of its own kind only.
      ref: { ...base.ref, kind: base.ref.kind as WorkloadKind },
      replicas,
      selector: selector ?? (fields.selector === 'map' ? { matchLabels: template.labels, matchExpressions: [] } : null),
      template,
      serviceName: base.ref.kind === 'StatefulSet' ? spec.get('serviceName').filledText() : null,
      ordinalsStart: base.ref.kind === 'StatefulSet' ? (spec.at('ordinals', 'start').integer() ?? 0) : 0,
    };
  });
}

/** The selector of a workload in apps/v1 cannot change. */
export function keepsSelector(before: Workload, after: Workload): readonly Rejection[] {
  const told = ({ selector }: Workload) => (selector === null ? null : describe(selector));
  return refuseChanges(after, [{ path: ['spec', 'selector'], before: told(before), after: told(after), rule: 'S4.3.2' }]);
}

function readSelector(spec: Field, fields: WorkloadFields): LabelSelector | null {
  const field = spec.get('selector');
  switch (fields.selector) {
    case 'map': {
      const matchLabels = field.textMap();
      return Object.keys(matchLabels).length === 0 ? null : { matchLabels, matchExpressions: [] };
    }
    case 'generated':
      return readLabelSelector(field);
    case 'required': {
      const selector = readLabelSelector(field);
      if (selector === null) field.reject('Required', 'S4.3.2', msg('rejection.selector.required', { path: field.name }));
      else if (isEmptySelector(selector)) field.reject('Invalid', 'S4.3.2', msg('rejection.selector.empty', { path: field.name }));
      return selector;
    }
  }
}

function readCount(spec: Field, fields: WorkloadFields): number {
  if (fields.count === null) return 1;
  const field = spec.get(fields.count);
  const count = field.integer();
  if (count === null) return field.default(1, 'S2.4');
  if (count < 0) field.reject('Invalid', 'S4.3', msg('rejection.negative', { path: field.name, value: count }));
  return count;
}

/** Stands in an object that is rejected anyway. */
const NO_TEMPLATE: PodTemplate = {
  labels: {},
  annotations: {},
  spec: {
    containers: [],
    nodeName: null,
    nodeSelector: {},
    nodeAffinity: [],
    hostNetwork: false,
    hostname: null,
    subdomain: null,
    dnsPolicy: 'ClusterFirst',
    dnsConfig: { nameservers: [], searches: [], ndots: null },
    readinessGates: [],
    serviceAccountName: null,
  },
};

function readTemplate(field: Field, fields: WorkloadFields): PodTemplate {
  if (!field.isSet) {
    required(field, 'S4.3');
    return NO_TEMPLATE;
  }
  const restart = field.at('spec', 'restartPolicy');
  // Unset is `Always`, which is no choice for Pods that are to end: the API server calls both a missing value.
  restart.offers(fields.restartPolicies);
  const policy = restart.filledText() ?? 'Always';
  if (!fields.restartPolicies.includes(policy)) {
    if (policy === 'Always')
      restart.reject('Required', 'S4.3', msg('rejection.workload.restart-policy', { path: restart.name, allowed: fields.restartPolicies }));
    else oneOf(restart, fields.restartPolicies, 'S4.3');
  }
  return readPodTemplate(field);
}

function checkSelector(spec: Field, fields: WorkloadFields, selector: LabelSelector | null, template: PodTemplate): void {
  if (selector === null || isEmptySelector(selector) || fields.selector === 'generated' || !spec.get('template').isSet) return;
  if (selectorMatches(selector, template.labels)) return;
  const labels = spec.at('template', 'metadata', 'labels');
  labels.reject('Invalid', 'S4.3.2', msg('rejection.selector.no-match', { path: labels.name, selector: shown(describe(selector)) }));
}

function describe(selector: LabelSelector): string {
  return [
    ...Object.entries(selector.matchLabels).map(([key, value]) => `${key}=${value}`),
    ...selector.matchExpressions.map(({ key, operator, values }) => `${key} ${operator} ${values.join(',')}`.trim()),
  ].join(', ');
}
