/** What kubectl printed about an object of a running cluster, as plain data: what each line says, not yet what it proves. */
export interface Sighting {
  /** As the API spells it: `Pod`. */
  readonly kind: string;
  /** Null where the text does not say. */
  readonly namespace: string | null;
  readonly name: string;
  readonly tells: Told;
  /** Offsets of the line within its document. */
  readonly from: number;
  readonly to: number;
}

export type Told =
  /** `age`: seconds since it was last seen; null where that cannot be read. */
  | { readonly tells: 'event'; readonly reason: string; readonly message: string; readonly age: number | null }
  | ({ readonly tells: 'pod' } & PodFacts)
  | ({ readonly tells: 'service' } & ServiceFacts)
  /** A line that is read and says nothing of use. */
  | { readonly tells: 'nothing' };

/** Only what the line says. */
export interface PodFacts {
  /** The column STATUS, or the line `Status:`. */
  readonly status?: string;
  /** All containers are ready, or the condition Ready holds. */
  readonly ready?: boolean;
  readonly ip?: string;
  readonly node?: string;
  /** A container that waits or has ended. */
  readonly stopped?: { readonly container: string; readonly reason: string };
}

export interface ServiceFacts {
  readonly clusterIP?: string;
  /** Addresses outside; empty while they are pending. */
  readonly external?: readonly string[];
}

/** A line of a text with its place. */
export interface Line {
  readonly text: string;
  readonly from: number;
}

export function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  let from = 0;
  for (const line of text.split('\n')) {
    lines.push({ text: line.replace(/\r$/, ''), from });
    from += line.length + 1;
  }
  return lines;
}

/** The place of what a line says, without its indentation. */
export function placeOf({ text, from }: Line): { readonly from: number; readonly to: number } {
  return { from: from + text.length - text.trimStart().length, to: from + text.trimEnd().length };
}

/** Seconds of an age as kubectl prints it: `5m`, `2d3h`, `4m10s (x3 over 20m)`. Null for `<unknown>` and the like. */
export function secondsOf(age: string): number | null {
  const [, years, days, hours, minutes, seconds] = /^(?:(\d+)y)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?=$|\s)/.exec(age) ?? [];
  const parts = [years, days, hours, minutes, seconds];
  if (parts.every((part) => part === undefined)) return null;
  const weights = [31_536_000, 86_400, 3600, 60, 1];
  return parts.reduce((sum, part, index) => sum + Number(part ?? 0) * weights[index]!, 0);
}
