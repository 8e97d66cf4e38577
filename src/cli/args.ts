/** Reads the command line. Plain: one pass, no abbreviations, `--name value` and `--name=value`. */
import { msg, type Message } from '../catalogue/message.ts';

export interface TraceArgs {
  readonly files: readonly string[];
  readonly from: string;
  readonly method: string;
  readonly headers: readonly string[];
  readonly connectTo: string;
  readonly partial: boolean;
  /** The same request through every Ingress controller instead of its path. */
  readonly through: boolean;
  readonly json: boolean;
  readonly batch: boolean;
  readonly followRedirects: boolean;
  readonly insecure: boolean;
  /** Empty with `--batch`. */
  readonly url: string;
}

export type CheckFormat = 'text' | 'json' | 'sarif' | 'junit';

export interface CheckArgs {
  readonly files: readonly string[];
  readonly format: CheckFormat;
  readonly failOn: 'error' | 'warning';
  /** The manifests are the whole cluster: nothing is assumed that they presuppose. */
  readonly complete: boolean;
}

export type TestFormat = Exclude<CheckFormat, 'sarif'>;

export interface TestArgs {
  readonly files: readonly string[];
  readonly format: TestFormat;
  readonly partial: boolean;
}

export type ParsedArgs =
  | { readonly kind: 'trace'; readonly args: TraceArgs }
  | { readonly kind: 'check'; readonly args: CheckArgs }
  | { readonly kind: 'test'; readonly args: TestArgs }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly why: Message };

/** Options of one command, by every spelling: the name its value is kept under. */
interface Options {
  readonly withValue: Readonly<Record<string, string>>;
  readonly flags: Readonly<Record<string, string>>;
}

const FILES = { '-f': 'file', '--file': 'file' };
const OPTIONS: Readonly<Record<'trace' | 'check' | 'test', Options>> = {
  trace: {
    withValue: { ...FILES, '--from': 'from', '-X': 'method', '--request': 'method', '-H': 'header', '--header': 'header', '--connect-to': 'connectTo' },
    flags: {
      '--partial': 'partial',
      '--through': 'through',
      '--json': 'json',
      '--batch': 'batch',
      '-L': 'location',
      '--location': 'location',
      '-k': 'insecure',
      '--insecure': 'insecure',
    },
  },
  check: { withValue: { ...FILES, '--format': 'format', '--fail-on': 'failOn' }, flags: { '--complete': 'complete' } },
  test: { withValue: { ...FILES, '--format': 'format' }, flags: { '--partial': 'partial' } },
};

interface Words {
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly flags: ReadonlySet<string>;
  readonly positional: readonly string[];
}

export function parseArgs(argv: readonly string[]): ParsedArgs {
  const [command, ...rest] = argv;
  if (command === undefined || command === '--help' || command === '-h' || command === 'help') return { kind: 'help' };
  if (command !== 'trace' && command !== 'check' && command !== 'test') return { kind: 'wrong', why: msg('cli.unknown-command', { command }) };
  const words = readWords(rest, OPTIONS[command]);
  if (words === 'help') return { kind: 'help' };
  if ('id' in words) return { kind: 'wrong', why: words };
  switch (command) {
    case 'trace':
      return traceArgs(words);
    case 'check':
      return checkArgs(words);
    case 'test':
      return testArgs(words);
  }
}

function readWords(words: readonly string[], { withValue, flags: known }: Options): Words | Message | 'help' {
  const values = new Map<string, string[]>();
  const flags = new Set<string>();
  const positional: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '--help' || word === '-h') return 'help';
    const equals = word.startsWith('--') ? word.indexOf('=') : -1;
    const name = equals > 0 ? word.slice(0, equals) : word;
    const key = Object.hasOwn(withValue, name) ? withValue[name] : undefined;
    const flag = Object.hasOwn(known, name) ? known[name] : undefined;
    if (key !== undefined) {
      const value = equals > 0 ? word.slice(equals + 1) : words[(at += 1)];
      if (value === undefined || (key === 'file' && value === '')) return msg('cli.value-missing', { option: name });
      values.set(key, [...(values.get(key) ?? []), value]);
    } else if (flag !== undefined && equals < 0) flags.add(flag);
    else if (word.startsWith('-') && word !== '-') return msg('cli.unknown-option', { option: name });
    else positional.push(word);
  }
  return { values, flags, positional };
}

function traceArgs({ values, flags, positional }: Words): ParsedArgs {
  const batch = flags.has('batch');
  const files = values.get('file') ?? [];
  if (batch && (positional.length > 0 || files.length > 0)) return { kind: 'wrong', why: msg('cli.batch-alone') };
  if (!batch && positional.length !== 1)
    return { kind: 'wrong', why: positional.length === 0 ? msg('cli.url-missing') : msg('cli.one-url', { urls: positional }) };
  return {
    kind: 'trace',
    args: {
      files,
      from: values.get('from')?.at(-1) ?? 'external',
      method: values.get('method')?.at(-1) ?? 'GET',
      headers: values.get('header') ?? [],
      connectTo: values.get('connectTo')?.at(-1) ?? '',
      partial: flags.has('partial'),
      through: flags.has('through'),
      json: flags.has('json'),
      batch,
      followRedirects: flags.has('location'),
      insecure: flags.has('insecure'),
      url: positional[0] ?? '',
    },
  };
}

function checkArgs({ values, flags, positional }: Words): ParsedArgs {
  const files = [...(values.get('file') ?? []), ...positional];
  if (files.length === 0) return { kind: 'wrong', why: msg('cli.files-missing', { command: 'check' }) };
  const format = oneOf(values, 'format', ['text', 'json', 'sarif', 'junit'] as const);
  const failOn = oneOf(values, 'failOn', ['error', 'warning'] as const);
  if (format === null) return { kind: 'wrong', why: msg('cli.format', { allowed: ['text', 'json', 'sarif', 'junit'] }) };
  if (failOn === null) return { kind: 'wrong', why: msg('cli.fail-on') };
  return { kind: 'check', args: { files, format, failOn, complete: flags.has('complete') } };
}

function testArgs({ values, flags, positional }: Words): ParsedArgs {
  const files = [...(values.get('file') ?? []), ...positional];
  if (files.length === 0) return { kind: 'wrong', why: msg('cli.files-missing', { command: 'test' }) };
  const format = oneOf(values, 'format', ['text', 'json', 'junit'] as const);
  if (format === null) return { kind: 'wrong', why: msg('cli.format', { allowed: ['text', 'json', 'junit'] }) };
  return { kind: 'test', args: { files, format, partial: flags.has('partial') } };
}

/** The first word allowed is the default; null for a word that is not allowed. */
function oneOf<T extends string>(values: Words['values'], key: string, allowed: readonly [T, ...T[]]): T | null {
  const given = values.get(key)?.at(-1);
  return given === undefined ? allowed[0] : (allowed.find((word) => word === given) ?? null);
}
