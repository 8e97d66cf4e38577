/**
 * What a saved request expects, compared with the result object of the command: the same words mean the same in a
 * Scenario and in `--batch` results. Shares are compared to four digits unless `shareTolerance` says otherwise.
 */
import { msg, type Message } from '../catalogue/message.ts';
import type { Json } from '../engine/index.ts';

type Fields = Readonly<Record<string, Json>>;
type Check = (wanted: Json, result: View, all: Fields) => readonly Message[];

/** The branches that happen at all, as plain JSON. */
interface View {
  readonly branches: readonly Fields[];
  readonly result: Fields;
}

const NEGLIGIBLE = 1e-6;

/** One message for each word that does not hold; empty when all hold. */
export function unmetExpectations(expect: Json, result: Record<string, unknown>): readonly Message[] {
  // What is compared is what a program reading the output would see.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const plain = JSON.parse(JSON.stringify(result)) as Fields;
  const branches = list(plain['branches'])
    .map(fields)
    .filter(({ probability }) => typeof probability === 'number' && probability > NEGLIGIBLE);
  const all = fields(expect);
  const unmet = Object.entries(all).flatMap(([key, wanted]) => {
    const check = Object.hasOwn(CHECKS, key) ? CHECKS[key] : undefined;
    return check === undefined ? [msg('cli.expect.unknown', { key })] : check(wanted, { branches, result: plain }, all);
  });
  // Two ways may miss the same.
  return [...new Map(unmet.map((message) => [JSON.stringify(message), message])).values()];
}

const reached = (branch: Fields) => branch['end'] === 'backend';

