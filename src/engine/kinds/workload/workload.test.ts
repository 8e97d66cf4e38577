import { describe, expect, it } from 'vitest';
import { acceptedFrom, admitText, defaultsOf, refusalsOf } from '../admit-text.ts';
import { findKind } from '../find-kind.ts';
import { selectorMatches } from './label-selector.ts';
import type { Workload } from './workload-spec.ts';

const TEMPLATE = 'template: { metadata: { labels: { app: a } }, spec: { containers: [{ name: a, image: b }] } }';
const SELECTOR = 'selector: { matchLabels: { app: a } }';
const ENDING = 'template: { spec: { restartPolicy: Never, containers: [{ name: a, image: b }] } }';
const text = (kind: string, spec: string) => {
  const apiVersion = kind === 'ReplicationController' ? 'v1' : kind.endsWith('Job') ? 'batch/v1' : 'apps/v1';
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: a }\nspec: { ${spec} }\n`;
};

describe('what the API server refuses', () => {
  it.each([
    ['Deployment', TEMPLATE, ['Required spec.selector S4.3.2']],
    ['Deployment', `selector: {}, ${TEMPLATE}`, ['Invalid spec.selector S4.3.2']],
    ['Deployment', `selector: { matchLabels: { app: b } }, ${TEMPLATE}`, ['Invalid spec.template.metadata.labels S4.3.2']],
    [
      'Deployment',
      `selector: { matchExpressions: [{ key: app, operator: NotIn, values: [a] }] }, ${TEMPLATE}`,
      ['Invalid spec.template.metadata.labels S4.3.2'],
    ],
    [
      'Deployment',
      `selector: { matchExpressions: [{ key: app, operator: In }] }, ${TEMPLATE}`,
      ['Required spec.selector.matchExpressions[0].values S4.3.2', 'Invalid spec.template.metadata.labels S4.3.2'],
    ],
    [
      'Deployment',
      `selector: { matchExpressions: [{ key: app, operator: Exists, values: [a] }] }, ${TEMPLATE}`,
      ['Forbidden spec.selector.matchExpressions[0].values S4.3.2'],
    ],
    [
      'Deployment',
      `selector: { matchLabels: { app: a }, matchExpressions: [{ key: app, operator: Is }] }, ${TEMPLATE}`,
      ['Invalid spec.selector.matchExpressions[0].operator S4.3.2'],
    ],
    ['Deployment', SELECTOR, ['Required spec.template S4.3']],
    ['Deployment', `replicas: -1, ${SELECTOR}, ${TEMPLATE}`, ['Invalid spec.replicas S4.3']],
    [
      'Deployment',
      `${SELECTOR}, template: { metadata: { labels: { app: a } }, spec: { restartPolicy: Never, containers: [{ name: a, image: b }] } }`,
      ['NotSupported spec.template.spec.restartPolicy S4.3'],
    ],
    ['ReplicaSet', `selector: { matchLabels: { app: b } }, ${TEMPLATE}`, ['Invalid spec.template.metadata.labels S4.3.2']],
    ['StatefulSet', `selector: { matchLabels: { app: b } }, ${TEMPLATE}`, ['Invalid spec.template.metadata.labels S4.3.2']],
    ['DaemonSet', TEMPLATE, ['Required spec.selector S4.3.2']],
    ['ReplicationController', `selector: { app: b }, ${TEMPLATE}`, ['Invalid spec.template.metadata.labels S4.3.2']],
    ['Job', TEMPLATE, ['Required spec.template.spec.restartPolicy S4.3']],
    ['CronJob', `jobTemplate: { spec: { ${TEMPLATE} } }`, ['Required spec.jobTemplate.spec.template.spec.restartPolicy S4.3']],
    [
      'Deployment',
      `${SELECTOR}, template: { metadata: { labels: { app: a } }, spec: { containers: [{ name: a, image: b, ports: [{ containerPort: 0 }] }] } }`,
      ['Required spec.template.spec.containers[0].ports[0].containerPort S4.3.1'],
    ],
  ])('%s { %s }', (kind, spec, expected) => {
    expect(refusalsOf(text(kind, spec))).toEqual(expected);
  });
});

describe('what the API server takes', () => {
  it.each([
    ['Deployment', `replicas: 0, ${SELECTOR}, ${TEMPLATE}`],
    ['Deployment', `selector: { matchExpressions: [{ key: app, operator: In, values: [a, b] }, { key: x, operator: DoesNotExist }] }, ${TEMPLATE}`],
    ['ReplicationController', TEMPLATE],
    ['Job', ENDING],
    ['CronJob', `schedule: "@daily", jobTemplate: { spec: { ${ENDING} } }`],
  ])('%s { %s }', (kind, spec) => {
    expect(refusalsOf(text(kind, spec))).toEqual([]);
  });
});

describe('fields', () => {
  it('one Pod unless it says how many', () => {
    expect(acceptedFrom<Workload>(text('Deployment', `${SELECTOR}, ${TEMPLATE}`)).replicas).toBe(1);
    expect(defaultsOf(text('Deployment', `${SELECTOR}, ${TEMPLATE}`))).toMatchObject({ 'spec.replicas': '1', 'spec.template.spec.dnsPolicy': 'ClusterFirst' });
    expect(acceptedFrom<Workload>(text('Deployment', `replicas: 0, ${SELECTOR}, ${TEMPLATE}`)).replicas).toBe(0);
    expect(acceptedFrom<Workload>(text('Job', `parallelism: 3, ${ENDING}`)).replicas).toBe(3);
  });

  it('a ReplicationController without a selector selects what its template is labelled', () => {
    expect(acceptedFrom<Workload>(text('ReplicationController', TEMPLATE)).selector).toEqual({ matchLabels: { app: 'a' }, matchExpressions: [] });
  });

  it('Pods of a Job carry its name', () => {
    expect(acceptedFrom<Workload>(text('Job', ENDING)).template.labels).toEqual({ 'batch.kubernetes.io/job-name': 'a', 'job-name': 'a' });
    expect(defaultsOf(text('Job', ENDING))['spec.template.metadata.labels.job-name']).toBe('a');
  });

  it('a StatefulSet names its Service and where it begins to count', () => {
    const { objects } = admitText(text('StatefulSet', `serviceName: db, ordinals: { start: 5 }, ${SELECTOR}, ${TEMPLATE}`));
    expect(objects[0]).toMatchObject({ serviceName: 'db', ordinalsStart: 5 });
    expect(findKind('apps/v1', 'StatefulSet')!.kind.references(objects[0]!)).toEqual([
      { path: ['spec', 'serviceName'], to: { kind: 'Service', namespace: 'default', name: 'db' } },
    ]);
  });
});

describe('label selectors', () => {
  const matches = (operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist', labels: Record<string, string>) =>
    selectorMatches({ matchLabels: {}, matchExpressions: [{ key: 'app', operator, values: operator.endsWith('In') ? ['a'] : [] }] }, labels);

  it('an absent label is in no list and not in any', () => {
    expect([matches('In', {}), matches('NotIn', {}), matches('Exists', {}), matches('DoesNotExist', {})]).toEqual([false, true, false, true]);
    expect([matches('In', { app: 'a' }), matches('NotIn', { app: 'a' }), matches('Exists', { app: '' }), matches('DoesNotExist', { app: '' })]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });

  it('a label is one that was written, whatever it is called', () => {
    expect(selectorMatches({ matchLabels: {}, matchExpressions: [{ key: 'constructor', operator: 'Exists', values: [] }] }, {})).toBe(false);
  });
});
