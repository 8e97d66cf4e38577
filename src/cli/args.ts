/** Reads the command line. Plain: one pass, no abbreviations, `--name value` and `--name=value`. */
import { msg, type Message } from '../catalogue/message.ts';

export interface TraceArgs {
  readonly files: readonly string[];
  readonly from: string;
  readonly method: string;
  readonly headers: readonly string[];
  readonly connectTo: string;
  readonly partial: boolean;
  readonly json: boolean;
  readonly batch: boolean;
  readonly followRedirects: boolean;
  readonly insecure: boolean;
  /** Empty with `--batch`. */
  readonly url: string;
}

export type ParsedArgs = { readonly kind: 'trace'; readonly args: TraceArgs } | { readonly kind: 'help' } | { readonly kind: 'wrong'; readonly why: Message };

const WITH_VALUE = {
  '-f': 'file',
  '--file': 'file',
  '--from': 'from',
  '-X': 'method',
  '--request': 'method',
  '-H': 'header',
  '--header': 'header',
  '--connect-to': 'connectTo',
} as const;
const FLAGS = {
  '--partial': 'partial',
  '--json': 'json',
  '--batch': 'batch',
  '-L': 'location',
  '--location': 'location',
  '-k': 'insecure',
  '--insecure': 'insecure',
} as const;

export function parseArgs(argv: readonly string[]): ParsedArgs {
  const [command, ...rest] = argv;
  if (command === undefined || command === '--help' || command === '-h' || command === 'help') return { kind: 'help' };
  if (command !== 'trace') return { kind: 'wrong', why: msg('cli.unknown-command', { command }) };

  const values: { file: string[]; header: string[]; from: string; method: string; connectTo: string } = {
    file: [],
    header: [],
    from: 'external',
    method: 'GET',
    connectTo: '',
  };
  const flags = new Set<(typeof FLAGS)[keyof typeof FLAGS]>();
  const positional: string[] = [];

  for (let at = 0; at < rest.length; at += 1) {
    const word = rest[at] ?? '';
    if (word === '--help' || word === '-h') return { kind: 'help' };
    const equals = word.startsWith('--') ? word.indexOf('=') : -1;
    const name = equals > 0 ? word.slice(0, equals) : word;
    if (Object.hasOwn(WITH_VALUE, name)) {
      const value = equals > 0 ? word.slice(equals + 1) : rest[(at += 1)];
      if (value === undefined) return { kind: 'wrong', why: msg('cli.value-missing', { option: name }) };
      const key = WITH_VALUE[name as keyof typeof WITH_VALUE];
      if (key === 'file' && value === '') return { kind: 'wrong', why: msg('cli.value-missing', { option: name }) };
      if (key === 'file' || key === 'header') values[key].push(value);
      else values[key] = value;
    } else if (Object.hasOwn(FLAGS, name) && equals < 0) flags.add(FLAGS[name as keyof typeof FLAGS]);
    else if (word.startsWith('-') && word !== '-') return { kind: 'wrong', why: msg('cli.unknown-option', { option: name }) };
    else positional.push(word);
  }

  const batch = flags.has('batch');
  if (batch && (positional.length > 0 || values.file.length > 0)) return { kind: 'wrong', why: msg('cli.batch-alone') };
  if (!batch && positional.length !== 1)
    return { kind: 'wrong', why: positional.length === 0 ? msg('cli.url-missing') : msg('cli.one-url', { urls: positional }) };
  return {
    kind: 'trace',
    args: {
      files: values.file,
      from: values.from,
      method: values.method,
      headers: values.header,
      connectTo: values.connectTo,
      partial: flags.has('partial'),
      json: flags.has('json'),
      batch,
      followRedirects: flags.has('location'),
      insecure: flags.has('insecure'),
      url: positional[0] ?? '',
    },
  };
}
