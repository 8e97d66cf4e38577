/**
 * The end at a Pod: whether it runs, whether a container listens on the port, TLS, and what the application answers
 * (S5.7, S14.4). It knows nothing of Services; how the packet came here is the concern of others.
 */
import { msg, type Message } from '../../../catalogue/message.ts';
import { yesOrNo } from '../../cluster/assumptions.ts';
import { podOverride } from '../../cluster/pod-overrides.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { Pod } from '../../kinds/pod/pod-spec.ts';
import type { RuleId } from '../../manifests/finding.ts';
import { isLoopback, parseIp } from '../../manifests/ip.ts';
import { refKey } from '../../manifests/object-ref.ts';
import type { Assumption } from '../../trace/assumption.ts';
import type { Command } from '../../trace/hop.ts';
import type { Outcome } from '../../trace/outcome.ts';
import { formatSocket } from '../../trace/packet.ts';
import { tlsSeen, type Backend, type Branch } from '../../trace/trace.ts';
import { isDown } from '../../cluster/nodes.ts';
import type { Carry, Component, ConsideredChoice, HopDecision, Reason, State } from '../component.ts';
import { behaviourOf, isGrpc } from './behaviour.ts';
import { listeningOn, type Listening } from './listening.ts';
import { distrustedBy } from './served-certificate.ts';
import { speaksTls } from './speaks-tls.ts';

interface End {
  readonly title: Message;
  readonly why: readonly Message[];
  readonly rules: readonly RuleId[];
  readonly because?: readonly Reason[];
  readonly considered?: readonly ConsideredChoice[];
  readonly outcome: Outcome;
  readonly stage: Branch['stage'];
  readonly took?: number;
  readonly backend?: Backend;
  readonly carry?: Partial<Pick<Carry, 'certificateNames' | 'terminatedAt'>>;
  readonly assumptions?: readonly string[];
  readonly assumes?: readonly Assumption[];
}

export const pod: Component = (state, { cluster }) => {
  const key = state.place.kind === 'pod' ? state.place.pod : '';
  const found = cluster.pods.get(key);
  if (found === undefined) return hop(cluster, state, null, key, noPod(state, key));
  return hop(cluster, state, found, key, unreachable(cluster, found, key) ?? atContainer(cluster, state, found, key));
};

function noPod(state: State, key: string): End {
  return {
    title: msg('pod.gone.title', { pod: key }),
    why: [msg('pod.gone', { ip: state.packet.dst.ip })],
    rules: ['F-17'],
    outcome: { code: 'CONN_TIMEOUT' },
    stage: 'connect',
  };
}

/** Reasons for which no packet arrives in the Pod's network namespace. */
function unreachable(cluster: Cluster, found: Pod, key: string): End | null {
  const { phase } = found.status;
  if (found.node !== null && isDown(cluster, found.node)) {
    return {
      title: msg('pod.node-down.title', { node: found.node }),
      why: [msg('pod.node-down', { pod: key, node: found.node })],
      rules: ['S17.4'],
      outcome: { code: 'CONN_TIMEOUT' },
      stage: 'connect',
    };
  }
  if (phase === 'Running' || phase === 'Unknown') return null;
  const because = found.status.from === 'status' ? [{ object: found.ref, path: ['status', 'phase'] }] : [];
  return {
    title: msg('pod.not-running.title', { pod: key }),
    why: [msg('pod.not-running', { pod: key, phase })],
    rules: ['S5.2', 'F-21'],
    because,
    outcome: { code: 'CONN_TIMEOUT' },
    stage: 'connect',
  };
}

function atContainer(cluster: Cluster, state: State, found: Pod, key: string): End {
  const { packet } = state;
  if (packet.protocol === 'ICMP') {
    return {
      title: msg('pod.ping.title', { pod: key }),
      why: [msg('pod.ping', { pod: key })],
      rules: ['S6.14'],
      outcome: { code: 'ACCEPTED' },
      stage: null,
      backend: backendOf(state, found),
    };
  }
  const port = Number(packet.dst.port);
  const target = parseIp(packet.dst.ip);
  const listening = listeningOn(cluster, found, port, packet.protocol, target !== null && isLoopback(target));
  return listening.kind === 'listens' ? answered(cluster, state, found, key, listening) : refused(state, found, key, listening);
}

