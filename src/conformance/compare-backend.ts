import type { AnswerAtBackend, AnswerBranch } from './answer.ts';
import type { Expectations, ExpectedAtBackend } from './case.ts';
import { isReached, workloadOf } from './compare-shares.ts';
import { difference, distinct, sameSet, type Difference } from './difference.ts';
import { headersByName, isSameValue } from './headers.ts';

/** Which backends are reached, as far as shares do not say it. */
export function compareBackends(expect: Expectations, branches: readonly AnswerBranch[]): readonly Difference[] {
  const found: Difference[] = [];
  const reached = branches.filter(isReached);
  const pods = distinct(reached.map(({ pod }) => pod));
  const missed = branches.filter((branch) => !isReached(branch));
  if (expect.reached === true && missed.length > 0)
    found.push(
      difference(
        'reached',
        null,
        true,
        missed.map(({ failure, status }) => failure ?? status ?? null),
      ),
    );
  if (expect.reached === false && reached.length > 0) found.push(difference('reached', null, false, distinct(reached.map(({ endpoint }) => endpoint))));
  if (expect.podsExact && !sameSet(pods, expect.podsExact)) found.push(difference('podsExact', null, expect.podsExact, pods));
  if (expect.distinctPods !== undefined && pods.length !== expect.distinctPods) found.push(difference('distinctPods', null, expect.distinctPods, pods.length));
  if (expect.workloadNamespace !== undefined) {
    const namespaces = distinct(reached.map((branch) => (workloadOf(branch) ?? '/').split('/')[0]));
    if (!sameSet(namespaces, [expect.workloadNamespace])) found.push(difference('workloadNamespace', null, expect.workloadNamespace, namespaces));
  }
  const prefix = expect.podNamePrefix;
  if (prefix !== undefined && !pods.every((pod) => (pod ?? '').startsWith(prefix))) found.push(difference('podNamePrefix', null, prefix, pods));
  return found;
}

/** What every backend sees that is reached. */
export function compareAtBackend(expect: Expectations, branches: readonly AnswerBranch[]): readonly Difference[] {
  return branches.filter(isReached).flatMap((branch) => {
    const found: Difference[] = [];
    const workload = workloadOf(branch);
    const at = branch.atBackend ?? {};
    if (expect.atBackend) found.push(...compareSeen('atBackend', '', expect.atBackend, at));
    const ofWorkload = workload === null ? undefined : expect.atBackendByWorkload?.[workload];
    if (ofWorkload) found.push(...compareSeen('atBackendByWorkload', `${workload} `, ofWorkload, at));
    const source = at.sourceIP?.kind ?? null;
    if (expect.sourceIP !== undefined && source !== expect.sourceIP) found.push(difference('sourceIP', null, expect.sourceIP, source));
    if (expect.mirroredTo) {
      const mirrors = Object.fromEntries((branch.mirrors ?? []).map(({ service, percent }) => [service, percent]));
      const services = new Set([...Object.keys(mirrors), ...Object.keys(expect.mirroredTo)]);
      if ([...services].some((service) => mirrors[service] !== expect.mirroredTo?.[service]))
        found.push(difference('mirroredTo', null, expect.mirroredTo, mirrors));
    }
    return found;
  });
}

/** Names of the expectation that are spelled otherwise in an answer. */
const SEEN = { path: 'path', method: 'method', host: 'host', tls: 'tls', tlsServerName: 'sni', tlsClientCertificate: 'clientCertificate' } as const;

function compareSeen(word: Difference['word'], prefix: string, expected: ExpectedAtBackend, at: AnswerAtBackend): readonly Difference[] {
  const found: Difference[] = [];
  for (const [name, field] of Object.entries(SEEN) as [keyof typeof SEEN, (typeof SEEN)[keyof typeof SEEN]][]) {
    if (expected[name] !== undefined && (at[field] ?? null) !== expected[name]) found.push(difference(word, `${prefix}${name}`, expected[name], at[field]));
  }
  const headers = headersByName(at.headers);
  for (const [name, value] of Object.entries(expected.headersPresent ?? {})) {
    const came = headers.get(name.toLowerCase());
    if (came === undefined || !isSameValue(came, value)) found.push(difference(word, `${prefix}header ${name}`, value, came));
  }
  for (const name of expected.headersAbsent ?? []) {
    const came = headers.get(name.toLowerCase());
    if (came !== undefined) found.push(difference(word, `${prefix}header ${name}`, null, came));
  }
  return found;
}
