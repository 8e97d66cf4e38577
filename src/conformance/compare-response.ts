import type { AnswerBranch } from './answer.ts';
import type { Expectations, ExpectedRedirect } from './case.ts';
import { difference, distinct, sameSet, type Difference } from './difference.ts';
import { headersByName, isSameValue } from './headers.ts';

/** How each branch ends for the client: status, failure, redirect, headers of the response. */
export function compareResponse(expect: Expectations, branches: readonly AnswerBranch[]): readonly Difference[] {
  return [
    ...compareStatus(expect, branches),
    ...compareFailure(expect, branches),
    ...(expect.redirect ? branches.flatMap((branch) => compareRedirect(expect.redirect!, branch)) : []),
    ...branches.flatMap((branch) => compareHeaders(expect, branch)),
  ];
}

function compareStatus(expect: Expectations, branches: readonly AnswerBranch[]): readonly Difference[] {
  const found: Difference[] = [];
  const came = distinct(branches.map(({ status }) => status));
  const { status, statusAnyOf, statusNot, statusRange, grpcStatus, grpcStatusNot } = expect;
  if (status !== undefined && !sameSet(came, [status])) found.push(difference('status', null, status, came));
  if (statusAnyOf && !came.every((one) => statusAnyOf.includes(one))) found.push(difference('statusAnyOf', null, statusAnyOf, came));
  if (statusNot && came.some((one) => statusNot.includes(one))) found.push(difference('statusNot', null, statusNot, came));
  if (statusRange && !came.every((one) => one !== null && statusRange[0] <= one && one <= statusRange[1]))
    found.push(difference('statusRange', null, statusRange, came));
  const grpc = distinct(branches.map((branch) => branch.grpcStatus));
  if (grpcStatus !== undefined && !sameSet(grpc, [grpcStatus])) found.push(difference('grpcStatus', null, grpcStatus, grpc));
  if (grpcStatusNot && grpc.some((one) => grpcStatusNot.includes(one))) found.push(difference('grpcStatusNot', null, grpcStatusNot, grpc));
  return found;
}

function compareFailure(expect: Expectations, branches: readonly AnswerBranch[]): readonly Difference[] {
  const found: Difference[] = [];
  const came = distinct(branches.map(({ failure }) => failure));
  const { failure, failureAnyOf, failureStage } = expect;
  if (failure !== undefined && !sameSet(came, [failure])) found.push(difference('failure', null, failure, came));
  if (failureAnyOf && !came.every((one) => failureAnyOf.includes(one))) found.push(difference('failureAnyOf', null, failureAnyOf, came));
  const stages = distinct(branches.map(({ stage }) => stage));
  if (failureStage !== undefined && !sameSet(stages, [failureStage])) found.push(difference('failureStage', null, failureStage, stages));
  return found;
}

function compareRedirect(expected: ExpectedRedirect, { end, redirect }: AnswerBranch): readonly Difference[] {
  if (end !== 'redirect') return [difference('redirect', 'end', 'redirect', end)];
  const came = redirect ?? {};
  const { portAnyOf, locationAnyOf } = expected;
  return [
    ...(['status', 'scheme', 'host', 'path', 'location', 'port'] as const)
      .filter((field) => expected[field] !== undefined && (came[field] ?? null) !== expected[field])
      .map((field) => difference('redirect', field, expected[field], came[field])),
    ...(portAnyOf && !portAnyOf.includes(came['port'] ?? null) ? [difference('redirect', 'portAnyOf', portAnyOf, came['port'])] : []),
    ...(locationAnyOf && !locationAnyOf.includes(came['location'] ?? null) ? [difference('redirect', 'locationAnyOf', locationAnyOf, came['location'])] : []),
  ];
}

function compareHeaders(expect: Expectations, branch: AnswerBranch): readonly Difference[] {
  const found: Difference[] = [];
  const headers = headersByName(branch.responseHeaders);
  for (const [name, value] of Object.entries(expect.responseHeaders ?? {})) {
    const came = headers.get(name.toLowerCase());
    if (came === undefined || !isSameValue(came, value)) found.push(difference('responseHeaders', name, value, came));
  }
  for (const [name, values] of Object.entries(expect.responseHeadersAnyOf ?? {})) {
    const came = headers.get(name.toLowerCase());
    if (came === undefined || !values.some((value) => isSameValue(came, value))) found.push(difference('responseHeadersAnyOf', name, values, came));
  }
  for (const name of expect.responseHeadersAbsent ?? []) {
    const came = headers.get(name.toLowerCase());
    if (came !== undefined) found.push(difference('responseHeadersAbsent', name, null, came));
  }
  return found;
}