function refused(state: State, found: Pod, key: string, listening: Exclude<Listening, { kind: 'listens' }>): End {
  const { packet } = state;
  const port = Number(packet.dst.port);
  const datagram = packet.protocol === 'UDP';
  const common = {
    title: datagram ? msg('pod.silent.title', { pod: key, port }) : msg('pod.refused.title', { pod: key, port }),
    // A UDP client has no handshake to miss, and few notice the ICMP answer (F-38).
    outcome: { code: datagram ? 'UDP_SILENT' : 'CONN_REFUSED' } as const,
    stage: 'connect' as const,
  };
  switch (listening.kind) {
    case 'closed':
      return {
        ...common,
        why: [msg('pod.closed', { pod: key, port })],
        rules: ['S5.7', 'F-22'],
        because: [{ object: found.ref, path: ['spec', 'containers'] }],
      };
    case 'stopped':
      return {
        ...common,
        why: [msg('pod.stopped', { pod: key, container: listening.container, reason: listening.reason })],
        rules: ['S1.4', 'F-22'],
        because: [{ object: found.ref, path: ['status', 'containerStatuses'] }],
      };
    case 'unmentioned':
      return {
        ...common,
        why: [msg('pod.unmentioned', { pod: key, port })],
        rules: ['S5.7', 'F-22'],
        because: [{ object: found.ref, path: ['spec', 'containers'] }],
      };
    case 'localhost-only':
      return { ...common, why: [msg('pod.localhost-only', { pod: key })], rules: ['F-24'] };
    case 'other-protocol':
      return {
        ...common,
        why: [msg('pod.other-protocol', { pod: key, port, protocol: packet.protocol, declared: listening.protocols })],
        rules: ['F-38'],
        because: [{ object: found.ref, path: [...listening.path.slice(0, -1), 'protocol'] }],
      };
  }
}

