/**
 * A link that holds a whole workspace: `#v2.` and the base64url of the deflated JSON of workspace, request, step and
 * what is shown of them. `#v1.` links hold no view, `#v2.` links no details of the request; the smallest version that
 * holds a state is the one it gets.
 * The state never leaves the URL's fragment, which no browser sends anywhere.
 *
 * A link is untrusted: its length, the length of what it unpacks to and the shape of the result are bounded and
 * checked by hand, and nothing but the known fields is taken over. Whoever encodes has taken Secrets' payloads out
 * before (`redactSecrets`). Every version decodes forever; another layout gets another number.
 */
import type { Origin, RequestDraft, Workspace } from '../engine/index.ts';
import { unpackDetails } from './details.ts';

export interface PermalinkState {
  readonly workspace: Workspace;
  readonly request: RequestDraft | null;
  /** Index into the stops of the player. */
  readonly step: number;
  /** The page that shows it and what that page wants kept; null for the map as a first visit shows it. */
  readonly view: PermalinkView | null;
}

export interface PermalinkView {
  readonly page: string;
  readonly options: Readonly<Record<string, string>>;
}

export type PermalinkProblem =
  /** The fragment is not a permalink of ours. */
  | 'not-a-permalink'
  /** Made by a newer Podpath. */
  | 'unknown-version'
  /** Cut off or changed on its way. */
  | 'damaged'
  | 'too-large';

export type Decoded = { readonly ok: true; readonly state: PermalinkState } | { readonly ok: false; readonly reason: PermalinkProblem };

/** Characters of the fragment; browsers and chat programs give up before. */
const MAX_ENCODED = 2_000_000;
/** Bytes of JSON; a link of a few hundred bytes can unpack to a gigabyte. */
const MAX_JSON = 16_000_000;
const MAX_FILES = 500;
const MAX_HEADERS = 200;
const MAX_STEP = 100_000;
const MAX_OPTIONS = 50;
/** Characters of one option. */
const MAX_OPTION = 4_000;

/** The fragment with its `#`. The same state gives the same fragment. */
export async function encodePermalink(state: PermalinkState): Promise<string> {
  const { workspace, request, step, view } = state;
  // Arrays in a fixed order: shorter than names, and nothing else can slip in.
  const common = [workspace.map((file) => [file.name, file.text]), request === null ? null : packRequest(request), step];
  const shown = view === null ? null : [view.page, Object.entries(view.options)];
  const details = request?.details === undefined || Object.keys(request.details).length === 0 ? null : request.details;
  const version = details !== null ? 3 : shown !== null ? 2 : 1;
  const packed = { 1: common, 2: [...common, shown], 3: [...common, shown, details] }[version];
  const bytes = await through(new TextEncoder().encode(JSON.stringify(packed)), new CompressionStream('deflate-raw'), Infinity);
  return `#v${version}.${toBase64Url(bytes!)}`;
}

/** Takes the fragment with or without its `#`. Never throws. */
export async function decodePermalink(hash: string): Promise<Decoded> {
  const fail = (reason: PermalinkProblem): Decoded => ({ ok: false, reason });
  const match = /^#?v(\d{1,6})\./.exec(hash);
  if (match === null) return fail('not-a-permalink');
  const version = match[1];
  if (version !== '1' && version !== '2' && version !== '3') return fail('unknown-version');
  const encoded = withoutPunctuation(hash.slice(match[0].length));
  if (encoded.length > MAX_ENCODED) return fail('too-large');
  const packed = fromBase64Url(encoded);
  if (packed === null) return fail('damaged');
  try {
    const bytes = await through(packed, new DecompressionStream('deflate-raw'), MAX_JSON);
    if (bytes === null) return fail('too-large');
    const state = unpack(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)), version);
    return state === null ? fail('damaged') : { ok: true, state };
  } catch {
    return fail('damaged');
  }
}

/** Punctuation behind a link in a sentence is taken for a part of it by many programs. A loop, for patterns can take the square of the length. */
function withoutPunctuation(text: string): string {
  let end = text.length;
  while (end > 0 && /[).,;:!?'">\]\s]/.test(text[end - 1]!)) end -= 1;
  return text.slice(0, end);
}

/** Null as soon as more than `max` bytes come out; the rest is then not even unpacked. */
async function through(
  bytes: Uint8Array<ArrayBuffer>,
  transform: CompressionStream | DecompressionStream,
  max: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const reader = new Blob([bytes]).stream().pipeThrough(transform).getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > max) {
      await reader.cancel();
      return null;
    }
    chunks.push(value);
  }
  const out = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    out.set(chunk, at);
    at += chunk.length;
  }
  return out;
}

