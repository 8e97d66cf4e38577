/** Whether one entry takes every request of another: then the later of the two can never serve. */
import type { ValueMatch } from '../../kinds/http-route/http-route-spec.ts';
import type { Entry } from './entry.ts';

/** Both stand for the same host, path, call and method; what the earlier asks of headers and query, the later asks too. */
export function isSame(earlier: Entry, later: Entry): boolean {
  return asksAll(earlier.headers, later.headers, true) && asksAll(earlier.queryParams, later.queryParams, false);
}

function asksAll(wanted: readonly ValueMatch[], of: readonly ValueMatch[], ignoresCase: boolean): boolean {
  const nameOf = ({ name }: ValueMatch) => (ignoresCase ? name.toLowerCase() : name);
  return wanted.every((one) => of.some((other) => nameOf(one) === nameOf(other) && one.type === other.type && one.value === other.value));
}
