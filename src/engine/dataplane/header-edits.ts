/** Changes of headers by name, in any case: what a proxy does to a request on its way and to the answer on its way back. */

export type HeaderEdit =
  /** `set` replaces what is there, `add` appends to it after a comma (S12.7). */
  { readonly kind: 'set' | 'add'; readonly name: string; readonly value: string } | { readonly kind: 'remove'; readonly name: string };

/** Names of the result are in lower case. */
export function editHeaders(headers: Readonly<Record<string, string>>, edits: readonly HeaderEdit[]): Readonly<Record<string, string>> {
  const out = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  for (const edit of edits) {
    const name = edit.name.toLowerCase();
    if (edit.kind === 'remove') delete out[name];
    else if (edit.kind === 'add' && out[name] !== undefined) out[name] = `${out[name]},${edit.value}`;
    else out[name] = edit.value;
  }
  return out;
}
