/** Hops that are settled before any rule: a handshake that fails, a connection without HTTP, TLS handed on as it is. */
import type { Message } from '../../../catalogue/message.ts';
import { msg } from '../../../catalogue/message.ts';
import type { RuleId } from '../../manifests/finding.ts';
import type { TlsErrorKind } from '../../trace/outcome.ts';
import type { Backend } from '../../trace/trace.ts';
import type { HopDecision, Proxied } from '../component.ts';
import { describeIngress, listEndpoints, repeat, showCertificate } from './commands.ts';
import { carryOn, dial, serviceAddress, serviceName, sourceAddress } from './dial.ts';
import type { CertificateChoice, Passthrough } from './implementation.ts';
import type { Visit } from './visit.ts';
import { assumptionsOf, frame, secretOf, tlsCarry } from './visit.ts';

/** The handshake ends in an error: what its client says. */
export function handshakeHop(
  visit: Visit,
  kind: TlsErrorKind,
  why: readonly Message[],
  rules: readonly RuleId[],
  choice: CertificateChoice | null,
): HopDecision {
  const { flow } = visit.state.carry;
  return {
    ...frame(visit),
    verb: msg('ingress.verb.tls'),
    title: msg('ingress.title.tls-failed', { host: flow.sni ?? flow.host }),
    why: [...why, ...(choice?.why ?? [])],
    rules: [...rules, ...(choice?.rules ?? [])],
    because: choice?.because ?? [],
    consulted: secretOf(choice).map((object) => ({ object, role: 'consulted', address: null })),
    assumptions: assumptionsOf(visit.view, secretOf(choice)),
    assumes: choice?.assumes ?? [],
    commands: [showCertificate(visit), repeat(visit)],
    becomes: { kind: 'end', outcome: { code: 'TLS_ERROR', kind }, stage: 'tls', carry: tlsCarry(visit.state.carry, choice) },
  };
}

/** A connection that carries no HTTP request stays at the controller: it has nothing to route by (S9.12). */
export function openedHop(visit: Visit, choice: CertificateChoice | null): HopDecision {
  const { state, view, pod } = visit;
  const object = view.cluster.pods.get(pod);
  const { src, dst, tls } = state.packet;
  const backend: Backend = {
    service: state.carry.service,
    workload: object?.workload ?? null,
    pod: object?.ref ?? null,
    endpoint: `${dst.ip}:${dst.port}`,
    request: null,
    tls: { encrypted: tls.mode === 'tls', sni: tls.mode === 'tls' ? tls.sni : null },
    source: { kind: state.carry.source, ip: src.ip },
  };
  return {
    ...frame(visit),
    title: msg('ingress.title.opened'),
    why: [msg('ingress.why.opened'), ...(choice?.why ?? [])],
    rules: ['S9.12'],
    because: choice?.because ?? [],
    assumptions: assumptionsOf(view, secretOf(choice)),
    assumes: choice?.assumes ?? [],
    becomes: { kind: 'end', outcome: { code: 'ACCEPTED' }, stage: null, backend, carry: tlsCarry(state.carry, choice) },
  };
}

/** The connection ends without a word of HTTP. */
export function closedHop(visit: Visit, code: 'CONN_REFUSED' | 'CONN_RESET', why: Message, rules: readonly RuleId[]): HopDecision {
  return {
    ...frame(visit),
    layer: 'L4',
    title: msg('ingress.title.closed'),
    why: [why],
    rules,
    because: [],
    assumptions: assumptionsOf(visit.view, []),
    becomes: { kind: 'end', outcome: { code }, stage: 'connect' },
  };
}

/** Whoever hands bytes on cannot answer in HTTP: it closes the connection. */
const NO_ANSWERS: Proxied['answers'] = { refused: null, timeout: null, reset: null, tls: null };

/** TLS stays whole: a new connection by server name alone, with the client's bytes in it (S10.25). */
export function passthroughHop(visit: Visit, through: Passthrough): HopDecision {
  const { state, view } = visit;
  const { target, ingress } = through;
  const service = serviceName(target);
  const to = dial(visit, target).map(({ place, dst, share }) => ({
    place,
    packet: { ...state.packet, src: { ip: sourceAddress(visit, dst.ip), port: '*' as const }, dst },
    carry: carryOn(visit, target, 1, NO_ANSWERS),
    probability: share,
  }));
  return {
    ...frame(visit),
    layer: 'L4',
    title: msg('ingress.title.passthrough', { service }),
    why: [msg('ingress.why.passthrough', { service })],
    rules: ['S10.25', 'S14.2'],
    because: through.because,
    consulted: [
      {
        object: target.service.ref,
        role: target.kind === 'cluster-ip' ? 'addressed' : 'consulted',
        address: serviceAddress(target),
        label: state.carry.flow.sni ?? state.carry.flow.host,
      },
    ],
    assumptions: assumptionsOf(view, [target.service.ref]),
    commands: [describeIngress(ingress), listEndpoints(target.service.ref), repeat(visit)],
    becomes: { kind: 'forward', to },
  };
}
