/**
 * Reading the fields of one object, as the API server decodes it: a value of the wrong type is a decode error and the
 * object does not exist. Nothing here throws, whatever the value is.
 */
import type { FailureCode } from '../../catalogue/meaning.ts';
import { msg, type Message } from '../../catalogue/message.ts';
import type { Json, JsonObject } from '../manifests/document.ts';
import type { Finding, Rejection, RejectionCategory, RuleId, Severity } from '../manifests/finding.ts';
import type { ObjectRef } from '../manifests/object-ref.ts';
import { formatFieldPath, type FieldPath } from '../manifests/source.ts';
import type { Default } from './kind.ts';

/** What reading one object writes down beside its fields. */
export interface Reading {
  readonly object: ObjectRef;
  /** Wrong types. The API server stops at these and validates nothing. */
  readonly decodeErrors: Rejection[];
  readonly rejections: Rejection[];
  readonly findings: Finding[];
  readonly defaults: Record<string, Default>;
}

/** How a field was asked for. `any`: only whether it is there; the fields inside are asked for one by one then. */
export type AskedAs = 'any' | 'text' | 'number' | 'number-or-text' | 'boolean' | 'list' | 'map';

export interface Asked {
  readonly path: FieldPath;
  readonly as: AskedAs;
  /** The words it takes, where they are a closed set. */
  readonly choices: readonly string[];
}

let watcher: ((asked: Asked) => void) | null = null;

/**
 * What `read` gives, while `seen` hears of every field that it asks for. So forms show exactly what is read, and
 * cannot drift from it. Reading is synchronous and pure; nothing else can be heard meanwhile.
 */
export function watchFields<T>(read: () => T, seen: (asked: Asked) => void): T {
  const before = watcher;
  watcher = seen;
  try {
    return read();
  } finally {
    watcher = before;
  }
}

const MAX_INT32 = 2 ** 31 - 1;

/** A place in an object and what stands there. Absent and `null` are the same, as for the API server. */
export class Field {
  readonly value: Json | undefined;
  readonly #parent: Field | null;
  readonly #step: string | number;
  readonly #reading: Reading;

  /** A field knows its way only through its parent: most paths are never asked for. */
  private constructor(value: Json | undefined, parent: Field | null, step: string | number, reading: Reading) {
    this.value = value ?? undefined;
    this.#parent = parent;
    this.#step = step;
    this.#reading = reading;
  }

  static root(value: Json, reading: Reading): Field {
    return new Field(value, null, '', reading);
  }

  get path(): FieldPath {
    return this.#parent === null ? [] : [...this.#parent.path, this.#step];
  }

  /** `spec.ports[0].name` */
  get name(): string {
    return formatFieldPath(this.path);
  }

  get isSet(): boolean {
    this.#asked('any');
    return this.value !== undefined;
  }

