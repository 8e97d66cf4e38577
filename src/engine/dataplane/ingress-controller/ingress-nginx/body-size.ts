const UNITS: Readonly<Record<string, number>> = { '': 1, b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

/** A size as nginx writes it, in bytes: `1m` is 1048576. Null for anything else; 0 means no limit. */
export function readBytes(text: string): number | null {
  const match = /^(\d{1,12})([bkmg]?)$/i.exec(text);
  return match === null ? null : Number(match[1]) * UNITS[match[2]!.toLowerCase()]!;
}
