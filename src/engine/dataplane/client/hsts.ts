/**
 * A browser that got Strict-Transport-Security from a host asks it over HTTPS from then on, whatever is typed (S14.8,
 * RFC 6797 section 8.3): nothing goes out over plain HTTP, so a way back to it fails.
 */
import { msg } from '../../../catalogue/message.ts';
import { parseIp } from '../../manifests/ip.ts';
import type { Flow } from '../../trace/flow.ts';
import type { HopDecision, State } from '../component.ts';

/** The request as such a browser sends it; null where it sends what was typed. An address has no such policy. */
export function securedFlow(flow: Flow): Flow | null {
  if (flow.hsts !== true || flow.scheme !== 'http' || parseIp(flow.host) !== null) return null;
  return { ...flow, scheme: 'https', port: flow.port === 80 ? 443 : flow.port };
}

export function rememberedHop(state: State, { host }: Flow, secured: State): HopDecision {
  return {
    kind: 'hop',
    hop: 'network',
    actor: { component: 'browser', instance: null, node: null, namespace: null },
    layer: 'L7',
    verb: msg('client.hsts.verb'),
    title: msg('client.hsts.title', { host }),
    why: [msg('client.hsts', { host }), msg('client.hsts.no-way-back')],
    rules: ['S14.8'],
    because: [],
    object: null,
    becomes: {
      kind: 'forward',
      to: [{ ...secured, carry: { ...secured.carry, visited: [...state.carry.visited, ...secured.carry.visited] }, probability: 1 }],
    },
  };
}
