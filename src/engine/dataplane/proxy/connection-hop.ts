/** Hops that are settled before any rule: a handshake that fails, a connection without HTTP, TLS handed on as it is. */
import type { Message } from '../../../catalogue/message.ts';
import { msg } from '../../../catalogue/message.ts';
import type { RuleId } from '../../manifests/finding.ts';
import type { TlsErrorKind } from '../../trace/outcome.ts';
import type { Consulted } from '../../trace/hop.ts';
import type { Packet } from '../../trace/packet.ts';
import { tlsSeen, type Backend } from '../../trace/trace.ts';
import type { HopDecision } from '../component.ts';
import { verify } from './certificate.ts';
import { listEndpoints, repeat, showCertificate } from './commands.ts';
import { carryOn, dial, serviceAddress, sessionOf, sourceAddress } from './dial.ts';
import type { Answered, CertificateChoice, OnFailure, PassedOn, Passthrough, Visit } from './proxy.ts';
import { day } from './validity.ts';
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
    verb: msg('proxy.verb.tls'),
    // Without a certificate there is nothing that the client could refuse.
    title: msg(choice === null ? 'proxy.title.no-handshake' : 'proxy.title.tls-failed', { host: flow.sni ?? flow.host }),
    why: [...why, ...(choice?.why ?? [])],
    rules: [...rules, ...(choice?.rules ?? [])],
    because: choice?.because ?? [],
    consulted: secretOf(choice).map((object) => ({ object, role: 'consulted', address: null })),
    assumptions: assumptionsOf(visit, secretOf(choice)),
    assumes: choice?.assumes ?? [],
    commands: [showCertificate(visit), repeat(visit)],
    becomes: { kind: 'end', outcome: { code: 'TLS_ERROR', kind }, stage: 'tls', carry: tlsCarry(visit, choice) },
  };
}

/** What a client that checks certificates does with this one; null when it goes on. */
export function refusedCertificate(visit: Visit, choice: CertificateChoice): HopDecision | null {
  const { flow, terminatedAt } = visit.state.carry;
  // A proxy in front that encrypts again is the client of this session, and such proxies do not check names.
  if (flow.insecure === true || terminatedAt !== null) return null;
  const host = flow.sni ?? flow.host;
  const failure = verify(visit.cluster, choice, host);
  if (failure === null) return null;
  const isOutdated = failure === 'expired' || failure === 'not-yet-valid';
  return handshakeHop(visit, failure, [whyRefused(visit, failure, choice, host)], ['S14.3', isOutdated ? 'F-66' : 'F-65'], choice);
}

function whyRefused({ cluster }: Visit, failure: TlsErrorKind, { names, secret }: CertificateChoice, host: string): Message {
  const date = cluster.environment.date ?? '';
  const { notBefore = null, notAfter = null } = secret?.certificate ?? {};
  if (failure === 'expired') return msg('proxy.tls.expired', { host, date, notAfter: day(notAfter ?? '') });
  if (failure === 'not-yet-valid') return msg('proxy.tls.not-yet-valid', { host, date, notBefore: day(notBefore ?? '') });
  if (failure === 'untrusted') return msg('proxy.tls.untrusted', { host });
  return names.length === 0 ? msg('proxy.tls.nameless', { host }) : msg('proxy.tls.mismatch', { host, names });
}

/** A connection that carries no HTTP request stays at the proxy: it has nothing to route by (S9.12). */
export function openedHop(visit: Visit, choice: CertificateChoice | null): HopDecision {
  const { state, cluster, proxy } = visit;
  const object = cluster.pods.get(proxy.pod ?? '');
  const { src, dst } = state.packet;
  const backend: Backend = {
    service: state.carry.service,
    workload: object?.workload ?? null,
    pod: object?.ref ?? null,
    endpoint: `${dst.ip}:${dst.port}`,
    request: null,
    tls: tlsSeen(state.packet),
    source: { kind: state.carry.source, ip: src.ip },
  };
  return {
    ...frame(visit),
    title: msg(`${proxy.speaker}.title.opened`),
    why: [msg('proxy.why.opened'), ...(choice?.why ?? [])],
    rules: [proxy.rules.notHttp],
    because: choice?.because ?? [],
    assumptions: assumptionsOf(visit, secretOf(choice)),
    assumes: choice?.assumes ?? [],
    becomes: { kind: 'end', outcome: { code: 'ACCEPTED' }, stage: null, backend, carry: tlsCarry(visit, choice) },
  };
}

/** The connection ends without a word of HTTP. */
export function closedHop(visit: Visit, code: 'CONN_REFUSED' | 'CONN_RESET' | 'UDP_SILENT', why: Message, rules: readonly RuleId[]): HopDecision {
  return {
    ...frame(visit),
    layer: 'L4',
    title: msg(`${visit.proxy.speaker}.title.closed`),
    why: [why],
    rules,
    because: [],
    assumptions: assumptionsOf(visit, []),
    becomes: { kind: 'end', outcome: { code }, stage: 'connect' },
  };
}

/** Whoever hands bytes on cannot answer in HTTP: it closes the connection. */
const CLOSES: OnFailure = { answers: { refused: null, timeout: null, slow: null, reset: null, tls: null }, tries: 1 };

/** A new connection that carries the bytes of the client's, with their TLS or without (S10.25, S12.12). */
export function passthroughHop(visit: Visit, through: Passthrough, answered: readonly Answered[] = []): HopDecision {
  const { state } = visit;
  const { ways, certificate = null } = through;
  const to = ways.flatMap(({ target, share, tls }) =>
    dial(visit, target).map((dialled) => ({
      place: dialled.place,
      packet: { ...state.packet, ...inner(state.packet, tls), src: { ip: sourceAddress(visit, dialled.dst.ip), port: '*' as const }, dst: dialled.dst },
      carry: { ...carryOn(visit, target, CLOSES, tls === 'same' ? undefined : tls), ...tlsCarry(visit, certificate) },
      probability: share * dialled.share,
    })),
  );
  const services = ways.map(({ target }) => target.service.ref);
  return {
    ...frame(visit),
    layer: 'L4',
    title: through.title,
    why: [...through.why, ...(certificate?.why ?? [])],
    rules: [
      ...through.rules,
      ...(state.packet.tls.mode === 'tls' && ways.some(({ tls }) => tls === 'same') ? (['S14.1'] as const) : []),
      ...(certificate?.rules ?? []),
    ],
    because: [...through.because, ...(certificate?.because ?? [])],
    ...(through.considered !== undefined && { considered: through.considered }),
    consulted: [
      ...ways.map(({ target, label }): Consulted => ({
        object: target.service.ref,
        role: target.kind === 'cluster-ip' ? 'addressed' : 'consulted',
        address: serviceAddress(target),
        label,
      })),
      ...(through.consulted ?? []),
    ],
    assumptions: assumptionsOf(visit, [...services, ...secretOf(certificate)]),
    ...(through.assumes !== undefined && { assumes: through.assumes }),
    commands: [...through.commands, ...services.map(listEndpoints), repeat(visit)],
    becomes: { kind: 'forward', to, ...(answered.length > 0 && { answered }) },
  };
}

/** What is inside of the new connection: the client's session, or one of the proxy's own. */
function inner(packet: Packet, tls: PassedOn['tls']): Pick<Packet, 'tls' | 'http'> {
  if (tls === 'same') return { tls: packet.tls, http: packet.http };
  return { tls: sessionOf(tls), http: packet.http === null ? null : { ...packet.http, scheme: tls.kind === 'encrypt' ? 'https' : 'http' } };
}