function answered(cluster: Cluster, state: State, found: Pod, key: string, { declared }: Extract<Listening, { kind: 'listens' }>): End {
  const { packet } = state;
  const port = Number(packet.dst.port);
  const arrives = packet.tls.mode === 'tls';
  const { tls, assumption } = speaksTls(cluster, found, port, state.carry, arrives);
  // Plain text to a plain port is what everybody expects: nothing to assume aloud.
  const assumes = assumption !== null && (arrives || tls) && (arrives || packet.http !== null) ? [assumption] : [];
  const because = declared === null ? [] : [{ object: found.ref, path: declared.path }];
  const undeclared = declared === null ? [msg('pod.undeclared', { port, pod: key })] : [];
  const guessed = assumption === null ? [] : [msg('pod.tls-guess', { port })];
  const rules: RuleId[] = declared === null ? ['S5.7', 'U11'] : ['S5.7'];

  if (arrives && !tls) {
    return {
      assumes,
      title: msg('pod.tls-to-plain.title', { port }),
      why: [msg('pod.tls-to-plain', { pod: key, port }), ...guessed],
      rules: ['S14.4'],
      because,
      outcome: { code: 'TLS_ERROR', kind: 'wrong-version-number' },
      stage: 'tls',
    };
  }
  const distrust = arrives ? distrustedBy(state.carry, cluster, found) : null;
  if (distrust !== null) {
    return {
      assumes,
      title: msg('pod.certificate.title', { pod: key }),
      why: [distrust.why],
      rules: ['S12.12.3', 'S14.3', 'F-86'],
      because: distrust.because,
      outcome: { code: 'TLS_ERROR', kind: distrust.kind },
      stage: 'tls',
    };
  }
  if (packet.http !== null && !arrives && tls) {
    return {
      assumes,
      title: msg('pod.plain-to-tls.title', { pod: key }),
      why: [msg('pod.plain-to-tls', { pod: key, port }), ...guessed],
      rules: ['S14.4', 'F-61'],
      because,
      outcome: { code: 'HTTP', status: 400, producer: 'app' },
      stage: null,
      backend: backendOf(state, found),
    };
  }
  if (isGrpc(state) && state.carry.proxied?.speaks === 'HTTP/1.1') {
    return {
      assumes,
      title: msg('pod.grpc-over-http1.title', { pod: key }),
      why: [msg('pod.grpc-over-http1', { pod: key })],
      rules: ['S10.22', 'F-61'],
      because,
      outcome: { code: 'CONN_RESET' },
      stage: 'http',
    };
  }
  const header = proxyHeader(cluster, state, key);
  if (header !== null && !header.understood && packet.http !== null) {
    return {
      title: msg('pod.proxy-protocol.title', { pod: key }),
      why: [msg('pod.proxy-protocol', { pod: key })],
      rules: ['S8.2.10', 'F-48'],
      because,
      outcome: { code: 'HTTP', status: 400, producer: 'app' },
      stage: null,
      backend: backendOf(state, found),
    };
  }
  // A proxy before the Pod opened this connection itself, so its own address is the source (S7.5.12).
  if (state.carry.source === 'controller') rules.push('S7.5.12');
  if (packet.tls.mode === 'tls') rules.push('S14.2');
  const usual = { rules, because };
  const common = {
    assumptions: declared === null ? ['listening'] : [],
    assumes: [...assumes, ...(header?.assumes ?? [])],
    ...(packet.tls.mode === 'tls' &&
      state.carry.terminatedAt === null && {
        carry: { terminatedAt: 'pod', certificateNames: packet.tls.sni === null ? [] : [packet.tls.sni] },
      }),
  };
  const arrived = [arrival(state, found, key), ...undeclared, ...(packet.tls.mode === 'tls' ? [msg('pod.ends-tls', { pod: key })] : [])];
  if (packet.http === null) {
    return {
      ...usual,
      ...common,
      title: msg('pod.accepted.title', { pod: key, port }),
      why: arrived,
      outcome: { code: 'ACCEPTED' },
      stage: null,
      backend: backendOf(state, found),
    };
  }
  const behaviour = behaviourOf(state, podOverride(cluster.environment, key) ?? {});
  const { outcome, took, why, failure } = behaviour;
  const told = schemeTold(state);
  return {
    ...common,
    rules: [...usual.rules, ...(told === null ? [] : (['S14.6'] as const)), ...(failure === undefined ? [] : [failure])],
    because: [...(behaviour.because ?? []), ...because],
    title: outcome.code === 'HTTP' ? msg('pod.answered.title', { pod: key, status: outcome.status }) : msg('pod.no-answer.title', { pod: key }),
    why: [...arrived, ...(told === null ? [] : [told]), ...(why === null ? [] : [why])],
    outcome,
    ...(took > 0 && { took }),
    ...(outcome.code === 'HTTP' ? { stage: null, backend: backendOf(state, found) } : { stage: 'http' as const }),
  };
}

/** The client came over HTTPS, and what was told on the way makes the application believe otherwise (S14.6). */
function schemeTold({ packet, carry }: State): Message | null {
  const isHidden = carry.flow.scheme === 'https' && carry.terminatedAt !== null && packet.tls.mode === 'none';
  const told = packet.http?.headers['x-forwarded-proto'];
  if (!isHidden || told === 'https') return null;
  return told === undefined ? msg('pod.scheme-untold') : msg('pod.scheme-wrong', { told });
}

/** A load balancer put a PROXY header before the first byte: only an application that expects it understands (S8.2.10). */
function proxyHeader(
  { environment }: Cluster,
  { packet }: State,
  key: string,
): { readonly understood: boolean; readonly assumes: readonly Assumption[] } | null {
  if (packet.proxyProtocol === undefined) return null;
  const id = `proxy-protocol:${key}`;
  const answered = environment.assume[id];
  if (answered !== undefined) return { understood: answered !== false, assumes: [] };
  const origin = environment.complete ? 'default' : 'inferred';
  return { understood: true, assumes: [{ id, origin, message: msg('pod.assume.proxy-protocol', { pod: key }), choices: yesOrNo(id) }] };
}

