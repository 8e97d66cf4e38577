/**
 * The words of `trace --batch` mapped to the words of the engine, here and nowhere else: an environment becomes the
 * Scenario document it means, a request becomes what a person would type.
 */
import { formatConnectTo, parseOrigin, readRequest, type Cluster, type FlowDetails, type Json, type Origin, type RequestDraft } from '../engine/index.ts';

export interface BatchQuestion {
  readonly id?: Json;
  readonly manifestFile?: string;
  readonly manifests?: string;
  readonly environment?: BatchEnvironment;
  readonly request?: BatchRequest;
}

interface BatchEnvironment {
  readonly provider?: 'kind' | 'metallb' | 'bare-metal' | 'gcp';
  readonly clusterDNS?: boolean;
  readonly clusterDomain?: string;
  readonly networkPolicy?: boolean;
  readonly clusterCIDR?: string;
  readonly serviceCIDR?: string;
  readonly kubeProxy?: {
    readonly mode?: string;
    readonly masqueradeAll?: boolean;
    readonly localhostNodePorts?: boolean;
    readonly nodePortAddresses?: readonly string[];
    readonly localTrafficDetector?: boolean;
  };
  readonly controllers?: Readonly<
    Record<
      string,
      {
        readonly profile?: string;
        readonly name?: string;
        readonly config?: Readonly<Record<string, string>>;
        readonly args?: readonly string[];
        readonly unsupportedFeatures?: readonly string[];
      }
    >
  >;
}

type BatchClient = string | { readonly pod?: string; readonly deployment?: string; readonly workload?: string; readonly kind?: string; readonly node?: string };

interface BatchRequest {
  readonly from?: BatchClient;
  readonly clientIP?: string;
  readonly method?: string;
  readonly url?: string;
  readonly connectTo?: { readonly gateway?: string; readonly ingress?: boolean; readonly port?: number };
  readonly to?: {
    readonly pod?: string;
    readonly deployment?: string;
    readonly workload?: string;
    readonly kind?: string;
    readonly port: number;
    readonly protocol?: string;
  };
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly sni?: string;
  readonly clientCertificate?: string;
  readonly protocol?: string;
  readonly viaNode?: string;
  readonly followRedirects?: boolean;
  readonly backend?: {
    readonly responseHeaders?: Readonly<Record<string, string>>;
    readonly delay?: string | number;
    readonly failFirstAttempts?: number;
    readonly failStatus?: number;
    readonly failConnection?: boolean;
    readonly failDelay?: string | number;
  };
}

const CLOUD = { kind: 'none', 'bare-metal': 'none', metallb: 'metallb-l2', gcp: 'gcp' } as const;
const CONTROLLER_KIND = new Map([
  ['ingressclass', 'ingress'],
  ['gatewayclass', 'gateway'],
]);

/** The Scenario document, as JSON text, that says what the environment says. Always a closed world (S1.3a). */
export function scenarioText(environment: BatchEnvironment): string {
  const { kubeProxy } = environment;
  const controllers = Object.entries(environment.controllers ?? {}).map(([key, value]) => {
    const [kind, name = kind] = key.split('/');
    return {
      kind: CONTROLLER_KIND.get(kind ?? '') ?? 'mesh',
      name: value.name ?? name,
      implementation: value.name ?? 'generic',
      class: name,
      ...(value.config && { config: value.config }),
      ...(value.args && { args: value.args }),
      ...(value.unsupportedFeatures && { unsupportedFeatures: value.unsupportedFeatures }),
    };
  });
  const isConformant = Object.values(environment.controllers ?? {}).some(
    ({ profile }) => profile === 'gateway-api-conformant' || profile === 'gamma-conformant',
  );
  const spec = {
    environment: {
      complete: true,
      ...(environment.provider && { cloud: CLOUD[environment.provider] }),
      ...(environment.clusterDomain && { clusterDomain: environment.clusterDomain }),
      ...(environment.clusterCIDR && { podCIDR: [environment.clusterCIDR] }),
      ...(environment.serviceCIDR && { serviceCIDR: [environment.serviceCIDR] }),
      ...(environment.networkPolicy !== undefined && { cniEnforcesNetworkPolicy: environment.networkPolicy }),
      ...(kubeProxy?.mode && { proxyMode: kubeProxy.mode }),
      ...(kubeProxy?.masqueradeAll !== undefined && { masqueradeAll: kubeProxy.masqueradeAll }),
      ...(kubeProxy?.localhostNodePorts !== undefined && { localhostNodePorts: kubeProxy.localhostNodePorts }),
      ...(kubeProxy?.nodePortAddresses && { nodePortAddresses: kubeProxy.nodePortAddresses }),
      ...(kubeProxy?.localTrafficDetector !== undefined && { detectLocal: kubeProxy.localTrafficDetector }),
      ...(controllers.length > 0 && { controllers }),
      // The suites that this profile passes use the experimental channel too.
      ...(isConformant && { gatewayAPIChannel: 'experimental' }),
    },
  };
  return JSON.stringify({ apiVersion: 'podpath.dev/v1', kind: 'Scenario', metadata: { name: 'batch' }, spec });
}

