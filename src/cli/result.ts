/**
 * The JSON contract of the command: one plain object per request, made from the same trace as the text and the picture.
 */
import { renderText } from '../catalogue/render.ts';
import {
  formatFieldPath,
  formatSocket,
  nameKey,
  policySummary,
  refKey,
  type Branch,
  type Cluster,
  type Finding,
  type Hop,
  type Manifests,
  type ObjectRef,
  type PolicyPassage,
  type Outcome,
  type Trace,
} from '../engine/index.ts';

export interface Diagnostic {
  readonly severity: string;
  readonly file: string | null;
  readonly document: number | null;
  readonly line: number | null;
  readonly code: string;
  readonly message: string;
}

type FailureWord = 'nxdomain' | 'refused' | 'timeout' | 'reset' | 'tls';

/** What the client's failure is called in the contract; null when it got an HTTP answer or was delivered. */
function failureOf(outcome: Outcome): FailureWord | null {
  switch (outcome.code) {
    case 'DNS_NXDOMAIN':
    case 'DNS_NODATA':
      return 'nxdomain';
    case 'DNS_TIMEOUT':
    case 'CONN_TIMEOUT':
    case 'NO_ROUTE':
    case 'UDP_SILENT':
      return 'timeout';
    case 'CONN_REFUSED':
      return 'refused';
    case 'CONN_RESET':
      return 'reset';
    case 'TLS_ERROR':
      return 'tls';
    case 'HTTP':
    case 'ACCEPTED':
    case 'REDIRECT_LOOP':
      return null;
  }
}

function redirectOf(outcome: Outcome): Record<string, unknown> | null {
  if (outcome.code !== 'HTTP' || outcome.location === undefined || outcome.producer === 'app' || outcome.producer === 'external') return null;
  let url: URL | null = null;
  try {
    url = new URL(outcome.location);
  } catch {
    // A relative Location has no scheme, host or port of its own.
  }
  return {
    status: outcome.status,
    location: outcome.location,
    scheme: url ? url.protocol.replace(':', '') : null,
    host: url ? url.hostname : null,
    port: url && url.port !== '' ? Number(url.port) : null,
    path: url ? url.pathname : outcome.location.replace(/\?.*$/, ''),
  };
}

function endOf(branch: Branch): 'backend' | 'redirect' | 'response' | 'failure' {
  if (branch.backend !== null) return 'backend';
  if (redirectOf(branch.outcome) !== null) return 'redirect';
  return branch.outcome.code === 'HTTP' || branch.outcome.code === 'REDIRECT_LOOP' ? 'response' : 'failure';
}

const refName = (ref: ObjectRef | null) => (ref === null ? null : nameKey(ref.namespace, ref.name));

function branchResult(branch: Branch, hops: ReadonlyMap<string, Hop>): Record<string, unknown> {
  const { backend, outcome } = branch;
  const http = outcome.code === 'HTTP' ? outcome : null;
  return {
    probability: branch.probability,
    end: endOf(branch),
    outcome: outcome.code,
    failure: failureOf(outcome),
    stage: branch.stage,
    status: http ? http.status : null,
    grpcStatus: http?.grpcStatus ?? null,
    redirect: redirectOf(outcome),
    service: refName(backend?.service ?? null),
    workload: backend?.workload ? { kind: backend.workload.kind, namespace: backend.workload.namespace, name: backend.workload.name } : null,
    pod: refName(backend?.pod ?? null),
    endpoint: backend?.endpoint ?? null,
    atBackend: backend && {
      method: backend.request?.method ?? null,
      path: backend.request?.path ?? null,
      host: backend.request?.host ?? null,
      headers: backend.request?.headers ?? {},
      tls: backend.tls.encrypted,
      sni: backend.tls.sni,
      clientCertificate: backend.tls.clientCertificate,
      sourceIP: { kind: backend.source.kind, value: backend.source.ip },
    },
    responseHeaders: http?.headers ?? {},
    mirrors: branch.mirrors.map(({ service, percent }) => ({ service: refName(service), percent })),
    blockedBy: branch.blockedBy.map(({ kind, namespace, name, direction }) => ({ kind, name: nameKey(namespace, name), direction })),
    hops: branch.hops.flatMap((id) => {
      const hop = hops.get(id);
      return hop ? [hopResult(hop)] : [];
    }),
  };
}

/** Per isolated side: the policies that isolate it, and the rule that allows or comes closest. */
function policyResult(cluster: Cluster, trace: Trace): Record<string, unknown> {
  const { verdict, egress, ingress } = policySummary(cluster, trace);
  const side = ({ pod, verdict, isolatedBy, rule }: PolicyPassage) => ({
    pod: refName(pod),
    verdict,
    policies: isolatedBy.map(refName),
    rule: rule === null ? null : `${refName(rule.policy)} ${formatFieldPath(rule.path)}`,
  });
  return { verdict, egress: egress.map(side), ingress: ingress.map(side) };
}

function hopResult(hop: Hop): Record<string, unknown> {
  return {
    kind: hop.kind,
    component: hop.actor.component,
    object: hop.object && refKey(hop.object),
    title: renderText(hop.title),
    detail: hop.why.map((message) => renderText(message)).join(' '),
    rules: hop.rules,
    from: formatSocket(hop.before.src),
    to: formatSocket((hop.after ?? hop.before).dst),
  };
}

/** Line numbers count from 1 in the file as given. */
export function diagnosticOf(finding: Finding, manifests: Manifests): Diagnostic {
  const range = finding.ranges[0];
  const document = range && manifests.documents.find((candidate) => candidate.file === range.file && candidate.index === range.document);
  return {
    severity: finding.severity,
    file: range?.file ?? null,
    document: range?.document ?? null,
    line: range && document ? lineOf(document.startLine, document.text, range.from) : null,
    code: finding.code,
    message: renderText(finding.message),
  };
}

function lineOf(startLine: number, text: string, offset: number): number {
  let line = startLine + 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}

export function resultOf(trace: Trace | null, cluster: Cluster, findings: readonly Finding[], unsupported: readonly string[]): Record<string, unknown> {
  const hops = new Map(trace?.hops.map((hop) => [hop.id, hop]));
  return {
    apiVersion: 'podpath.dev/v1',
    unsupported,
    ...(trace && {
      verdict: trace.verdict,
      summary: renderText(trace.summary),
      branches: trace.branches.map((branch) => branchResult(branch, hops)),
      taken: trace.taken,
      resolution: trace.resolution,
      policy: policyResult(cluster, trace),
      tls: trace.tls,
      // Whether the address that was dialled is translated where the client is, rather than somewhere behind it.
      interceptedByKubeProxy: trace.hops.find((hop) => hop.kind !== 'dns')?.kind === 'kube-proxy',
      assumptions: trace.assumptions.map((assumption) => ({ id: assumption.id, origin: assumption.origin, message: renderText(assumption.message) })),
      causes: trace.causes.map((finding) => diagnosticOf(finding, cluster.manifests)),
      clientSees: trace.clientSees,
    }),
    ingressAddressAssigned: ingressAddresses(cluster),
    diagnostics: findings.map((finding) => diagnosticOf(finding, cluster.manifests)),
  };
}

function ingressAddresses(cluster: Cluster): Record<string, boolean> {
  const published = new Set(cluster.controllers.filter((controller) => controller.publishes.length > 0).flatMap((controller) => controller.claims));
  return Object.fromEntries([...cluster.ingresses.keys()].map((key) => [key, published.has(key)]));
}
