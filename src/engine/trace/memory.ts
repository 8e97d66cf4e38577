/**
 * What components remember between requests (semantics S7.1.2, S7.7, S10.19): plain data, an argument and a
 * result of `send`, never hidden state.
 */
export interface Memory {
  /** Picks the branch that is *taken* among the possible ones; the same seed gives the same walk. */
  readonly seed: number;
  /** Session affinity: key `node|namespace/service:port/protocol|source IP` to `ip:port` of the endpoint, as kube-proxy's lists. */
  readonly affinity: Readonly<Record<string, string>>;
  /** Cookies the client holds: host to name to value. */
  readonly cookies: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export const NO_MEMORY: Memory = { seed: 1, affinity: {}, cookies: {} };