const CHECKS: Readonly<Record<string, Check>> = {
  reached: (wanted, { branches }) => {
    const others = branches.filter((branch) => !reached(branch));
    if (wanted === true && others.length > 0) return [msg('cli.expect.not-reached', { ends: [...new Set(others.map(endOf))] })];
    return wanted === false && branches.some(reached) ? [msg('cli.expect.reached')] : [];
  },
  services: shares((branch) => branch['service']),
  workloads: shares(workloadOf),
  pods: shares((branch) => branch['pod']),
  endpoints: shares((branch) => branch['endpoint']),
  shareTolerance: () => [],
  ignoreHeaderWhitespace: () => [],
  podsExact: (wanted, { branches }) =>
    sameSet(
      'pods',
      branches.filter(reached).map((branch) => branch['pod'] ?? null),
      list(wanted),
    ),
  distinctPods: (wanted, { branches }) => equal('distinctPods', new Set(branches.filter(reached).map((branch) => branch['pod'])).size, wanted),
  workloadNamespace: (wanted, { branches }) =>
    sameSet(
      'workloadNamespace',
      branches.filter(reached).map((branch) => (workloadOf(branch) ?? '').split('/')[0] ?? ''),
      [wanted],
    ),
  podNamePrefix: (wanted, { branches }) =>
    branches
      .filter((branch) => reached(branch) && !word(branch['pod']).startsWith(word(wanted)))
      .flatMap((branch) => equal('pod', branch['pod'] ?? null, wanted)),
  status: each('status', (got, wanted) => same(got, wanted)),
  statusAnyOf: each('status', isAmong),
  statusNot: each('status', (got, wanted) => !list(wanted).some((one) => same(one, got))),
  statusRange: each('status', (got, wanted) => {
    const [from, to] = list(wanted);
    return typeof got === 'number' && typeof from === 'number' && typeof to === 'number' && got >= from && got <= to;
  }),
  grpcStatus: each('grpcStatus', (got, wanted) => same(got, wanted)),
  grpcStatusNot: each('grpcStatus', (got, wanted) => !list(wanted).some((one) => same(one, got))),
  failure: each('failure', (got, wanted) => same(got, wanted)),
  failureAnyOf: each('failure', isAmong),
  failureStage: each('stage', (got, wanted) => same(got, wanted)),
  blockedBy: (wanted, { branches }) => {
    const kinds = branches.flatMap((branch) => list(branch['blockedBy']).map((by) => fields(by)['kind'] ?? null));
    return kinds.includes(wanted) ? [] : [msg('cli.expect.value', { key: 'blockedBy', got: text(kinds), wanted: text(wanted) })];
  },
  policy: (wanted, { result }) => equal('policy', fields(result['policy'])['verdict'] ?? null, wanted),
  redirect: (wanted, { branches }) => branches.flatMap((branch) => redirect(fields(wanted), fields(branch['redirect']))),
  responseHeaders: (wanted, { branches }) =>
    branches.flatMap((branch) => headers(fields(wanted), branch['responseHeaders'], (got, value) => plain(got) === plain(value))),
  responseHeadersAnyOf: (wanted, { branches }) =>
    branches.flatMap((branch) =>
      headers(fields(wanted), branch['responseHeaders'], (got, values) => list(values).some((value) => plain(got) === plain(value))),
    ),
  responseHeadersAbsent: (wanted, { branches }) => branches.flatMap((branch) => absent(list(wanted), branch['responseHeaders'])),
  atBackend: (wanted, { branches }) => branches.filter(reached).flatMap((branch) => atBackend(fields(wanted), fields(branch['atBackend']))),
  atBackendByWorkload: (wanted, { branches }) =>
    branches.filter(reached).flatMap((branch) => {
      const own = fields(wanted)[String(workloadOf(branch))];
      return own === undefined ? [] : atBackend(fields(own), fields(branch['atBackend']));
    }),
  sourceIP: (wanted, { branches }) =>
    branches.filter(reached).flatMap((branch) => equal('sourceIP', fields(fields(branch['atBackend'])['sourceIP'])['kind'] ?? null, wanted)),
  mirroredTo: (wanted, { branches }) =>
    branches
      .filter(reached)
      .flatMap((branch) =>
        equal(
          'mirroredTo',
          Object.fromEntries(list(branch['mirrors']).map((mirror) => [word(fields(mirror)['service']), fields(mirror)['percent'] ?? null])),
          wanted,
        ),
      ),
  resolvesTo: (wanted, { result }) => sameSet('resolvesTo', list(fields(result['resolution'])['addresses']), list(wanted)),
  cname: (wanted, { result }) => equal('cname', word(fields(result['resolution'])['cname']).replace(/\.$/, ''), wanted),
  tlsCertificateFor: (wanted, { result }) => {
    const names = list(fields(result['tls'])['certificateNames']);
    return names.includes(wanted) ? [] : [msg('cli.expect.value', { key: 'certificateNames', got: text(names), wanted: text(wanted) })];
  },
  interceptedByKubeProxy: (wanted, { result }) => equal('interceptedByKubeProxy', result['interceptedByKubeProxy'] ?? null, wanted),
  ingressAddressAssigned: (wanted, { result }) =>
    Object.entries(fields(wanted)).flatMap(([key, value]) => equal(key, fields(result['ingressAddressAssigned'])[key] ?? null, value)),
};

/** Who gets which share of the requests: the complete set. Null is some share, 0 is none. */
function shares(keyOf: (branch: Fields) => Json | undefined): Check {
  return (wanted, { branches }, { shareTolerance }) => {
    const tolerance = (typeof shareTolerance === 'number' ? shareTolerance : 0) + 1e-4;
    const got = new Map<string, number>();
    for (const branch of branches) {
      const key = reached(branch) ? keyOf(branch) : null;
      if (typeof key === 'string') got.set(key, (got.get(key) ?? 0) + Number(branch['probability']));
    }
    const expected = fields(wanted);
    return [...new Set([...got.keys(), ...Object.keys(expected)])].flatMap((what) => {
      const share = got.get(what) ?? 0;
      const meant = expected[what];
      const args = { what, got: share.toFixed(3) };
      if (meant === undefined || meant === 0) return share > NEGLIGIBLE ? [msg('cli.expect.unexpected', args)] : [];
      if (share <= NEGLIGIBLE) return [msg('cli.expect.nothing', { what })];
      return typeof meant === 'number' && Math.abs(share - meant) > tolerance ? [msg('cli.expect.share', { ...args, wanted: meant })] : [];
    });
  };
}

