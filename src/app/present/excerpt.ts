/** Some lines of a text, around those that decided. */
export interface Excerpt {
  readonly lines: readonly ExcerptLine[];
  /** Numbers of the lines that decided, as far as they are shown. */
  readonly first: number;
  readonly last: number;
}

interface ExcerptLine {
  /** From 1, as editors count. */
  readonly number: number;
  /** Without the indentation that all lines shown have in common. */
  readonly text: string;
  readonly decided: boolean;
}

/**
 * At most `most` lines of the text: from the first line of the first range, as many lines of all ranges as there is room
 * for, and around them what stands there in the same document. `ranges` are in characters and not empty.
 */
export function excerptOf(text: string, ranges: readonly { readonly from: number; readonly to: number }[], most: number): Excerpt {
  const lines = text.split('\n');
  const starts: number[] = [];
  for (let at = 0, index = 0; index < lines.length; index += 1) {
    starts.push(at);
    at += lines[index]!.length + 1;
  }
  const lineAt = (offset: number) => starts.findLastIndex((start) => start <= offset);
  const covered = ranges.map(({ from, to }) => {
    // A block ends with the newline after its last line; that next line is not part of it.
    const end = from + text.slice(from, to).trimEnd().length;
    return { first: lineAt(from), last: lineAt(Math.max(from, end - 1)) };
  });
  const isDecided = (line: number) => covered.some(({ first, last }) => first <= line && line <= last);
  const isEdge = (line: number) => lines[line] === undefined || /^---(\s|$)/.test(lines[line]);

  const first = covered[0]!.first;
  const within = covered.flatMap((range) => (range.first >= first && range.first < first + most ? [range.last] : []));
  let from = first;
  let to = Math.min(Math.max(...within), first + most - 1);
  const last = to;
  // In turns, above first: what a line belongs to stands above it.
  for (let isStuck = false; to - from + 1 < most && !isStuck;) {
    isStuck = true;
    if (!isEdge(from - 1)) {
      from -= 1;
      isStuck = false;
    }
    if (to - from + 1 < most && !isEdge(to + 1) && !(to + 1 === lines.length - 1 && lines[to + 1] === '')) {
      to += 1;
      isStuck = false;
    }
  }
  const shown = lines.slice(from, to + 1);
  const indents = shown.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length);
  const common = indents.length > 0 ? Math.min(...indents) : 0;
  return {
    lines: shown.map((line, index) => ({ number: from + index + 1, text: line.slice(common), decided: isDecided(from + index) })),
    first: first + 1,
    last: last + 1,
  };
}
