import { parseManifests } from '../manifests/parse.ts';
import { SCENARIO_FILE } from '../manifests/workspace.ts';
import { buildCluster } from './build-cluster.ts';
import type { Cluster } from './cluster.ts';

/**
 * The cluster of one text, with an environment as its own YAML text where one matters. For tests and for the command;
 * the page parses its workspace itself, to parse it only once.
 */
export function clusterOf(yaml: string, environment = ''): Cluster {
  const files = [{ name: 'manifests.yaml', text: yaml }];
  if (environment !== '') files.push({ name: SCENARIO_FILE, text: scenario(environment) });
  return buildCluster(parseManifests(files));
}

function scenario(environment: string): string {
  const lines = environment
    .trim()
    .split('\n')
    .map((line) => `    ${line}`);
  return ['apiVersion: podpath.dev/v1', 'kind: Scenario', 'metadata: { name: test }', 'spec:', '  environment:', ...lines, ''].join('\n');
}