  /** The field of a mapping. Of anything else: a decode error, and absent. */
  get(key: string): Field {
    const value = isMapping(this.value) && Object.hasOwn(this.value, key) ? this.value[key] : undefined;
    if (this.value !== undefined && !isMapping(this.value)) this.#decodeError(msg('rejection.decode.mapping', { path: this.name }));
    return new Field(value, this, key, this.#reading);
  }

  at(...keys: readonly string[]): Field {
    return keys.reduce<Field>((field, key) => field.get(key), this);
  }

  /** The place of an item, also of one that is not written: the API server names it by its position. */
  item(index: number): Field {
    return new Field(Array.isArray(this.value) ? (this.value as readonly Json[])[index] : undefined, this, index, this.#reading);
  }

  text(): string | null {
    this.#asked('text');
    const { value } = this;
    if (value === undefined || typeof value === 'string') return value ?? null;
    if (typeof value === 'number') this.#decodeError(msg('rejection.decode.text-number', { path: this.name, value: String(value) }));
    else if (typeof value === 'boolean') this.#decodeError(msg('rejection.decode.text-boolean', { path: this.name, value: String(value) }));
    else this.#decodeError(msg('rejection.decode.text', { path: this.name }));
    return null;
  }

  /** The text, or null when there is none or it is empty: most text fields do not tell these apart. */
  filledText(): string | null {
    return this.text() || null;
  }

  integer(): number | null {
    this.#asked('number');
    const { value } = this;
    if (value === undefined) return null;
    if (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= MAX_INT32) return value;
    const isQuoted = typeof value === 'string' && /^-?\d+$/.test(value);
    this.#decodeError(isQuoted ? msg('rejection.decode.integer-quoted', { path: this.name, value }) : msg('rejection.decode.integer', { path: this.name }));
    return null;
  }

  /** A number or a text, as ports are given. */
  integerOrText(): number | string | null {
    this.#asked('number-or-text');
    if (typeof this.value === 'string') return this.value;
    if (this.value === undefined || typeof this.value === 'number') return this.integer();
    this.#decodeError(msg('rejection.decode.integer-or-text', { path: this.name }));
    return null;
  }

  boolean(): boolean | null {
    this.#asked('boolean');
    const { value } = this;
    if (value === undefined || typeof value === 'boolean') return value ?? null;
    const isQuoted = value === 'true' || value === 'false';
    this.#decodeError(isQuoted ? msg('rejection.decode.boolean-quoted', { path: this.name, value }) : msg('rejection.decode.boolean', { path: this.name }));
    return null;
  }

  /** The items of a list; none when absent. */
  items(): readonly Field[] {
    this.#asked('list');
    const { value } = this;
    if (Array.isArray(value)) return (value as readonly Json[]).map((item, index) => new Field(item, this, index, this.#reading));
    if (value !== undefined) this.#decodeError(msg('rejection.decode.list', { path: this.name }));
    return [];
  }

  texts(): readonly string[] {
    return this.items().map((item) => item.text() ?? '');
  }

  entries(): readonly (readonly [string, Field])[] {
    this.#asked('map');
    const { value } = this;
    if (isMapping(value)) return Object.keys(value).map((key) => [key, this.get(key)]);
    if (value !== undefined) this.#decodeError(msg('rejection.decode.mapping', { path: this.name }));
    return [];
  }

  /** Labels, annotations, selectors: every value must be text (S10.26). */
  textMap(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.entries().map(([key, field]) => [key, field.text() ?? '']));
  }

  /** Tells who listens that only these words are taken. */
  offers(choices: readonly string[]): void {
    this.#asked('text', choices);
  }

  /** `printed`: the field that the API server names, where it is not this one. */
  reject(category: RejectionCategory, rule: RuleId, message: Message, printed?: Field): void {
    const { object, rejections } = this.#reading;
    rejections.push({ object, path: this.path, ...(printed && { printed: printed.path }), category, message, rule });
  }

  /** Something to tell that is no reason not to exist. Its ranges are found once all texts are known. */
  note(code: FailureCode, severity: Severity, rules: readonly RuleId[], message: Message): void {
    this.#reading.findings.push({ code, severity, message, ranges: [], object: this.#reading.object, path: this.path, rules });
  }

  /** Notes the default that the API server writes here, and gives it back. */
  default<T extends string | number | boolean>(value: T, rule: RuleId): T {
    this.#reading.defaults[this.name] = { value: String(value), rule };
    return value;
  }

  #asked(as: AskedAs, choices: readonly string[] = []): void {
    if (watcher !== null) watcher({ path: this.path, as, choices });
  }

  #decodeError(message: Message): void {
    const { decodeErrors, object } = this.#reading;
    if (decodeErrors.some((known) => formatFieldPath(known.path) === this.name)) return;
    const rule = this.path[0] === 'metadata' && this.path.length === 3 ? 'S10.26' : 'S4';
    decodeErrors.push({ object, path: this.path, category: 'Invalid', message, rule });
  }
}

export function isMapping(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