/** The Scenario document that says only whether the manifests are all there is (S1.3a). */
export function worldText(complete: boolean): string {
  return JSON.stringify({ apiVersion: 'podpath.dev/v1', kind: 'Scenario', metadata: { name: 'world' }, spec: { environment: { complete } } });
}

function originOf(request: BatchRequest): Origin | null {
  const { from } = request;
  if (from === undefined || typeof from === 'string') return parseOrigin(request.clientIP ?? from ?? 'external');
  if (from.pod !== undefined) return parseOrigin(`pod/${from.pod}`);
  if (from.node !== undefined) return parseOrigin(`node/${from.node}`);
  const [kind, name] = from.deployment === undefined ? [from.kind ?? 'Deployment', from.workload ?? ''] : ['Deployment', from.deployment];
  const [namespace = '', workload = ''] = name.split('/');
  return { kind: 'workload', workloadKind: kind, namespace, name: workload };
}

/** What this version cannot answer; said rather than guessed. Empty when it can. */
function unsupportedBy({ protocol }: BatchRequest): string[] {
  return protocol === undefined || protocol in HTTP_VERSION ? [] : [`protocol ${protocol}`];
}

const HTTP_VERSION: Readonly<Record<string, NonNullable<FlowDetails['httpVersion']>>> = { 'http/1.1': '1.1', h2: 'h2', h2c: 'h2c' };

/** Milliseconds of `300ms`, `1.5s`, `2m` or a bare number; undefined when it is none of them. */
function milliseconds(text: string | number | undefined): number | undefined {
  if (typeof text === 'number') return text;
  const [, number, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text ?? '') ?? [];
  if (number === undefined) return undefined;
  return Number(number) * ({ ms: 1, s: 1000, m: 60_000, h: 3_600_000 }[unit ?? 'ms'] ?? 1);
}

function behaviourOf(backend: NonNullable<BatchRequest['backend']>): NonNullable<FlowDetails['backend']> {
  const { responseHeaders, failFirstAttempts, failStatus, failConnection } = backend;
  const [delay, failDelay] = [milliseconds(backend.delay), milliseconds(backend.failDelay)];
  return {
    ...(delay !== undefined && { delay }),
    ...(failFirstAttempts !== undefined && { failFirstAttempts }),
    ...(failStatus !== undefined && { failStatus }),
    ...(failConnection !== undefined && { failConnection }),
    ...(failDelay !== undefined && { failDelay }),
    ...(responseHeaders && { responseHeaders: Object.fromEntries(Object.entries(responseHeaders).map(([name, value]) => [name.toLowerCase(), value])) }),
  };
}

function connectToOf({ connectTo, to }: BatchRequest, cluster: Cluster): string | null {
  const port = connectTo?.port === undefined ? '' : `:${connectTo.port}`;
  if (to !== undefined) {
    const pod = podOf(to, cluster);
    return pod === null ? null : formatConnectTo({ kind: 'pod', ...pod, port: to.port });
  }
  if (connectTo?.gateway !== undefined) return `gateway/${connectTo.gateway}${port}`;
  return connectTo?.ingress === true ? `ingress/*${port}` : '';
}

export type DraftOrReason = { readonly draft: RequestDraft } | { readonly unsupported: readonly string[] };

/** The question as it would be typed on the page. Only needs the cluster to know which Pods stand behind a workload addressed directly. */
export function draftOfQuestion(request: BatchRequest, cluster: Cluster): DraftOrReason {
  const unsupported = unsupportedBy(request);
  if (unsupported.length > 0) return { unsupported };
  const from = originOf(request);
  if (from === null) return { unsupported: ['from'] };
  const connectTo = connectToOf(request, cluster);
  if (connectTo === null) return { unsupported: ['to'] };

  const draft: RequestDraft = {
    from,
    method: request.method ?? 'GET',
    url: request.url ?? `${(request.to?.protocol ?? 'TCP').toLowerCase()}://pod:${request.to?.port ?? 0}`,
    headers: Object.entries(request.headers ?? {}).map(([name, value]) => [name, typeof value === 'string' ? value : value.join(',')] as const),
    connectTo,
    followRedirects: request.followRedirects ?? false,
    insecure: true,
    details: detailsOf(request),
  };
  return readRequest(draft).flow === null ? { unsupported: [`url ${draft.url}`] } : { draft };
}

function detailsOf({ sni, viaNode, clientCertificate, protocol, backend }: BatchRequest): FlowDetails {
  const httpVersion = protocol === undefined ? undefined : HTTP_VERSION[protocol];
  return {
    ...(sni !== undefined && { sni }),
    ...(httpVersion !== undefined && { httpVersion }),
    ...(viaNode !== undefined && { viaNode }),
    ...(clientCertificate !== undefined && { clientCertificate }),
    ...(backend && { backend: behaviourOf(backend) }),
  };
}

function podOf(to: NonNullable<BatchRequest['to']>, cluster: Cluster): { readonly namespace: string; readonly name: string } | null {
  const kind = to.kind ?? 'Deployment';
  const name = to.deployment ?? to.workload;
  for (const [key, pod] of cluster.pods) {
    const matches = to.pod === undefined ? pod.workload?.kind === kind && `${pod.workload.namespace}/${pod.workload.name}` === name : key === to.pod;
    if (matches) return { namespace: pod.ref.namespace, name: pod.ref.name };
  }
  return null;
}
