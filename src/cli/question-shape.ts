/** Whether a line of `--batch` is a question: everything that is read has the type it is read as. */
import type { BatchQuestion } from './batch-question.ts';

/** Null when the value fits, else where it does not, as a suffix: `.from.pod`; empty for the value itself. */
type Check = (value: unknown) => string | null;

const of =
  (type: 'string' | 'number' | 'boolean'): Check =>
  (value) =>
    typeof value === type ? null : '';
const text = of('string');
const number = of('number');
const boolean = of('boolean');
const anything: Check = () => null;

const oneOf =
  (...words: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && words.includes(value) ? null : '';

const either =
  (...checks: readonly Check[]): Check =>
  (value) =>
    checks.some((check) => check(value) === null) ? null : (checks.at(-1)?.(value) ?? '');

/** A null in a list leaves a hole, which only a copy shows. */
const texts: Check = (value) => (Array.isArray(value) && Array.from<unknown>(value).every((item) => typeof item === 'string') ? null : '');

const isMapping = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

const entries =
  (check: Check): Check =>
  (value) => {
    if (!isMapping(value)) return '';
    for (const [key, item] of Object.entries(value)) {
      const misfit = check(item);
      if (misfit !== null) return `.${key}${misfit}`;
    }
    return null;
  };

/** Absent fields fit, and so do those that nobody reads. */
const fields =
  (checks: Readonly<Record<string, Check>>): Check =>
  (value) => {
    if (!isMapping(value)) return '';
    for (const [key, check] of Object.entries(checks)) {
      const misfit = Object.hasOwn(value, key) ? check(value[key]) : null;
      if (misfit !== null) return `.${key}${misfit}`;
    }
    return null;
  };

const workload = { pod: text, deployment: text, workload: text, kind: text };

const environment = fields({
  provider: oneOf('kind', 'metallb', 'bare-metal', 'gcp'),
  clusterDNS: boolean,
  clusterDomain: text,
  networkPolicy: boolean,
  clusterCIDR: text,
  serviceCIDR: text,
  kubeProxy: fields({ mode: text, masqueradeAll: boolean, localhostNodePorts: boolean, nodePortAddresses: texts, localTrafficDetector: boolean }),
  controllers: entries(fields({ profile: text, name: text, config: entries(text), args: texts, unsupportedFeatures: texts })),
});

const request = fields({
  from: either(text, fields({ ...workload, node: text })),
  clientIP: text,
  method: text,
  url: text,
  connectTo: fields({ gateway: text, ingress: boolean, port: number }),
  to: fields({ ...workload, port: number, protocol: text }),
  headers: entries(either(text, texts)),
  sni: text,
  clientCertificate: text,
  protocol: text,
  viaNode: text,
  followRedirects: boolean,
  backend: fields({
    responseHeaders: entries(text),
    delay: either(text, number),
    failFirstAttempts: number,
    failStatus: number,
    failConnection: boolean,
    failDelay: either(text, number),
  }),
});

const question = fields({ id: anything, manifestFile: text, manifests: text, environment, request });

export type ReadQuestion =
  | { readonly question: BatchQuestion }
  /** Where it does not fit: `request.headers`; empty when it is no JSON object at all. */
  | { readonly misfit: string };

/** One line of JSON. What is null counts as absent. */
export function readQuestion(line: string): ReadQuestion {
  let value: unknown;
  try {
    value = JSON.parse(line, (_, item: unknown) => (item === null ? undefined : item));
  } catch {
    return { misfit: '' };
  }
  const misfit = question(value);
  // The checks above are those of every field that the type names.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return misfit === null ? { question: value as BatchQuestion } : { misfit: misfit.slice(1) };
}
