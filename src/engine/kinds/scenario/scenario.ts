/**
 * Our own document, `podpath.dev/v1` Scenario: what manifests cannot say about the world, and saved requests. Wrong
 * keys and values are findings and are left out; the document itself always counts.
 */
import type { Message } from '../../../catalogue/message.ts';
import { msg } from '../../../catalogue/message.ts';
import type { Json, JsonObject, ManifestObject } from '../../manifests/document.ts';
import type { Finding } from '../../manifests/finding.ts';
import { isList, isObject } from '../../manifests/json.ts';
import type { FieldPath } from '../../manifests/source.ts';
import type { FlowDetails, Origin } from '../../trace/flow.ts';
import { EXTERNAL_CLIENT, parseOrigin, readRequest } from '../../trace/request.ts';
import type { Admission, Kind } from '../kind.ts';
import { environmentShape, requestShape } from './environment-shape.ts';
import type { EnvironmentSpec, SavedRequest, Scenario } from './scenario-spec.ts';
import { anything, readShape, type Shape } from './shape.ts';

/** Requests are read one by one, so that a wrong one spares the others. */
const specShape: Shape = {
  kind: 'fields',
  fields: {
    environment: environmentShape,
    requests: { kind: 'list', of: anything },
    arrangement: { kind: 'entries', of: { kind: 'integer', min: -5000, max: 5000 } },
  },
};

export const scenario: Kind<Scenario> = {
  kind: 'Scenario',
  plural: 'scenarios',
  apiVersions: ['podpath.dev/v1'],
  removed: {},
  namespaced: false,
  role: 'none',
  docs: 'https://kubernetes.io/docs/concepts/services-networking/',
  template: `apiVersion: podpath.dev/v1
kind: Scenario
metadata:
  name: scenario
spec:
  environment:
    cloud: none
  requests:
  - name: home
    from: { external: 203.0.113.7 }
    url: http://shop.example.com/
`,
  read: readScenario,
  references: () => [],
};

function readScenario(manifest: ManifestObject): Admission<Scenario> {
  const findings: Finding[] = [];
  const complain = (message: Message, path: FieldPath, severity: Finding['severity'] = 'error'): void => {
    findings.push({ code: 'scenario', severity, message, ranges: [], object: manifest.ref, path, rules: ['S1.3'] });
  };
  const spec = readShape(specShape, manifest.value['spec'], ['spec'], complain);
  const { requests, arrangement, ...read }: JsonObject = isObject(spec) ? spec : {};
  // The shape admits exactly what the type says.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const environment = (read['environment'] ?? {}) as EnvironmentSpec;
  for (const [index, { kind, insteadOf }] of environment.controllers?.entries() ?? []) {
    if (kind !== 'ingress' && insteadOf !== undefined)
      complain(msg('manifests.scenario.instead-of'), ['spec', 'environment', 'controllers', index, 'insteadOf']);
  }
  const { name, namespace } = manifest.ref;
  return {
    object: {
      ref: manifest.ref,
      metadata: { name, namespace, labels: {}, annotations: {}, creationTimestamp: null, deletionTimestamp: null, owners: [] },
      manifest,
      order: manifest.order,
      environment,
      // The shape admits exactly what the type says.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      arrangement: (arrangement ?? {}) as Scenario['arrangement'],
      requests: (isList(requests) ? requests : []).flatMap((request, index) => savedRequest(request, ['spec', 'requests', index], complain) ?? []),
    },
    rejections: [],
    findings,
    defaults: {},
  };
}

/** As the request shape leaves it. */
interface RequestFields extends FlowDetails {
  readonly name: string;
  readonly url: string;
  readonly from?:
    | string
    | {
        readonly external?: string;
        readonly pod?: string;
        readonly node?: string;
        readonly deployment?: string;
        readonly workload?: string;
        readonly kind?: string;
      };
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly connectTo?: string;
  readonly followRedirects?: boolean;
  readonly insecure?: boolean;
  readonly expect?: Json;
}

function savedRequest(value: Json, path: FieldPath, complain: (message: Message, path: FieldPath) => void): SavedRequest | null {
  // The shape admits exactly what the type says.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const fields = readShape(requestShape, value, path, complain) as RequestFields | undefined;
  if (fields === undefined) return null;
  const from = originOf(fields.from);
  if (from === null) {
    complain(msg('manifests.scenario.from', { name: fields.name }), [...path, 'from']);
    return null;
  }
  const { flow, findings } = readRequest({
    from,
    method: fields.method ?? 'GET',
    url: fields.url,
    headers: Object.entries(fields.headers ?? {}),
    connectTo: fields.connectTo ?? '',
    followRedirects: fields.followRedirects ?? false,
    insecure: fields.insecure ?? false,
    details: detailsOf(fields),
  });
  if (flow === null) {
    for (const finding of findings) complain(finding.message, [...path, 'url']);
    return null;
  }
  return { name: fields.name, flow, expect: fields.expect ?? null };
}

function detailsOf({ sni, hsts, httpVersion, viaNode, clientCertificate, backend }: RequestFields): FlowDetails {
  return {
    ...(sni !== undefined && { sni }),
    ...(hsts === true && { hsts }),
    ...(httpVersion !== undefined && { httpVersion }),
    ...(viaNode !== undefined && { viaNode }),
    ...(clientCertificate !== undefined && { clientCertificate }),
    ...(backend !== undefined && { backend }),
  };
}

function originOf(from: RequestFields['from']): Origin | null {
  if (from === undefined) return { kind: 'external', ip: EXTERNAL_CLIENT };
  if (typeof from === 'string') return parseOrigin(from);
  if (from.external !== undefined) return { kind: 'external', ip: from.external };
  if (from.node !== undefined) return { kind: 'node', name: from.node };
  if (from.pod !== undefined) return parseOrigin(`pod/${from.pod}`);
  const [namespace = '', name = ''] = (from.deployment ?? from.workload ?? '').split('/');
  return { kind: 'workload', workloadKind: from.deployment === undefined ? (from.kind ?? '') : 'Deployment', namespace, name };
}
