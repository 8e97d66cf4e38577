/**
 * A host whose insides no manifest shows: one outside the cluster, a Pod that was not pasted, or a Service that every
 * cluster has. An alias leaves the name the client typed in Host and SNI, which a host outside does not know (S6.11).
 */
import { msg, type Message } from '../../../catalogue/message.ts';
import { yesOrNo } from '../../cluster/assumptions.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { RuleId } from '../../manifests/finding.ts';
import { nameKey, type ObjectRef } from '../../manifests/object-ref.ts';
import type { Assumption } from '../../trace/assumption.ts';
import type { Actor, Command, HopKind } from '../../trace/hop.ts';
import type { Outcome } from '../../trace/outcome.ts';
import { formatSocket } from '../../trace/packet.ts';
import { tlsSeen, type Backend, type Branch } from '../../trace/trace.ts';
import type { Component, Reason, State } from '../component.ts';
import { builtInAnswer } from './built-in-answer.ts';
import { listedEndpoint, unseenPod } from './listed-endpoint.ts';
import { sameRequest } from './same-request.ts';

/** What stands at the end of the way and what it says. */
export interface Answer {
  readonly title: Message;
  readonly why: readonly Message[];
  readonly rules: readonly RuleId[];
  readonly outcome: Outcome;
  readonly stage: Branch['stage'];
  readonly delivered: boolean;
  readonly because?: readonly Reason[];
  readonly assumes?: readonly Assumption[];
  readonly commands?: readonly Command[];
  /** For what is no host outside. */
  readonly hop?: HopKind;
  readonly actor?: Actor;
  readonly pod?: ObjectRef | null;
}

export const external: Component = (state, { cluster }) => {
  const name = state.place.kind === 'external' ? state.place.name : state.packet.dst.ip;
  const answer = builtInAnswer(cluster, state) ?? unseenPod(cluster, state) ?? answerOf(state, name, cluster);
  return {
    kind: 'hop',
    hop: answer.hop ?? 'external',
    actor: answer.actor ?? { component: name, instance: null, node: null, namespace: null },
    layer: state.packet.http === null ? 'L4' : 'L7',
    verb: msg('client.external.verb'),
    title: answer.title,
    why: answer.why,
    rules: answer.rules,
    because: answer.because ?? [],
    object: answer.pod ?? null,
    assumes: answer.assumes ?? [],
    commands: answer.commands ?? [],
    becomes: {
      kind: 'end',
      outcome: answer.outcome,
      stage: answer.stage,
      ...(answer.delivered && { backend: backendOf(state, answer.pod ?? null) }),
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

/** The ExternalName Service on the way, whose name the sender still says: a client that followed it, or a proxy (S10.9). */
function aliasOf(cluster: Cluster, { carry }: State, name: string): { readonly service: ObjectRef | null } | null {
  if (carry.resolution.cname !== null && carry.proxied === undefined) return { service: carry.service };
  const service = carry.service === null ? undefined : cluster.services.get(nameKey(carry.service.namespace, carry.service.name));
  return service?.type === 'ExternalName' && service.externalName?.toLowerCase().replace(/\.$/, '') === name ? { service: service.ref } : null;
}

function answerOf(state: State, name: string, cluster: Cluster): Answer {
  const { packet, carry } = state;
  const host = hostOnly(packet.http?.host ?? '');
  const sni = packet.tls.mode === 'tls' ? packet.tls.sni : null;
  // Only an alias makes the sender say another name than the one it reached.
  const alias = aliasOf(cluster, state, name);
  const own = servesOwnName(cluster, name);
  const common = {
    because: alias === null || alias.service === null ? [] : [{ object: alias.service, path: ['spec', 'externalName'] }],
    commands: sameRequest(state, alias === null ? null : name, listedEndpoint(cluster, packet.dst.ip) !== null),
  };
  // A proxy does not check whom it reached unless told.
  if (alias !== null && own.holds && carry.proxied === undefined && sni !== null && sni !== name && carry.flow.insecure !== true) {
    return {
      ...common,
      title: msg('client.external.certificate.title', { name }),
      why: [msg('client.external.certificate', { sni, name }), msg('client.external.unknown', { name })],
      rules: ['S6.11', 'S14.3', 'F-15'],
      outcome: { code: 'TLS_ERROR', kind: 'name-mismatch' },
      stage: 'tls',
      delivered: false,
      assumes: own.assumes,
    };
  }
  if (alias !== null && own.holds && packet.http !== null && host !== name) {
    const said = carry.proxied === undefined ? msg('client.external.host', { host, name }) : msg('client.external.proxied-host', { host, name });
    return {
      ...common,
      title: msg('client.external.host.title', { name }),
      why: [said, msg('client.external.unknown', { name })],
      rules: carry.proxied === undefined ? ['S6.11', 'F-15'] : ['S6.11', 'S10.9', 'F-15'],
      outcome: { code: 'HTTP', status: 404, producer: 'external' },
      stage: 'http',
      delivered: true,
      assumes: own.assumes,
    };
  }
  return {
    ...common,
    title: msg('client.external.answered.title', { name }),
    why: [msg('client.external.unknown', { name })],
    rules: alias === null ? ['S6.9'] : ['S6.11'],
    outcome: packet.http === null ? { code: 'ACCEPTED' } : { code: 'HTTP', status: 200, producer: 'external' },
    stage: null,
    delivered: true,
  };
}

const hostOnly = (authority: string) => authority.replace(/:\d+$/, '').toLowerCase();

function backendOf({ packet, carry }: State, pod: ObjectRef | null): Backend {
  return {
    service: carry.service,
    workload: null,
    pod,
    endpoint: formatSocket(packet.dst),
    request: packet.http,
    tls: tlsSeen(packet),
    source: { kind: carry.source, ip: packet.src.ip },
  };
}
