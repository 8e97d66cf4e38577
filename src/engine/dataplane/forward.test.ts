import { array, assert, nat, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { msg } from '../../catalogue/message.ts';
import type { Flow } from '../trace/flow.ts';
import { NO_MEMORY } from '../trace/memory.ts';
import type { Outcome } from '../trace/outcome.ts';
import type { Trace } from '../trace/trace.ts';
import type { Carry, Component, HopDecision, Onward, Place, State } from './component.ts';
import type { Components } from './forward.ts';
import { sendWith } from './send.ts';
import { clusterOf } from './trace-of.ts';

const flow: Flow = {
  from: { kind: 'external', ip: '203.0.113.7' },
  method: 'GET',
  scheme: 'http',
  host: '203.0.113.10',
  port: 80,
  portGiven: false,
  path: '/',
  headers: [],
  followRedirects: true,
};
const cluster = clusterOf('');

const hop = (becomes: HopDecision['becomes']): HopDecision => ({
  kind: 'hop',
  hop: 'node',
  actor: { component: 'test', instance: null, node: null, namespace: null },
  layer: 'L4',
  verb: msg('trace.cut.verb'),
  title: msg('trace.cut'),
  why: [],
  rules: [],
  because: [],
  object: null,
  becomes,
});

const end = (outcome: Outcome = { code: 'HTTP', status: 200, producer: 'app' }) => hop({ kind: 'end', outcome, stage: null });
const at = (state: State, place: Place, change: Partial<Carry> = {}): State => ({ ...state, place, carry: { ...state.carry, ...change } });
const node = (name: string | number): Place => ({ kind: 'node', node: String(name), entered: 'network' });
const evenly = (states: readonly State[]): HopDecision =>
  hop({ kind: 'forward', to: states.map((state): Onward => ({ ...state, probability: 1 / states.length })) });

/** A world of nodes: each decides by its name. */
function world(decide: (name: string, state: State) => ReturnType<Component>): Components {
  const never: Component = () => end({ code: 'NO_ROUTE' });
  return {
    client: (state) => ({ kind: 'pass', to: at(state, node(0)) }),
    network: never,
    node: () => (state) => decide(state.place.kind === 'node' ? state.place.node : '', state),
    'load-balancer': never,
    'ingress-balancer': never,
    pod: () => never,
    external: never,
  };
}

const sent = (parts: Components, seed = 1): Trace => sendWith(parts, cluster, flow, { ...NO_MEMORY, seed }).trace;
const total = (trace: Trace) => trace.branches.reduce((sum, { probability }) => sum + probability, 0);

describe('the walk', () => {
  it('equal states meet in one hop', () => {
    const trace = sent(
      world((name, state) => (name === '0' ? evenly([at(state, node(1)), at(state, node(2))]) : name === '3' ? end() : evenly([at(state, node(3))]))),
    );
    expect(trace.hops.map(({ id }) => id)).toEqual(['h1', 'h2', 'h3', 'h4']);
    expect(trace.branches.map(({ hops }) => hops)).toEqual([
      ['h1', 'h2', 'h4'],
      ['h1', 'h3', 'h4'],
    ]);
  });

  it('a pass makes no hop', () => {
    const trace = sent(world((name, state) => (name === '9' ? end() : { kind: 'pass', to: at(state, node(9)) })));
    expect(trace.hops).toHaveLength(1);
  });

  it('passes that go round are cut', () => {
    const trace = sent(world((name, state) => ({ kind: 'pass', to: at(state, node(name === '1' ? 0 : 1)) })));
    expect(trace.branches[0]?.outcome).toEqual({ code: 'CONN_TIMEOUT' });
    expect(trace.hops[0]?.why[0]?.id).toBe('trace.circle');
  });

  it('hops that go round are cut', () => {
    const trace = sent(world((name, state) => evenly([at(state, node(name === '1' ? 0 : 1))])));
    expect(trace.hops).toHaveLength(3);
    expect(trace.hops.at(-1)?.why[0]?.id).toBe('trace.circle');
  });

  it('a way without end is cut after 64 hops', () => {
    const trace = sent(world((name, state) => evenly([at(state, node(Number(name) + 1))])));
    expect(trace.hops).toHaveLength(65);
    expect(trace.hops.at(-1)?.why[0]?.id).toBe('trace.too-long');
  });

  it('too many ways are told by where they end', () => {
    const trace = sent(
      world((name, state) => {
        const level = Number(name);
        if (level >= 12_000) return end({ code: 'HTTP', status: 200 + (level % 3), producer: 'app' });
        return level < 1200
          ? evenly([level + 100, level + 101, level + 102].map((next) => at(state, node(next))))
          : evenly([at(state, node(12_000 + (level % 3)))]);
      }),
    );
    expect(trace.branches).toHaveLength(3);
    expect(total(trace)).toBeCloseTo(1, 9);
    expect(trace.branches[trace.taken]?.hops.at(-1)).toBeDefined();
  });

  it('too many ways are told with one hop for the leaves that end alike, and keep their shares', () => {
    const [sources, ends] = [70, 40];
    const trace = sent(
      world((name, state) => {
        const number = Number(name);
        const from = { ...state, packet: { ...state.packet, src: { ip: `192.0.2.${number}`, port: 1 } } };
        if (number === 0) return evenly(Array.from({ length: sources }, (_, index) => at(state, node(index + 1))));
        if (number < 100) return evenly(Array.from({ length: ends }, (_, index) => at(from, node(100 + index))));
        return { ...end(), actor: { component: 'test', instance: name, node: null, namespace: null } };
      }),
    );
    expect(trace.hops).toHaveLength(1 + sources + ends);
    expect(trace.branches.map(({ probability }) => probability)).toEqual(Array.from({ length: ends }, () => expect.closeTo(1 / ends, 9) as number));
    expect(trace.hops.at(-1)?.why).toEqual([msg('trace.alike', { count: sources })]);
    const taken = trace.branches[trace.taken]!.hops.map((id) => trace.hops.find((each) => each.id === id)!);
    expect(taken.at(-1)?.before.src.ip).toBe(taken.at(-2)?.after?.src.ip);
  });

  it('shares of all branches sum to 1, ids are in order, and the way taken is one of them', () => {
    assert(
      property(array(array(nat({ max: 4 }), { maxLength: 4 }), { minLength: 1, maxLength: 12 }), nat(), (jumps, seed) => {
        const trace = sent(
          world((name, state) => {
            const next = (jumps[Number(name)] ?? []).map((jump) => at(state, node(Number(name) + jump + 1)));
            return next.length === 0 ? end() : evenly(next);
          }),
          seed,
        );
        expect(total(trace)).toBeCloseTo(1, 9);
        expect(trace.branches[trace.taken]).toBeDefined();
        const position = new Map(trace.hops.map(({ id }, index) => [id, index]));
        for (const each of trace.hops) {
          for (const { to } of each.next) expect(position.get(to)!).toBeGreaterThan(position.get(each.id)!);
          if (each.next.length > 0) expect(each.next.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 9);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('a proxy on the way', () => {
  const proxied = (state: State, again?: State): Partial<Carry> => ({
    proxied: {
      producer: 'controller',
      component: 'nginx',
      answers: { refused: 502, timeout: 504, slow: 504, reset: 502, tls: 502 },
      ...(again !== undefined && { again: state }),
    },
  });

  it('answers for a failure behind it, and the hop that failed stays the last', () => {
    const trace = sent(world((name, state) => (name === '0' ? evenly([at(state, node(1), proxied(state))]) : end({ code: 'CONN_TIMEOUT' }))));
    expect(trace.branches[0]?.outcome).toEqual({ code: 'HTTP', status: 504, producer: 'controller' });
    expect(trace.hops).toHaveLength(2);
    expect(trace.hops[1]?.why.map(({ id }) => id)).toEqual(['trace.proxy-answers']);
  });

  it('that would try again is asked again with the endpoint that failed', () => {
    const trace = sent(
      world((name, state) => {
        if (name === '1') return end({ code: 'CONN_REFUSED' });
        if (name === '2') return end();
        return state.carry.failed === undefined
          ? evenly([at(state, node(1), proxied(state, state)), at(state, node(2), proxied(state, state))])
          : evenly([at(state, node(2))]);
      }),
    );
    expect(trace.verdict).toEqual({ kind: 'delivered' });
    expect(trace.branches.map(({ hops }) => hops.length)).toEqual([4, 2]);
  });

  it.each([
    { pods: 3, broken: 3, fails: 1 },
    { pods: 12, broken: 6, fails: (6 * 5 * 4) / (12 * 11 * 10) },
    { pods: 200, broken: 100, fails: (100 * 99 * 98) / (200 * 199 * 198) },
  ])('tries three of $pods Pods of which $broken refuse, and each share is exact', ({ pods, broken, fails }) => {
    const trace = sent(
      world((name, state) => {
        const number = Number(name);
        if (number > 0) return number <= broken ? end({ code: 'CONN_REFUSED' }) : end();
        // Like a controller: what failed is known where it chooses, not on the way to an endpoint.
        const { failed = [], ...carry } = state.carry;
        const open = Array.from({ length: pods }, (_, index) => index + 1).filter((each) => !failed.includes(`10.0.0.${each}:80`));
        const onward = { ...state, carry };
        const last = failed.length === 2 ? proxied(onward) : { proxied: { ...proxied(onward).proxied!, again: state } };
        return evenly(open.map((each) => ({ ...at(onward, node(each), last), packet: { ...state.packet, dst: { ip: `10.0.0.${each}`, port: 80 } } })));
      }),
    );
    expect(trace.verdict).toEqual({ kind: 'fails', share: expect.closeTo(fails, 9) as number });
    expect(trace.branches.every(({ outcome }) => outcome.code === 'HTTP')).toBe(true);
    expect(Math.max(...trace.branches.map(({ hops }) => hops.length))).toBe(6);
    expect(trace.hops.length).toBeLessThan(15 * pods);
  });

  it('hands on what the application answers', () => {
    const trace = sent(
      world((name, state) => (name === '0' ? evenly([at(state, node(1), proxied(state))]) : end({ code: 'HTTP', status: 500, producer: 'app' }))),
    );
    expect(trace.branches[0]?.outcome).toEqual({ code: 'HTTP', status: 500, producer: 'app' });
  });
});

describe('redirects', () => {
  const redirect = (location: string) => end({ code: 'HTTP', status: 308, producer: 'controller', location });

  it('a client that follows asks for the new place', () => {
    const trace = sent(world((_, state) => (state.carry.flow.path === '/' ? redirect('/new') : end())));
    expect(trace.branches[0]?.outcome).toMatchObject({ code: 'HTTP', status: 200 });
    expect(trace.hops.map(({ before }) => before.http?.path)).toEqual(['/', '/new']);
  });

  it('that lead back are a loop', () => {
    const trace = sent(world((_, state) => redirect(state.carry.flow.path === '/' ? '/new' : '/')));
    expect(trace.branches[0]?.outcome).toEqual({ code: 'REDIRECT_LOOP' });
  });

  it('are the answer for a client that does not follow', () => {
    const parts = world(() => redirect('/new'));
    const { trace } = sendWith(parts, cluster, { ...flow, followRedirects: false }, NO_MEMORY);
    expect(trace.branches[0]?.outcome).toMatchObject({ code: 'HTTP', status: 308, location: '/new' });
  });
});

describe('memory', () => {
  it('only the way taken is remembered, and the seed moves on', () => {
    const parts = world((name, state) =>
      name === '0'
        ? hop({ kind: 'forward', to: ['1', '2'].map((to) => ({ ...at(state, node(to)), probability: 0.5, remember: { affinity: { key: to } } })) })
        : end(),
    );
    for (let seed = 1; seed < 20; seed += 1) {
      const { trace, memory } = sendWith(parts, cluster, flow, { ...NO_MEMORY, seed });
      expect(memory.seed).toBe(seed + 1);
      expect(trace.branches[trace.taken]?.hops.at(-1)).toBe(memory.affinity['key'] === '1' ? 'h2' : 'h3');
    }
  });
});
