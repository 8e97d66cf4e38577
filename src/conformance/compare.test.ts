import { describe, expect, it } from 'vitest';
import type { Answer, AnswerAtBackend, AnswerBranch } from './answer.ts';
import type { Expectations } from './case.ts';
import { compare } from './compare.ts';
import type { Difference } from './difference.ts';

const backend = (fields: Partial<AnswerBranch> = {}): AnswerBranch => ({ probability: 1, end: 'backend', ...fields });
const seen = (atBackend: AnswerAtBackend) => backend({ atBackend });
const failed = (fields: Partial<AnswerBranch> = {}): AnswerBranch => ({ probability: 1, end: 'failure', ...fields });
const answered = (status: number, fields: Partial<AnswerBranch> = {}): AnswerBranch => ({ probability: 1, end: 'response', status, ...fields });
const half = (branch: AnswerBranch): AnswerBranch => ({ ...branch, probability: 0.5 });
const one = (branch: AnswerBranch): Answer => ({ branches: [branch] });
const both = (a: AnswerBranch, b: AnswerBranch): Answer => ({ branches: [half(a), half(b)] });
const redirected = (redirect: AnswerBranch['redirect'] & object): Answer => one({ probability: 1, end: 'redirect', redirect });

const HELD = { object: 'HTTPRoute/a/r', parent: 'Gateway/a/g', type: 'Accepted', status: 'True', reason: 'Accepted' };

interface Row {
  readonly expect: Expectations;
  /** What agrees with it, and what does not. */
  readonly right: Answer;
  readonly wrong: Answer;
  /** What the difference says of the wrong one. */
  readonly difference: Omit<Difference, 'word'>;
  readonly without?: 'request';
}

const row = (expect: Expectations, right: Answer, wrong: Answer, of: string | null, expected: Difference['expected'], came: Difference['came']): Row => ({
  expect,
  right,
  wrong,
  difference: { of, expected, came },
});
const statusRow = (...of: Parameters<typeof row>): Row => ({ ...row(...of), without: 'request' });

