/** Finds where JSON values begin and end without building them, so that big lists can be cut and placed cheaply. */

/** Offset of the first character at or after `at` that is neither white space nor a byte order mark. */
export function skipJsonSpace(text: string, at: number): number {
  let position = at;
  while (position < text.length && /[\s\uFEFF]/.test(text[position]!)) position++;
  return position;
}

/** Offset after the value that begins at `at`, or -1 when it does not end. Checks brackets and strings only. */
export function skipJsonValue(text: string, at: number): number {
  const first = text[at];
  if (first === '"') return skipJsonString(text, at);
  if (first !== '{' && first !== '[') {
    const token = /[^\s,\]}]+/y;
    token.lastIndex = at;
    return token.test(text) ? token.lastIndex : -1;
  }
  const interesting = /["{}[\]]/g;
  interesting.lastIndex = at;
  let depth = 0;
  for (let match = interesting.exec(text); match !== null; match = interesting.exec(text)) {
    const char = match[0];
    if (char === '"') {
      const end = skipJsonString(text, match.index);
      if (end === -1) return -1;
      interesting.lastIndex = end;
    } else if (char === '{' || char === '[') depth++;
    else if (--depth === 0) return match.index + 1;
  }
  return -1;
}

function skipJsonString(text: string, at: number): number {
  for (let position = at + 1; ; position++) {
    position = text.indexOf('"', position);
    if (position === -1) return -1;
    let slashes = 0;
    while (text[position - 1 - slashes] === '\\') slashes++;
    if (slashes % 2 === 0) return position + 1;
  }
}

/** Range of each element of the array under `key` of the object that begins at `at`; null when there is none. */
export function jsonArrayItems(text: string, at: number, key: string): readonly { readonly from: number; readonly to: number }[] | null {
  let position = skipJsonSpace(text, at + 1);
  while (text[position] === '"') {
    const keyEnd = skipJsonValue(text, position);
    if (keyEnd === -1) return null;
    const name = text.slice(position + 1, keyEnd - 1);
    const colon = skipJsonSpace(text, keyEnd);
    if (text[colon] !== ':') return null;
    const value = skipJsonSpace(text, colon + 1);
    if (name === key && text[value] === '[') return arrayItems(text, value);
    const end = skipJsonValue(text, value);
    if (end === -1) return null;
    position = skipJsonSpace(text, end);
    if (text[position] !== ',') return null;
    position = skipJsonSpace(text, position + 1);
  }
  return null;
}

function arrayItems(text: string, at: number): { from: number; to: number }[] | null {
  const items: { from: number; to: number }[] = [];
  let position = skipJsonSpace(text, at + 1);
  while (position < text.length && text[position] !== ']') {
    const to = skipJsonValue(text, position);
    if (to === -1) return null;
    items.push({ from: position, to });
    position = skipJsonSpace(text, to);
    if (text[position] === ',') position = skipJsonSpace(text, position + 1);
  }
  return items;
}
