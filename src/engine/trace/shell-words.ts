/** Splits a command as a POSIX shell does, as far as people paste one: quotes, escapes, continued lines. */

const ANSI_ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  e: '\x1b',
  "'": "'",
  '"': '"',
  '\\': '\\',
};

/** The words of the first command; what follows `|`, `;`, `>` or `&&` belongs to another. */
export function shellWords(command: string): readonly string[] {
  // Browsers on Windows copy for cmd.exe, which continues a line with a caret.
  const text = command.replace(/[\\^`]\r?\n/g, ' ');
  const words: string[] = [];
  let word = '';
  let started = false;
  const end = () => {
    if (started) words.push(word);
    word = '';
    started = false;
  };
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (/\s/.test(char)) end();
    else if (char === '|' || char === ';' || char === '<' || char === '>' || (char === '&' && /^&(?:&|\s|$)/.test(text.slice(at)))) {
      // `2>` is part of the redirection, not a word.
      if (char === '>' && /^\d$/.test(word)) started = false;
      break;
    } else {
      started = true;
      const quoted = char === '$' && text[at + 1] === "'" ? readAnsi(text, at + 2) : readQuoted(text, at);
      word += quoted.text;
      at = quoted.last;
    }
  }
  end();
  return words;
}

interface Piece {
  readonly text: string;
  /** Offset of the last character that belongs to it. An unclosed quote reaches to the end. */
  readonly last: number;
}

function readQuoted(text: string, at: number): Piece {
  const char = text[at]!;
  if (char === '\\') return { text: text[at + 1] ?? '', last: at + 1 };
  if (char === "'") {
    const close = text.indexOf("'", at + 1);
    return close === -1 ? { text: text.slice(at + 1), last: text.length } : { text: text.slice(at + 1, close), last: close };
  }
  if (char !== '"') return { text: char, last: at };
  let out = '';
  let position = at + 1;
  for (; position < text.length && text[position] !== '"'; position++) {
    if (text[position] === '\\' && /["\\$`\n]/.test(text[position + 1] ?? '')) position++;
    out += text[position];
  }
  return { text: out, last: position };
}

/** `$'…'`, which browsers write when a body holds quotes. */
function readAnsi(text: string, start: number): Piece {
  let out = '';
  let position = start;
  for (; position < text.length && text[position] !== "'"; position++) {
    if (text[position] !== '\\') {
      out += text[position];
      continue;
    }
    position++;
    const hex = /^(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4}))/.exec(text.slice(position, position + 5));
    if (hex !== null) {
      out += String.fromCharCode(parseInt(hex[1] ?? hex[2]!, 16));
      position += hex[0].length - 1;
    } else out += ANSI_ESCAPES[text[position] ?? ''] ?? `\\${text[position] ?? ''}`;
  }
  return { text: out, last: position };
}

/** The word so that a POSIX shell reads it back unchanged. */
export function quoteWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