/** The value must hold on every way. */
function each(key: string, holds: (got: Json, wanted: Json) => boolean): Check {
  return (wanted, { branches }) => {
    const wrong = branches.map((branch) => branch[key] ?? null).filter((got) => !holds(got, wanted));
    return wrong.length === 0 ? [] : [msg('cli.expect.value', { key, got: text(wrong[0]!), wanted: text(wanted) })];
  };
}

function isAmong(got: Json, wanted: Json): boolean {
  return list(wanted).some((one) => same(one, got));
}

function redirect(wanted: Fields, got: Fields): readonly Message[] {
  return Object.entries(wanted).flatMap(([key, value]) => {
    const anyOf = /^(port|location)AnyOf$/.exec(key)?.[1];
    const own = got[anyOf ?? key] ?? null;
    return (anyOf === undefined ? same(own, value) : isAmong(own, value)) ? [] : equal(`redirect.${anyOf ?? key}`, own, value);
  });
}

const AT_BACKEND: Readonly<Record<string, string>> = { tlsServerName: 'sni', tlsClientCertificate: 'clientCertificate' };

function atBackend(wanted: Fields, got: Fields): readonly Message[] {
  return Object.entries(wanted).flatMap(([key, value]) => {
    if (key === 'headersPresent') return headers(fields(value), got['headers'], (own, meant) => plain(own) === plain(meant));
    if (key === 'headersAbsent') return absent(list(value), got['headers']);
    return equal(`atBackend.${key}`, got[AT_BACKEND[key] ?? key] ?? null, value);
  });
}

/** Names in any case; several values are one text with commas, and white space does not count. */
function headers(wanted: Fields, got: Json | undefined, holds: (own: Json, meant: Json) => boolean): readonly Message[] {
  const own = lowerCased(got);
  return Object.entries(wanted).flatMap(([name, meant]) => {
    const value = own.get(name.toLowerCase()) ?? null;
    return value !== null && holds(value, meant) ? [] : [msg('cli.expect.value', { key: name, got: text(value), wanted: text(meant) })];
  });
}

function absent(names: readonly Json[], got: Json | undefined): readonly Message[] {
  const own = lowerCased(got);
  return names.map(word).flatMap((name) => {
    const value = own.get(name.toLowerCase());
    return value === undefined ? [] : [msg('cli.expect.value', { key: name, got: text(value), wanted: text(null) })];
  });
}

const lowerCased = (headersSeen: Json | undefined) => new Map(Object.entries(fields(headersSeen)).map(([name, value]) => [name.toLowerCase(), value]));
const plain = (value: Json) => (Array.isArray(value) ? list(value).map(word).join(',') : word(value)).replace(/\s+/g, '');

function sameSet(key: string, got: readonly Json[], wanted: readonly Json[]): readonly Message[] {
  const sorted = (values: readonly Json[]) => [...new Set(values.map(word))].sort();
  return equal(key, sorted(got), sorted(wanted));
}

function equal(key: string, got: Json, wanted: Json): readonly Message[] {
  return same(got, wanted) ? [] : [msg('cli.expect.value', { key, got: text(got), wanted: text(wanted) })];
}

const text = (value: Json) => JSON.stringify(value);

/** A text as it is, anything else as JSON, nothing as nothing. */
function word(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Order of keys does not count. */
function same(a: Json, b: Json): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: Json): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

function endOf(branch: Fields): string {
  return word(branch['failure'] ?? branch['status'] ?? branch['end']);
}

function workloadOf(branch: Fields): string | null {
  const { namespace, name } = fields(branch['workload']);
  return typeof name === 'string' ? `${word(namespace)}/${name}` : null;
}

function fields(value: Json | undefined): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : []);
