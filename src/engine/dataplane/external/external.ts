/**
 * A host outside the cluster. All that is known is its name and what the client says to it; an alias leaves the name
 * the client typed in Host and SNI, which such a host does not know (S6.11).
 */
import { msg, type Message } from '../../../catalogue/message.ts';
import { yesOrNo } from '../../cluster/assumptions.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { RuleId } from '../../manifests/finding.ts';
import type { Assumption } from '../../trace/assumption.ts';
import type { Outcome } from '../../trace/outcome.ts';
import { formatSocket } from '../../trace/packet.ts';
import type { Backend, Branch } from '../../trace/trace.ts';
import type { Component, Reason, State } from '../component.ts';

interface Answer {
  readonly title: Message;
  readonly why: readonly Message[];
  readonly rules: readonly RuleId[];
  readonly outcome: Outcome;
  readonly stage: Branch['stage'];
  readonly delivered: boolean;
  readonly assumes: readonly Assumption[];
}

export const external: Component = (state, { cluster }) => {
  const name = state.place.kind === 'external' ? state.place.name : state.packet.dst.ip;
  const answer = answerOf(state, name, cluster);
  const { resolution, service } = state.carry;
  const because: Reason[] = resolution.cname !== null && service !== null ? [{ object: service, path: ['spec', 'externalName'] }] : [];
  return {
    kind: 'hop',
    hop: 'external',
    actor: { component: name, instance: null, node: null, namespace: null },
    layer: state.packet.http === null ? 'L4' : 'L7',
    verb: msg('client.external.verb'),
    title: answer.title,
    why: answer.why,
    rules: answer.rules,
    because,
    object: null,
    assumes: answer.assumes,
    commands:
      state.packet.http === null
        ? []
        : [{ line: `curl -v -H 'Host: ${name}' ${state.packet.http.scheme}://${name}${state.packet.http.path}`, shows: msg('command.real-host') }],
    becomes: {
      kind: 'end',
      outcome: answer.outcome,
      stage: answer.stage,
      ...(answer.delivered && { backend: backendOf(state) }),
    },
  };
};

/** Whether the host knows its own name only: most do, and nothing here tells (S6.11). */
function servesOwnName({ environment }: Cluster, name: string): { readonly holds: boolean; readonly assumes: readonly Assumption[] } {
  const id = `own-name:${name}`;
  const answered = environment.assume[id];
  if (answered !== undefined) return { holds: answered !== false, assumes: [] };
  return { holds: true, assumes: [{ id, origin: 'default', message: msg('client.assume.own-name', { name }), choices: yesOrNo(id) }] };
}

function answerOf({ packet, carry }: State, name: string, cluster: Cluster): Answer {
  const host = hostOnly(packet.http?.host ?? '');
  const sni = packet.tls.mode === 'tls' ? packet.tls.sni : null;
  // Only an alias makes the client say another name than the one it reached.
  const aliased = carry.resolution.cname !== null;
  const own = servesOwnName(cluster, name);
  if (aliased && own.holds && sni !== null && sni !== name && carry.flow.insecure !== true) {
    return {
      title: msg('client.external.certificate.title', { name }),
      why: [msg('client.external.certificate', { sni, name }), msg('client.external.unknown', { name })],
      rules: ['S6.11', 'S14.3', 'F-15'],
      outcome: { code: 'TLS_ERROR', kind: 'name-mismatch' },
      stage: 'tls',
      delivered: false,
      assumes: own.assumes,
    };
  }
  if (aliased && own.holds && packet.http !== null && host !== name) {
    return {
      title: msg('client.external.host.title', { name }),
      why: [msg('client.external.host', { host, name }), msg('client.external.unknown', { name })],
      rules: ['S6.11', 'F-15'],
      outcome: { code: 'HTTP', status: 404, producer: 'external' },
      stage: 'http',
      delivered: true,
      assumes: own.assumes,
    };
  }
  return {
    title: msg('client.external.answered.title', { name }),
    why: [msg('client.external.unknown', { name })],
    rules: aliased ? ['S6.11'] : ['S6.9'],
    outcome: packet.http === null ? { code: 'ACCEPTED' } : { code: 'HTTP', status: 200, producer: 'external' },
    stage: null,
    delivered: true,
    assumes: [],
  };
}

const hostOnly = (authority: string) => authority.replace(/:\d+$/, '').toLowerCase();

function backendOf({ packet, carry }: State): Backend {
  return {
    service: carry.service,
    workload: null,
    pod: null,
    endpoint: formatSocket(packet.dst),
    request: packet.http,
    tls: packet.tls.mode === 'tls' ? { encrypted: true, sni: packet.tls.sni } : { encrypted: false, sni: null },
    source: { kind: carry.source, ip: packet.src.ip },
  };
}
