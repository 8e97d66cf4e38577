/** The details of a request in a link: untrusted, so that only known fields of the right type are taken over. */
import type { FlowDetails } from '../engine/index.ts';

const MAX_RESPONSE_HEADERS = 200;
/** A day, as a Scenario allows. */
const MAX_MILLISECONDS = 86_400_000;

/** Undefined when a field has a value that it cannot have. */
export function unpackDetails(value: unknown): FlowDetails | undefined {
  return take<FlowDetails>(value, { sni: isText, hsts: isBoolean, httpVersion: isVersion, viaNode: isText, clientCertificate: isText, backend: isBehaviour });
}

const isBoolean = (value: unknown) => typeof value === 'boolean';

type Checks<T> = { readonly [Field in keyof T]-?: (value: unknown) => boolean };

function take<T extends object>(value: unknown, checks: Checks<T>): T | undefined {
  if (!isMapping(value)) return undefined;
  const fields = Object.entries<(field: unknown) => boolean>(checks).filter(([name]) => Object.hasOwn(value, name));
  if (!fields.every(([name, fits]) => fits(value[name]))) return undefined;
  // Every field has passed its check.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return Object.fromEntries(fields.map(([name]) => [name, value[name]])) as T;
}

const isBehaviour = (value: unknown) =>
  isMapping(value) &&
  Object.entries(value).every(([name, field]) => (Object.hasOwn(BEHAVIOUR, name) ? BEHAVIOUR[name as keyof typeof BEHAVIOUR](field) : false));

const isWhole = (most: number) => (value: unknown) => typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most;

const BEHAVIOUR: Checks<NonNullable<FlowDetails['backend']>> = {
  delay: isWhole(MAX_MILLISECONDS),
  failFirstAttempts: isWhole(100),
  failStatus: isWhole(599),
  failConnection: (value) => typeof value === 'boolean',
  failDelay: isWhole(MAX_MILLISECONDS),
  responseHeaders: (value) => isMapping(value) && Object.values(value).every(isText) && Object.keys(value).length <= MAX_RESPONSE_HEADERS,
};

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isVersion(value: unknown): boolean {
  return value === '1.1' || value === 'h2' || value === 'h2c';
}