/** What the application sees of the sender: the address that logs and allowlists use (S7.5). */
function arrival(state: State, found: Pod, key: string): Message {
  const { packet, carry } = state;
  const args = { pod: key, port: Number(packet.dst.port), ip: packet.src.ip };
  if (packet.src.ip === carry.client.ip) return found.spec.hostNetwork ? msg('pod.sees-client-host', args) : msg('pod.sees-client', args);
  switch (carry.source) {
    case 'preserved':
      return msg('pod.sees-client', args);
    case 'node':
      return msg('pod.sees-node', args);
    case 'controller':
      return carry.proxied?.producer === 'gateway' ? msg('pod.sees-gateway', args) : msg('pod.sees-controller', args);
    case 'load-balancer':
      return msg('pod.sees-load-balancer', args);
  }
}

function backendOf({ packet, carry }: State, found: Pod): Backend {
  return {
    service: carry.service,
    workload: found.workload,
    pod: found.ref,
    endpoint: formatSocket(packet.dst),
    request: packet.http,
    tls: tlsSeen(packet),
    source: { kind: carry.source, ip: packet.src.ip },
  };
}

function existence(cluster: Cluster, found: Pod | null): readonly string[] {
  const inferred = found === null ? null : (cluster.provenance.get(refKey(found.ref))?.assumption ?? null);
  return [...(inferred === null ? [] : [inferred]), ...(found?.status.from === 'synthesized' ? ['pods-ready'] : [])];
}

function hop(cluster: Cluster, state: State, found: Pod | null, key: string, end: End): HopDecision {
  const { outcome, stage, backend, carry, title, why, rules, because, considered, took, assumptions = [], assumes = [] } = end;
  const [namespace = '', name = key] = key.split('/');
  return {
    kind: 'hop',
    hop: 'pod',
    actor: { component: container(found, state) ?? 'Pod', instance: name, node: found?.node ?? null, namespace },
    layer: state.packet.http === null || stage === 'connect' ? 'L4' : 'L7',
    verb: stage === null ? msg('pod.verb') : verbOf(outcome),
    title,
    why,
    rules,
    because: because ?? [],
    ...(considered && { considered }),
    object: found?.ref ?? { kind: 'Pod', namespace, name },
    // Its mere existence may be an inference, its readiness an assumption.
    assumptions: [...assumptions, ...existence(cluster, found)],
    assumes,
    commands: commandsOf(namespace, name, stage, found),
    becomes: { kind: 'end', outcome, stage, ...(backend && { backend }), ...(took !== undefined && { took }), ...(carry && { carry }) },
  };
}

function verbOf({ code }: Outcome): Message {
  return code === 'CONN_REFUSED' || code === 'TLS_ERROR' ? msg('pod.verb.refuse') : msg('pod.verb.lose');
}

/** The container that declares the port, else the first. */
function container(found: Pod | null, { packet }: State): string | null {
  const containers = found?.spec.containers ?? [];
  return (containers.find(({ ports }) => ports.some(({ containerPort }) => containerPort === packet.dst.port)) ?? containers[0])?.name ?? null;
}

/** The name of a Pod made from a template is invented (S1.4.1), but for a StatefulSet: kubectl finds one by its owner. */
function commandsOf(namespace: string, pod: string, stage: Branch['stage'], found: Pod | null): readonly Command[] {
  const owner = found?.synthesized === true && found.workload?.kind !== 'StatefulSet' ? found.workload : null;
  const name = owner === null ? pod : `${owner.kind.toLowerCase()}/${owner.name}`;
  if (stage === null) return [{ line: `kubectl logs -n ${namespace} ${name}`, shows: msg('command.logs') }];
  return [
    {
      line: owner === null ? `kubectl get pod -n ${namespace} ${pod} -o wide` : `kubectl get pods -n ${namespace}${labelsOf(found)} -o wide`,
      shows: msg('command.pod'),
    },
    { line: `kubectl exec -n ${namespace} ${name} -- ss -ltnu`, shows: msg('command.listening') },
  ];
}

function labelsOf(found: Pod | null): string {
  const labels = Object.entries(found?.metadata.labels ?? {}).map(([key, value]) => `${key}=${value}`);
  return labels.length === 0 ? '' : ` -l ${labels.join(',')}`;
}
