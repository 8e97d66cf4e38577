/**
 * Compares what an engine answered with what a case states. Knows no engine and changes nothing: one case, one answer, one verdict.
 */
import type { Answer } from './answer.ts';
import type { Case, Expectations } from './case.ts';
import { compareAtBackend, compareBackends } from './compare-backend.ts';
import { compareResponse } from './compare-response.ts';
import { compareShares, compareSum, isShare } from './compare-shares.ts';
import { compareStatusView } from './compare-status-view.ts';
import { difference, type Difference, type Verdict } from './difference.ts';

/** An answer that names something unsupported is neither right nor wrong, whatever else it says. */
export function compare({ request, expect }: Case, answer: Answer): Verdict {
  const reasons = answer.unsupported ?? [];
  if (reasons.length > 0) return { kind: 'unsupported', reasons };
  const differences = (request ?? null) === null ? compareStatusView(expect, answer) : compareTrace(expect, answer);
  return differences.length === 0 ? { kind: 'passed' } : { kind: 'failed', differences };
}

function compareTrace(expect: Expectations, answer: Answer): readonly Difference[] {
  const branches = (answer.branches ?? []).filter(({ probability }) => isShare(probability));
  return [
    ...compareSum(branches),
    ...compareBackends(expect, branches),
    ...compareShares(expect, branches),
    ...compareResponse(expect, branches),
    ...comparePolicy(expect, answer),
    ...compareAtBackend(expect, branches),
    ...compareWhole(expect, answer),
  ];
}

/** A verdict of policies is asked for where the answer has one, or where nothing else says whether the request arrives. */
function comparePolicy({ blockedBy, policy, reached }: Expectations, answer: Answer): readonly Difference[] {
  const verdict = answer.policy?.verdict ?? null;
  const found: Difference[] = [];
  if (blockedBy !== undefined && verdict !== 'denied') {
    const kinds = (answer.branches ?? [])
      .filter(({ probability }) => isShare(probability))
      .flatMap((branch) => (branch.blockedBy ?? []).map(({ kind }) => kind ?? null));
    if (!kinds.includes(blockedBy)) found.push(difference('blockedBy', null, blockedBy, kinds));
  }
  if (policy !== undefined && (reached === undefined || answer.policy !== undefined) && verdict !== policy)
    found.push(difference('policy', null, policy, verdict));
  return found;
}

/** What the answer says about the request as a whole. */
function compareWhole(expect: Expectations, answer: Answer): readonly Difference[] {
  const found: Difference[] = [];
  const { resolvesTo, cname, tlsCertificateFor, interceptedByKubeProxy } = expect;
  const addresses = answer.resolution?.addresses ?? [];
  if (resolvesTo && addresses.toSorted().join(' ') !== resolvesTo.toSorted().join(' ')) found.push(difference('resolvesTo', null, resolvesTo, addresses));
  const alias = (answer.resolution?.cname ?? '').replace(/\.+$/, '');
  if (cname !== undefined && alias !== cname) found.push(difference('cname', null, cname, alias));
  const names = answer.tls?.certificateNames ?? [];
  if (tlsCertificateFor !== undefined && !names.includes(tlsCertificateFor)) found.push(difference('tlsCertificateFor', null, tlsCertificateFor, names));
  if (interceptedByKubeProxy !== undefined && answer.interceptedByKubeProxy !== interceptedByKubeProxy)
    found.push(difference('interceptedByKubeProxy', null, interceptedByKubeProxy, answer.interceptedByKubeProxy));
  for (const [ingress, isAssigned] of Object.entries(expect.ingressAddressAssigned ?? {})) {
    const came = answer.ingressAddressAssigned?.[ingress];
    if (came !== isAssigned) found.push(difference('ingressAddressAssigned', ingress, isAssigned, came));
  }
  return found;
}