/** By word, so that no word is without a row. `shareTolerance` compares nothing by itself. */
const ROWS: Readonly<Record<Exclude<keyof Expectations, 'shareTolerance'>, readonly Row[]>> = {
  reached: [
    row({ reached: true }, one(backend()), both(backend(), failed({ failure: 'timeout' })), null, true, ['timeout']),
    row({ reached: true }, one(backend()), one(answered(404)), null, true, [404]),
    row({ reached: false }, one(failed()), both(failed(), backend({ endpoint: '10.0.0.1:80' })), null, false, ['10.0.0.1:80']),
  ],
  services: [
    row({ services: { 'a/x': 1 } }, one(backend({ service: 'a/x' })), one(failed({ service: 'a/x' })), 'a/x', 1, 0),
    row({ services: { 'a/x': 1 } }, one(backend({ service: 'a/x' })), both(backend({ service: 'a/x' }), failed()), 'a/x', 1, 0.5),
    row({ services: { 'a/x': null } }, one(backend({ service: 'a/x' })), one(backend()), 'a/x', null, 0),
    row(
      { services: { 'a/x': 0, 'a/y': 1 } },
      one(backend({ service: 'a/y' })),
      { branches: [backend({ service: 'a/y' }), backend({ service: 'a/x', probability: 0.00005 })] },
      'a/x',
      0,
      0.00005,
    ),
  ],
  workloads: [row({ workloads: { 'a/x': 1 } }, one(backend({ workload: { namespace: 'a', name: 'x' } })), one(backend({ workload: null })), 'a/x', 1, 0)],
  pods: [
    row(
      { pods: { 'a/x-0': 0.5, 'a/x-1': 0.5 } },
      both(backend({ pod: 'a/x-0' }), backend({ pod: 'a/x-1' })),
      both(backend({ pod: 'a/x-0' }), backend()),
      'a/x-1',
      0.5,
      0,
    ),
  ],
  endpoints: [row({ endpoints: { '10.0.0.1:80': 1 } }, one(backend({ endpoint: '10.0.0.1:80' })), one(backend({ endpoint: '' })), '', 0, 1)],
  podsExact: [row({ podsExact: ['a/x'] }, both(backend({ pod: 'a/x' }), failed({ pod: 'a/y' })), one(backend({ pod: 'a/y' })), null, ['a/x'], ['a/y'])],
  distinctPods: [
    row({ distinctPods: 2 }, both(backend({ pod: 'a/x' }), backend({ pod: 'a/y' })), both(backend({ pod: 'a/x' }), backend({ pod: 'a/x' })), null, 2, 1),
  ],
  workloadNamespace: [
    row(
      { workloadNamespace: 'a' },
      one(backend({ workload: { namespace: 'a', name: 'x' } })),
      one(backend({ workload: { namespace: 'b', name: 'x' } })),
      null,
      'a',
      ['b'],
    ),
  ],
  podNamePrefix: [row({ podNamePrefix: 'a/x' }, one(backend({ pod: 'a/x-0' })), one(backend({ pod: 'a/y-0' })), null, 'a/x', ['a/y-0'])],
  status: [
    row({ status: 200 }, one(backend({ status: 200 })), both(backend({ status: 200 }), answered(503)), null, 200, [200, 503]),
    row({ status: null }, one(failed()), one(answered(503)), null, null, [503]),
  ],
  statusAnyOf: [row({ statusAnyOf: [404, 502] }, both(answered(404), answered(502)), one(answered(503)), null, [404, 502], [503])],
  statusNot: [row({ statusNot: [404] }, one(answered(503)), one(answered(404)), null, [404], [404])],
  statusRange: [
    row({ statusRange: [400, 499] }, one(answered(499)), one(answered(500)), null, [400, 499], [500]),
    row({ statusRange: [400, 499] }, one(answered(400)), one(failed()), null, [400, 499], [null]),
  ],
  grpcStatus: [row({ grpcStatus: 0 }, one(backend({ grpcStatus: 0 })), one(backend()), null, 0, [null])],
  grpcStatusNot: [row({ grpcStatusNot: [0] }, one(answered(200, { grpcStatus: 12 })), one(backend({ grpcStatus: 0 })), null, [0], [0])],
  failure: [row({ failure: 'timeout' }, one(failed({ failure: 'timeout' })), one(failed({ failure: 'refused' })), null, 'timeout', ['refused'])],
  failureAnyOf: [row({ failureAnyOf: ['reset', 'tls'] }, one(failed({ failure: 'tls' })), one(failed()), null, ['reset', 'tls'], [null])],
  failureStage: [row({ failureStage: 'policy' }, one(failed({ stage: 'policy' })), one(failed({ stage: 'dns' })), null, 'policy', ['dns'])],
  blockedBy: [
    row({ blockedBy: 'NetworkPolicy' }, one(failed({ blockedBy: [{ kind: 'NetworkPolicy' }] })), one(failed({ blockedBy: [] })), null, 'NetworkPolicy', []),
    row({ blockedBy: 'NetworkPolicy' }, { ...one(failed()), policy: { verdict: 'denied' } }, one(failed()), null, 'NetworkPolicy', []),
  ],
  policy: [
    row({ policy: 'denied' }, { ...one(failed()), policy: { verdict: 'denied' } }, one(failed()), null, 'denied', null),
    row({ policy: 'allowed', reached: true }, one(backend()), { ...one(backend()), policy: { verdict: 'denied' } }, null, 'allowed', 'denied'),
  ],
  redirect: [
    row({ redirect: { status: 302 } }, redirected({ status: 302 }), redirected({ status: 301 }), 'status', 302, 301),
    row({ redirect: { port: null } }, redirected({}), redirected({ port: 8443 }), 'port', null, 8443),
    row({ redirect: { portAnyOf: [null, 443] } }, redirected({ port: 443 }), redirected({ port: 80 }), 'portAnyOf', [null, 443], 80),
    row({ redirect: { locationAnyOf: ['/a'] } }, redirected({ location: '/a' }), redirected({}), 'locationAnyOf', ['/a'], null),
    row({ redirect: { host: 'a' } }, redirected({ host: 'a' }), one(answered(404)), 'end', 'redirect', 'response'),
  ],
  responseHeaders: [
    row({ responseHeaders: { Vary: 'a, b' } }, one(answered(200, { responseHeaders: { vary: ['a', 'b'] } })), one(answered(200)), 'Vary', 'a, b', null),
    row(
      { responseHeaders: { x: '1' } },
      one(answered(200, { responseHeaders: { X: '1' } })),
      one(answered(200, { responseHeaders: { x: '2' } })),
      'x',
      '1',
      '2',
    ),
  ],
  responseHeadersAnyOf: [
    row({ responseHeadersAnyOf: { x: ['1', '2'] } }, one(answered(200, { responseHeaders: { x: '2' } })), one(answered(200)), 'x', ['1', '2'], null),
  ],
  responseHeadersAbsent: [row({ responseHeadersAbsent: ['X'] }, one(answered(200)), one(answered(200, { responseHeaders: { x: '1' } })), 'X', null, '1')],
  atBackend: [
    row({ atBackend: { path: '/b' } }, one(seen({ path: '/b' })), one(seen({ path: '/a' })), 'path', '/b', '/a'),
    row({ atBackend: { method: 'GET' } }, one(seen({ method: 'GET' })), one(backend()), 'method', 'GET', null),
    row({ atBackend: { tls: false } }, one(seen({ tls: false })), one(seen({ tls: true })), 'tls', false, true),
    row({ atBackend: { tlsServerName: 'a' } }, one(seen({ sni: 'a' })), one(seen({ sni: null })), 'tlsServerName', 'a', null),
    row({ atBackend: { tlsClientCertificate: 'a/s' } }, one(seen({ clientCertificate: 'a/s' })), one(seen({})), 'tlsClientCertificate', 'a/s', null),
    row(
      { atBackend: { headersPresent: { A: ['1', '2'] } } },
      one(seen({ headers: { a: '1, 2' } })),
      one(seen({ headers: { a: '1' } })),
      'header A',
      ['1', '2'],
      '1',
    ),
    row({ atBackend: { headersAbsent: ['A'] } }, one(seen({ headers: {} })), one(seen({ headers: { a: '1' } })), 'header A', null, '1'),
    // A branch that does not arrive is not asked what the backend sees.
    row({ atBackend: { host: 'a' } }, both(seen({ host: 'a' }), failed()), both(seen({ host: 'a' }), seen({ host: 'b' })), 'host', 'a', 'b'),
  ],
  atBackendByWorkload: [
    row(
      { atBackendByWorkload: { 'a/x': { path: '/' } } },
      both(backend({ workload: { namespace: 'a', name: 'x' }, atBackend: { path: '/' } }), seen({ path: '/other' })),
      one(backend({ workload: { namespace: 'a', name: 'x' } })),
      'a/x path',
      '/',
      null,
    ),
  ],
  sourceIP: [
    row({ sourceIP: 'preserved' }, one(seen({ sourceIP: { kind: 'preserved' } })), one(seen({ sourceIP: { kind: 'node' } })), null, 'preserved', 'node'),
  ],
  mirroredTo: [
    row(
      { mirroredTo: { 'a/copy': 100 } },
      one(backend({ mirrors: [{ service: 'a/copy', percent: 100 }] })),
      one(backend({ mirrors: [{ service: 'a/copy', percent: 50 }] })),
      null,
      { 'a/copy': 100 },
      { 'a/copy': 50 },
    ),
  ],
  resolvesTo: [
    row(
      { resolvesTo: ['10.0.0.2', '10.0.0.1'] },
      { ...one(backend()), resolution: { addresses: ['10.0.0.1', '10.0.0.2'] } },
      { ...one(backend()), resolution: { addresses: ['10.0.0.1'] } },
      null,
      ['10.0.0.2', '10.0.0.1'],
      ['10.0.0.1'],
    ),
  ],
  cname: [row({ cname: 'a.example' }, { ...one(backend()), resolution: { cname: 'a.example.' } }, one(backend()), null, 'a.example', '')],
  tlsCertificateFor: [row({ tlsCertificateFor: 'a' }, { ...one(backend()), tls: { certificateNames: ['b', 'a'] } }, one(backend()), null, 'a', [])],
  interceptedByKubeProxy: [row({ interceptedByKubeProxy: false }, { ...one(backend()), interceptedByKubeProxy: false }, one(backend()), null, false, null)],
  ingressAddressAssigned: [
    row({ ingressAddressAssigned: { 'a/i': false } }, { ...one(backend()), ingressAddressAssigned: { 'a/i': false } }, one(backend()), 'a/i', false, null),
  ],
  conditions: [
    statusRow(
      { conditions: [HELD] },
      { conditions: [HELD] },
      { conditions: [{ ...HELD, status: 'False', reason: 'NotAllowedByListeners' }] },
      'HTTPRoute/a/r Gateway/a/g Accepted',
      'True Accepted',
      ['False NotAllowedByListeners'],
    ),
    statusRow(
      { conditions: [{ object: 'Gateway/a/g', listener: 'http', type: 'Ready', status: 'True' }] },
      { conditions: [{ object: 'Gateway/a/g', listener: 'http', type: 'Ready', status: 'True', reason: 'Any' }] },
      { conditions: [{ object: 'Gateway/a/g', type: 'Ready', status: 'True' }] },
      'Gateway/a/g http Ready',
      'True',
      null,
    ),
    // A parent that is not named may be any.
    statusRow(
      { conditions: [{ object: 'HTTPRoute/a/r', type: 'Accepted', status: 'True' }] },
      { conditions: [HELD] },
      { conditions: [] },
      'HTTPRoute/a/r Accepted',
      'True',
      null,
    ),
  ],
  attachedRoutes: [
    statusRow(
      { attachedRoutes: [{ object: 'Gateway/a/g', listener: 'http', count: 1 }] },
      { attachedRoutes: [{ object: 'Gateway/a/g', listener: 'http', count: 1 }] },
      { attachedRoutes: [{ object: 'Gateway/a/g', listener: 'https', count: 1 }] },
      'Gateway/a/g http',
      1,
      null,
    ),
  ],
  zeroAttachedRoutes: [
    statusRow(
      { zeroAttachedRoutes: ['Gateway/a/g'] },
      { attachedRoutes: [{ object: 'Gateway/a/g', listener: 'http', count: 0 }] },
      { attachedRoutes: [{ object: 'Gateway/a/g', listener: 'http', count: 2 }] },
      'Gateway/a/g',
      0,
      [2],
    ),
  ],
  noAcceptedParents: [
    statusRow(
      { noAcceptedParents: ['HTTPRoute/a/r'] },
      { conditions: [{ ...HELD, status: 'False' }] },
      { conditions: [HELD] },
      'HTTPRoute/a/r',
      [],
      ['Gateway/a/g'],
    ),
  ],
  onlyParents: [
    statusRow(
      { onlyParents: { 'HTTPRoute/a/r': ['Gateway/a/g'] } },
      { conditions: [HELD] },
      { conditions: [HELD, { ...HELD, parent: 'Gateway/a/h' }] },
      'HTTPRoute/a/r',
      ['Gateway/a/g'],
      ['Gateway/a/g', 'Gateway/a/h'],
    ),
  ],
  attachedListenerSets: [statusRow({ attachedListenerSets: { 'Gateway/a/g': 1 } }, { attachedListenerSets: { 'Gateway/a/g': 1 } }, {}, 'Gateway/a/g', 1, null)],
};

