/** Which ends of a request count as failures, and whether a request does what a person wants of it. */
import type { Json } from '../manifests/document.ts';
import { isObject } from '../manifests/json.ts';
import { nameKey } from '../manifests/object-ref.ts';
import { isFailure } from '../trace/outcome.ts';
import type { Hop } from '../trace/hop.ts';
import type { Branch, Trace } from '../trace/trace.ts';
import { kindOf } from './findings/index.ts';
import type { Question } from './questions.ts';

/** The ends at which something is wrong; none where the person who saved the request expects it to be refused. */
export function failuresOf({ saved }: Pick<Question, 'saved'>, trace: Trace): readonly Branch[] {
  return expectsRefusal(saved?.request.expect ?? null)
    ? []
    : trace.branches.filter((branch) => isFailure(branch.outcome) || isMisunderstood(leafOf(trace, branch)));
}

/** The hop at which a way ends. */
export function leafOf(trace: Trace, branch: Branch): Hop | undefined {
  return trace.hops.find(({ id }) => id === branch.hops.at(-1));
}

/** An application answered, but only to say that it was spoken to wrongly, as with plain text where it expects TLS. */
function isMisunderstood(leaf: Hop | undefined): boolean {
  return leaf !== undefined && kindOf([leaf.title, ...leaf.why])?.kind.role === 'cause';
}

/** True when the request arrives, or is refused as its expectation says. The command compares every other word of it. */
export function isAsWanted({ saved }: Pick<Question, 'saved'>, trace: Trace): boolean {
  const fails = failuresOf({ saved: null }, trace).length > 0;
  return fails === expectsRefusal(saved?.request.expect ?? null);
}

/** The person expects the request to be refused, and it arrives. */
export function isUnwanted({ saved }: Pick<Question, 'saved'>, trace: Trace): boolean {
  return saved !== null && expectsRefusal(saved.request.expect) && failuresOf({ saved: null }, trace).length === 0;
}

/** Some way ends at a Service that the expectation does not name. */
export function isAstray({ saved }: Pick<Question, 'saved'>, { branches }: Trace): boolean {
  const expected = expectedServices(saved);
  const services = branches.flatMap(({ backend }) => backend?.service ?? []);
  return expected.length > 0 && services.some(({ namespace, name }) => !expected.includes(nameKey(namespace, name)));
}

/** `namespace/name` of the Services that are to get the request; none where the expectation names none. */
export function expectedServices(saved: Question['saved']): readonly string[] {
  const expect = saved?.request.expect ?? null;
  const services = isObject(expect) ? expect['services'] : undefined;
  return isObject(services) ? Object.keys(services).filter((key) => services[key] !== 0) : [];
}

function expectsRefusal(expect: Json): boolean {
  if (!isObject(expect)) return false;
  const { reached, failure, failureAnyOf, status } = expect;
  return reached === false || typeof failure === 'string' || failureAnyOf !== undefined || (typeof status === 'number' && status >= 400);
}
