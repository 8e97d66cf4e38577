import { describe, expect, it } from 'vitest';
import { scenario } from '../kinds/scenario/scenario.ts';
import { parseManifests } from './parse.ts';
import { setScenarioField } from './scenario-text.ts';

const CLOUD = ['spec', 'environment', 'cloud'];

describe('stating something about the world', () => {
  it('makes a scenario.yaml that reads without a complaint', () => {
    const workspace = setScenarioField([{ name: 'a.yaml', text: '' }], CLOUD, 'gcp');
    expect(workspace[1]).toEqual({
      name: 'scenario.yaml',
      text: 'apiVersion: podpath.dev/v1\nkind: Scenario\nmetadata:\n  name: scenario\nspec:\n  environment:\n    cloud: gcp\n',
    });
    const { object, findings } = scenario.read(parseManifests(workspace).objects[0]!);
    expect(findings).toEqual([]);
    expect(object?.environment).toEqual({ cloud: 'gcp' });
  });

  it('changes the one that is there and nothing else', () => {
    const text = '# mine\napiVersion: podpath.dev/v1\nkind: Scenario # ours\nmetadata: { name: s }\nspec: { environment: { cloud: aws-lbc } }\n';
    const other = { name: 'a.yaml', text: 'kind: Service\n' };
    const changed = setScenarioField([other, { name: 'scenario.yaml', text }], CLOUD, 'gcp');
    expect(changed[0]).toBe(other);
    expect(changed[1]?.text).toBe(text.replace('aws-lbc', 'gcp'));
    expect(setScenarioField(changed, ['spec', 'environment', 'assume', 'dns:a.b'], false)[1]?.text).toContain('{ cloud: gcp, assume: { dns:a.b: false } }');
    expect(setScenarioField(changed, CLOUD, undefined)[1]?.text).toContain('spec: { environment: {} }');
    expect(setScenarioField(changed, CLOUD, 'gcp')).toBe(changed);
  });

  it('changes a Scenario that stands among manifests', () => {
    const text = 'kind: Service\n---\napiVersion: podpath.dev/v1\nkind: Scenario\nmetadata:\n  name: s\n---\nkind: Pod\n';
    expect(setScenarioField([{ name: 'all.yaml', text }], CLOUD, 'gcp')[0]?.text).toBe(
      text.replace('name: s\n', 'name: s\nspec:\n  environment:\n    cloud: gcp\n'),
    );
  });

  it('adds to a scenario.yaml that holds none, and takes nothing away where nothing is', () => {
    const workspace = [{ name: 'scenario.yaml', text: 'a: [' }];
    expect(setScenarioField(workspace, CLOUD, 'gcp')[0]?.text).toMatch(/^a: \[\n---\napiVersion: podpath/);
    expect(setScenarioField(workspace, CLOUD, undefined)).toBe(workspace);
    expect(setScenarioField([{ name: 'scenario.yaml', text: '\n' }], CLOUD, 'gcp')[0]?.text).toMatch(/^apiVersion/);
  });
});
