/** Host names as Ingress rules and certificates match them (S9.3, S14.3). */

/** The name in a Host header: no port, no trailing dot, lower case. `[::1]:80` gives `[::1]`. */
export function hostOf(header: string): string {
  const bracket = header.startsWith('[') ? header.indexOf(']') : -1;
  const colon = header.indexOf(':', bracket + 1);
  const name = colon < 0 ? header : header.slice(0, colon);
  return name.replace(/\.$/, '').toLowerCase();
}

/** The wildcard that covers a name: `a.foo.com` gives `*.foo.com`. A wildcard covers exactly one label (S9.3). */
export function wildcardOf(host: string): string | null {
  const dot = host.indexOf('.');
  return dot <= 0 || dot === host.length - 1 || host.startsWith('*.') ? null : `*${host.slice(dot)}`;
}

/** Whether a rule's host, precise or `*.` wildcard, covers a request's host. Both in any case. */
export function hostMatches(pattern: string, host: string): boolean {
  const wanted = pattern.toLowerCase();
  const name = host.toLowerCase();
  return wanted === name || wanted === wildcardOf(name);
}
