/** Small worlds for tests of comparisons. */
import type { Workspace } from '../manifests/workspace.ts';
import { parseOrigin } from '../trace/request.ts';
import type { RequestDraft } from '../trace/request-draft.ts';
import { compare } from './compare.ts';
import type { Comparison, CompareQuestion, RowId, WayId } from './comparison.ts';
import { ASSUMED_PRICES } from './cost.ts';
import { renderText } from '../../catalogue/render.ts';

export const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop }
spec:
  replicas: 2
  selector: { matchLabels: { app: api } }
  template:
    metadata: { labels: { app: api } }
    spec: { containers: [{ name: api, image: api:1, ports: [{ containerPort: 8080 }] }] }
`;

export const CLIENT = `apiVersion: v1
kind: Pod
metadata: { name: client, namespace: shop, labels: { app: client } }
spec: { containers: [{ name: client, image: curlimages/curl }] }
`;

export function request(url: string, from = 'external'): RequestDraft {
  return { from: parseOrigin(from)!, method: 'GET', url, headers: [], connectTo: '', followRedirects: false, insecure: false };
}

/** `environment` is the text of `spec.environment`, without indent. */
export function workspaceOf(manifests: readonly string[], environment = ''): Workspace {
  const files = [{ name: 'manifests.yaml', text: manifests.join('---\n') }];
  if (environment === '') return files;
  const lines = environment.trim().split('\n');
  const text = [
    'apiVersion: podpath.dev/v1',
    'kind: Scenario',
    'metadata: { name: test }',
    'spec:',
    '  environment:',
    ...lines.map((line) => `    ${line}`),
    '',
  ];
  return [...files, { name: 'scenario.yaml', text: text.join('\n') }];
}

export function comparing(workspace: Workspace, asked: RequestDraft, more: Partial<CompareQuestion> = {}): Comparison {
  return compare({ workspace, request: asked, workload: null, services: null, prices: ASSUMED_PRICES, ways: [], ...more }).comparison;
}

/** What one cell says, its parts joined. */
export function said(comparison: Comparison, row: RowId, way: WayId): string {
  const column = comparison.columns.findIndex((candidate) => candidate.way === way);
  const cell = comparison.rows.find(({ id }) => id === row)?.cells[column] ?? [];
  return cell.map(({ message }) => renderText(message)).join('; ');
}

export function columnOf(comparison: Comparison, way: WayId) {
  const column = comparison.columns.find((candidate) => candidate.way === way);
  if (column === undefined) throw new Error(`no column ${way}`);
  return column;
}