const verdictOf = (expectations: Expectations, answer: Answer, without?: 'request') =>
  compare({ name: '', manifestFile: '', source: '', ...(without ? {} : { request: { url: 'http://a/' } }), expect: expectations }, answer);

describe.each(Object.entries(ROWS))('%s', (word, rows) => {
  it.each(rows)('$expect', ({ expect: expectations, right, wrong, difference, without }) => {
    expect(verdictOf(expectations, right, without)).toEqual({ kind: 'passed' });
    const verdict = verdictOf(expectations, wrong, without);
    expect(verdict.kind === 'failed' ? verdict.differences : []).toContainEqual({ word, ...difference });
  });
});

describe('a verdict', () => {
  it('is unsupported when the engine says so, whatever else it says', () => {
    expect(verdictOf({ reached: true }, { ...one(backend()), unsupported: ['NetworkPolicy'] })).toEqual({ kind: 'unsupported', reasons: ['NetworkPolicy'] });
  });

  it('is a miss when the branches are not all that can happen', () => {
    const difference = { word: 'probability', of: null, expected: 1, came: 0.5 };
    expect(verdictOf({}, one(half(backend())))).toEqual({ kind: 'failed', differences: [difference] });
    expect(verdictOf({}, {})).toMatchObject({ kind: 'failed' });
  });

  it('forgives a share what the case forgives, and no more', () => {
    const answer = both(backend({ service: 'a/x' }), backend({ service: 'a/y' }));
    expect(verdictOf({ services: { 'a/x': 0.46, 'a/y': 0.54 }, shareTolerance: 0.05 }, answer)).toEqual({ kind: 'passed' });
    expect(verdictOf({ services: { 'a/x': 0.44, 'a/y': 0.56 }, shareTolerance: 0.05 }, answer)).toMatchObject({ kind: 'failed' });
  });

  it('does not count a branch of no probability', () => {
    expect(verdictOf({ reached: true }, { branches: [backend(), failed({ probability: 0 })] })).toEqual({ kind: 'passed' });
  });
});
