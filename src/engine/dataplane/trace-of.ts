/** Manifests and a request as texts, the trace as data: how tests and examples enter the engine. */
import { buildCluster } from '../cluster/build-cluster.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { parseManifests } from '../manifests/parse.ts';
import { SCENARIO_FILE } from '../manifests/workspace.ts';
import type { Flow } from '../trace/flow.ts';
import { NO_MEMORY, type Memory } from '../trace/memory.ts';
import type { RequestDraft } from '../trace/request-draft.ts';
import { EXTERNAL_CLIENT, parseOrigin, readRequest } from '../trace/request.ts';
import { send, type Sent } from './send.ts';

/** `from` as on the command line: `external`, an address, `pod/shop/web-0`, `node/node-a`. */
export type TextRequest = Partial<Omit<RequestDraft, 'from'>> & {
  readonly url: string;
  readonly from?: string;
  readonly memory?: Memory;
  /** What cannot be typed in a draft. */
  readonly flow?: Partial<Flow>;
};

/** `scenario` is the text of `spec.environment` in YAML, without indent. */
export function clusterOf(yaml: string, scenario = 'complete: true'): Cluster {
  const environment = scenario
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
  const text = `apiVersion: podpath.dev/v1\nkind: Scenario\nmetadata: { name: scenario }\nspec:\n  environment:\n${environment}\n`;
  return buildCluster(
    parseManifests([
      { name: 'manifests.yaml', text: yaml },
      { name: SCENARIO_FILE, text },
    ]),
  );
}

/** Throws on a request that cannot be read: a mistake in a test, not of a person. */
export function traceOf(cluster: Cluster | string, request: TextRequest | string, scenario?: string): Sent {
  const { memory = NO_MEMORY, from = EXTERNAL_CLIENT, flow: more, ...asked } = typeof request === 'string' ? { url: request } : request;
  const origin = parseOrigin(from);
  if (origin === null) throw new Error(`cannot read the origin ${from}`);
  const draft: RequestDraft = { method: 'GET', headers: [], connectTo: '', followRedirects: false, insecure: false, ...asked, from: origin };
  const { flow } = readRequest(draft);
  if (flow === null) throw new Error(`cannot read the request ${draft.url}`);
  return send(typeof cluster === 'string' ? clusterOf(cluster, scenario) : cluster, { ...flow, ...more }, memory);
}