function toBase64Url(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[\w-]*$/.test(text)) return null;
  try {
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));
  } catch {
    return null;
  }
}

function packRequest({ from, method, url, headers, connectTo, followRedirects, insecure }: RequestDraft): unknown {
  return [packOrigin(from), method, url, headers, connectTo, followRedirects, insecure];
}

function packOrigin(origin: Origin): readonly string[] {
  switch (origin.kind) {
    case 'external':
      return ['external', origin.ip];
    case 'node':
      return ['node', origin.name];
    case 'pod':
      return ['pod', origin.namespace, origin.name];
    case 'workload':
      return ['workload', origin.workloadKind, origin.namespace, origin.name];
  }
}

const PARTS = { 1: 3, 2: 4, 3: 5 } as const;

function unpack(value: unknown, version: '1' | '2' | '3'): PermalinkState | null {
  if (!Array.isArray(value) || value.length !== PARTS[version]) return null;
  const [files, draft, step, shown, more]: unknown[] = value;
  if (!Array.isArray(files) || files.length > MAX_FILES) return null;
  const workspace: { name: string; text: string }[] = [];
  for (const file of files as unknown[]) {
    if (!isTexts(file, 2)) return null;
    workspace.push({ name: file[0]!, text: file[1]! });
  }
  // Ranges name files, so two of one name would be confused.
  if (new Set(workspace.map((file) => file.name)).size !== workspace.length) return null;
  if (typeof step !== 'number' || !Number.isInteger(step) || step < 0 || step > MAX_STEP) return null;
  const request = draft === null ? null : unpackRequest(draft);
  const view = version === '1' || (version === '3' && shown === null) ? null : unpackView(shown);
  if (request === undefined || view === undefined) return null;
  if (version !== '3') return { workspace, request, step, view };
  const details = unpackDetails(more);
  return request === null || details === undefined ? null : { workspace, request: { ...request, details }, step, view };
}

function unpackView(value: unknown): PermalinkView | undefined {
  if (!Array.isArray(value) || value.length !== 2) return undefined;
  const [page, options]: unknown[] = value;
  if (typeof page !== 'string' || !Array.isArray(options) || options.length > MAX_OPTIONS) return undefined;
  const entries: (readonly [string, string])[] = [];
  for (const option of options as unknown[]) {
    if (!isTexts(option, 2) || option[0]!.length > MAX_OPTION || option[1]!.length > MAX_OPTION) return undefined;
    entries.push([option[0]!, option[1]!]);
  }
  return { page, options: Object.fromEntries(entries) };
}

function unpackRequest(value: unknown): RequestDraft | undefined {
  if (!Array.isArray(value) || value.length !== 7) return undefined;
  const [origin, method, url, headers, connectTo, followRedirects, insecure]: unknown[] = value;
  const from = unpackOrigin(origin);
  if (from === null || typeof method !== 'string' || typeof url !== 'string' || typeof connectTo !== 'string') return undefined;
  if (typeof followRedirects !== 'boolean' || typeof insecure !== 'boolean') return undefined;
  if (!Array.isArray(headers) || headers.length > MAX_HEADERS) return undefined;
  const pairs: [string, string][] = [];
  for (const header of headers as unknown[]) {
    if (!isTexts(header, 2)) return undefined;
    pairs.push([header[0]!, header[1]!]);
  }
  return { from, method, url, headers: pairs, connectTo, followRedirects, insecure };
}

function unpackOrigin(value: unknown): Origin | null {
  if (isTexts(value, 2) && value[0] === 'external') return { kind: 'external', ip: value[1]! };
  if (isTexts(value, 2) && value[0] === 'node') return { kind: 'node', name: value[1]! };
  if (isTexts(value, 3) && value[0] === 'pod') return { kind: 'pod', namespace: value[1]!, name: value[2]! };
  if (isTexts(value, 4) && value[0] === 'workload') return { kind: 'workload', workloadKind: value[1]!, namespace: value[2]!, name: value[3]! };
  return null;
}

function isTexts(value: unknown, length: number): value is readonly string[] {
  return Array.isArray(value) && value.length === length && value.every((item) => typeof item === 'string');
}
