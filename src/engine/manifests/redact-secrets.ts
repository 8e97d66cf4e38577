/**
 * Takes the payload of Secrets out of a text, for texts that are pasted into the page or leave it in a link. Lines,
 * layout, keys and everything else stay. Of a certificate the facts stay, which any TLS client may see; a text that
 * is not readable loses whatever may be payload.
 */
import { redactedValue, REDACTED } from './secret-facts.ts';
import { splitDocuments } from './split-documents.ts';
import { readSyntax, type EntrySyntax, type MappingSyntax, type ScalarSyntax, type Syntax, type SyntaxNode } from './syntax-tree.ts';

export interface RedactedText {
  readonly text: string;
  /** Number of values that were taken out. */
  readonly removed: number;
}

interface Cut {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

const PAYLOAD = new Set(['data', 'stringData']);
/** `kubectl apply` keeps a copy of the whole object here. */
const COPY = 'kubectl.kubernetes.io/last-applied-configuration';

export function redactSecrets(text: string): RedactedText {
  if (!/Secret/.test(text)) return { text, removed: 0 };
  let out = '';
  let removed = 0;
  for (const slice of splitDocuments(text)) {
    const document = text.slice(slice.start, slice.end);
    const cuts = /Secret/.test(document) ? cutsIn(document) : [];
    let at = 0;
    for (const cut of cuts) {
      out += document.slice(at, cut.from) + cut.insert;
      at = cut.to;
    }
    out += document.slice(at);
    removed += cuts.length;
  }
  return { text: out, removed };
}

function cutsIn(document: string): readonly Cut[] {
  const syntax = readSyntax(document);
  if (syntax === null) return unreadableCuts(document);
  const cuts: Cut[] = [];
  collectObjects(syntax.root, syntax, document, false, cuts);
  const sorted = cuts.filter((cut) => document.slice(cut.from, cut.to) !== cut.insert).sort((a, b) => a.from - b.from);
  // The same anchor may be used twice.
  return sorted.filter((cut, index) => index === 0 || cut.from >= sorted[index - 1]!.to);
}

/** A Secret may be the document, an item of a list, or something a custom kind wraps. */
function collectObjects(node: SyntaxNode, syntax: Syntax, text: string, ofSecretList: boolean, cuts: Cut[]): void {
  if (node.kind === 'sequence') {
    for (const item of node.items) collectObjects(item.value, syntax, text, ofSecretList, cuts);
  } else if (node.kind === 'mapping') {
    const kind = valueText(node, 'kind', syntax);
    if (kind === 'Secret' || (ofSecretList && kind === null)) redactObject(node, syntax, text, cuts);
    else for (const entry of node.entries) collectObjects(entry.value, syntax, text, kind === 'SecretList', cuts);
  }
}

function redactObject(secret: MappingSyntax, syntax: Syntax, text: string, cuts: Cut[]): void {
  for (const entry of secret.entries) {
    if (PAYLOAD.has(entry.name)) redactValues(entry.value, syntax, text, entry.name === 'data', cuts, '', 0);
    const metadata = entry.name === 'metadata' ? resolve(entry.value, syntax) : null;
    const annotations = metadata?.kind === 'mapping' ? metadata.entries.find((candidate) => candidate.name === 'annotations') : undefined;
    const copies = annotations === undefined ? null : resolve(annotations.value, syntax);
    for (const annotation of copies?.kind === 'mapping' ? copies.entries : []) {
      if (annotation.name === COPY) redactValues(annotation.value, syntax, text, false, cuts, '', 0);
    }
  }
}

/** Every scalar below the node; aliases and merge keys lead to where the payload really stands. */
function redactValues(node: SyntaxNode, syntax: Syntax, text: string, encoded: boolean, cuts: Cut[], key: string, hops: number): void {
  switch (node.kind) {
    case 'scalar': {
      const insert = replaced(node, text, redactedValue(key, node.text, encoded));
      if (node.from < node.to && node.text.trim() !== '') cuts.push({ from: node.from, to: node.to, insert });
      return;
    }
    case 'alias': {
      const target = syntax.anchors.get(node.name);
      if (target !== undefined && hops < 20) redactValues(target, syntax, text, encoded, cuts, key, hops + 1);
      return;
    }
    case 'mapping':
      for (const entry of node.entries) redactValues(entry.value, syntax, text, encoded, cuts, entry.name, hops);
      return;
    case 'sequence':
      for (const item of node.items) redactValues(item.value, syntax, text, encoded, cuts, key, hops);
  }
}

/** As many lines as before: what follows the first keeps its indentation and its line end, nothing else. */
function replaced(node: ScalarSyntax, text: string, value: string): string {
  const old = text.slice(node.from, node.to);
  const lines = old.split('\n');
  if (node.style !== 'block') {
    if (lines.length === 1) return `"${value}"`;
    const inner = lines.slice(1, -1).map((line) => (line.endsWith('\r') ? '\r' : ''));
    const first = lines[0]!.endsWith('\r') ? '\r' : '';
    return [`"${value}${first}`, ...inner, `${indentOf(lines.at(-1)!)}"`].join('\n');
  }
  const content = lines.findIndex((line, index) => index > 0 && line.trim() !== '');
  return lines
    .map((line, index) => {
      if (index === 0) return line;
      const ending = line.endsWith('\r') ? '\r' : '';
      return index === content ? `${indentOf(line)}${value}${ending}` : ending;
    })
    .join('\n');
}

/** Line by line: below `data:` or `stringData:` and beside the copy, values go until the indentation ends. */
function unreadableCuts(document: string): readonly Cut[] {
  if (!/kind["']?\s*:\s*["']?Secret/.test(document)) return [];
  const cuts: Cut[] = [];
  const add = (from: number, length: number) => {
    if (length > 0) cuts.push({ from, to: from + length, insert: REDACTED });
  };
  let below = -1;
  let at = 0;
  for (const lineWithEnd of document.split('\n')) {
    const line = lineWithEnd.replace(/\r$/, '');
    const indent = indentOf(line).length;
    const head = /^[\s-]*["']?(data|stringData|kubectl\.kubernetes\.io\/last-applied-configuration)["']?\s*:\s*/.exec(line);
    if (head !== null) {
      below = indent;
      const rest = line.slice(head[0].length);
      if (!/^[|>{][-+0-9]*\s*$/.test(rest)) add(at + head[0].length, rest.length);
    } else if (line.trim() !== '' && below >= 0) {
      if (indent <= below && !/^\s*["'}\]]/.test(line)) below = -1;
      else if (!/^\s*[}\]],?\s*$/.test(line)) {
        const key = /^\s*["']?[\w.-]+["']?\s*:\s*(?:[|>][-+0-9]*\s*$)?/.exec(line)?.[0] ?? indentOf(line);
        add(at + key.length, line.length - key.length);
      }
    } else if (/["'](?:data|stringData)["']\s*:/.test(line)) {
      // JSON on one line: everything behind the key.
      const from = line.search(/["'](?:data|stringData)["']\s*:/);
      add(at + from, line.length - from);
    }
    at += lineWithEnd.length + 1;
  }
  return cuts;
}

function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)![0];
}

function resolve(node: SyntaxNode, syntax: Syntax): SyntaxNode {
  return node.kind === 'alias' ? (syntax.anchors.get(node.name) ?? node) : node;
}

function valueText(mapping: MappingSyntax, key: string, syntax: Syntax): string | null {
  const entry: EntrySyntax | undefined = mapping.entries.find((candidate) => candidate.name === key);
  const value = entry === undefined ? null : resolve(entry.value, syntax);
  return value?.kind === 'scalar' ? value.text : null;
}
