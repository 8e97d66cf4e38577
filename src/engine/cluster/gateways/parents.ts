/** Gateways that pasted routes name as their parents and that were not pasted (S1.3a), with the listeners the routes need. */
import { msg } from '../../../catalogue/message.ts';
import type { Listener } from '../../kinds/gateway-api/listener-spec.ts';
import { GATEWAY_GROUP } from '../../kinds/gateway-api/names.ts';
import type { ParentRef } from '../../kinds/gateway-api/references.ts';
import type { Route } from '../../kinds/gateway-api/route-spec.ts';
import { nameKey, type ObjectRef, refKey } from '../../manifests/object-ref.ts';
import type { FieldPath } from '../../manifests/source.ts';
import { answerTo, infer } from '../assumptions.ts';
import type { Environment } from '../environment.ts';
import { type Ledger, recordProvenance } from '../ledger.ts';
import type { Objects } from '../objects.ts';
import { syntheticGateway } from '../synthetic.ts';
import { knownByClassName } from './known.ts';

interface Attachment {
  readonly route: Route;
  readonly parent: ParentRef;
  readonly path: FieldPath;
}

/** None where the texts hold a Gateway that may be the one meant: of the same namespace, of the same name, or unreadable. */
export function inferParents(objects: Objects, environment: Environment, ledger: Ledger): void {
  const missing = new Map<string, Attachment[]>();
  for (const route of objects.routes.values()) {
    for (const [index, parent] of route.parentRefs.entries()) {
      const key = nameKey(parent.namespace, parent.name);
      if (parent.group !== GATEWAY_GROUP || parent.kind !== 'Gateway' || objects.gateways.has(key)) continue;
      missing.set(key, [...(missing.get(key) ?? []), { route, parent, path: ['spec', 'parentRefs', index, 'name'] }]);
    }
  }
  const written = ledger.manifests.objects.flatMap(({ ref }) => (ref.kind === 'Gateway' ? [ref] : []));
  const unread = ledger.manifests.documents.filter(({ objects: read, findings }) => read.length === 0 && findings.length > 0).map(({ text }) => text);
  for (const [key, attachments] of missing) {
    const [{ route, parent, path }] = attachments as [Attachment];
    const { namespace, name } = parent;
    const id = `gateway:${key}`;
    if (environment.assume[id] === undefined && (isCandidate(parent, written) || unread.some((text) => GATEWAY_KIND.test(text)))) continue;
    const className = classFor(name, objects, environment);
    const answer = answerTo(environment, id);
    if (className === null || answer === 'refused') continue;
    const assumption = infer(ledger, answer, id, msg('assume.gateway', { gateway: key, route: refKey(route.ref) }));
    const made = syntheticGateway(namespace, name, className, listenersFor(attachments));
    objects.gateways.set(key, made);
    recordProvenance(ledger, { object: made.ref }, 'Podpath', msg('provenance.inferred-gateway'), { object: route.ref, path }, assumption);
  }
}

const GATEWAY_KIND = /\bkind:\s*["']?Gateway\b/;

function isCandidate({ namespace, name }: ParentRef, written: readonly ObjectRef[]): boolean {
  return written.some((other) => other.namespace === namespace || other.name === name);
}

/** The class that runs here, as far as anything tells; null where somebody stated that no controller of Gateways runs. */
function classFor(gateway: string, objects: Objects, { controllers, stated }: Environment): string | null {
  const running = controllers.find(({ kind }) => kind === 'gateway');
  if (running !== undefined) return running.class ?? running.name;
  if (stated.includes('controllers')) return null;
  const pasted = [...objects.gatewayClasses.keys()][0] ?? [...objects.gateways.values()][0]?.gatewayClassName;
  return pasted ?? (knownByClassName(gateway) === null ? 'gateway' : gateway);
}

/** One for each section that a route names, and the usual ones for those that name none. */
function listenersFor(attachments: readonly Attachment[]): readonly Listener[] {
  const out = new Map<string, Listener>();
  for (const { route, parent } of attachments) {
    for (const [protocol, port] of wantedPorts(route, parent)) {
      const name = parent.sectionName ?? usualName(protocol, port);
      if (!out.has(name)) out.set(name, listener(name, protocol, freeOf([...out.values()], protocol, port, route), parent));
    }
  }
  return [...out.values()];
}

type Protocol = 'HTTP' | 'HTTPS' | 'TLS' | 'TCP' | 'UDP';

function wantedPorts(route: Route, { sectionName, port }: ParentRef): readonly (readonly [Protocol, number])[] {
  switch (route.protocol) {
    case 'http':
    case 'grpc': {
      const isSecure = /https|tls|ssl|secure/i.test(sectionName ?? '') || port === 443 || port === 8443;
      if (isSecure) return [['HTTPS', port ?? 443]];
      // With a hostname there may be a certificate for it; a section or a port says which listener is meant.
      if (sectionName === null && port === null && route.hostnames.length > 0)
        return [
          ['HTTP', 80],
          ['HTTPS', 443],
        ];
      return [['HTTP', port ?? 80]];
    }
    case 'tls':
      return [['TLS', port ?? 443]];
    case 'tcp':
      return [['TCP', port ?? backendPort(route)]];
    case 'udp':
      return [['UDP', port ?? backendPort(route)]];
  }
}

function backendPort({ rules }: Route): number {
  return rules[0]?.backendRefs[0]?.port ?? 80;
}

function usualName(protocol: Protocol, port: number): string {
  const isUsual = (protocol === 'HTTP' && port === 80) || (protocol === 'HTTPS' && port === 443);
  return isUsual ? protocol.toLowerCase() : `${protocol.toLowerCase()}-${port}`;
}

interface Place {
  readonly port: number;
  readonly hostname: string | null;
}

/** Listeners of one port differ in hostname (S12.1.3): a second section of a port takes the host of its route. */
function freeOf(taken: readonly Listener[], protocol: Protocol, port: number, { hostnames }: Route): Place {
  const isTaken = (place: Place) =>
    taken.some((one) => one.port === place.port && one.hostname === place.hostname && (one.protocol === 'UDP') === (protocol === 'UDP')) ||
    taken.some((one) => one.port === place.port && one.protocol !== protocol && (one.protocol === 'HTTP' || protocol === 'HTTP' || protocol === 'TCP'));
  for (const hostname of [null, ...hostnames]) if (!isTaken({ port, hostname })) return { port, hostname };
  let other = port + 8000;
  while (isTaken({ port: other, hostname: null })) other++;
  return { port: other, hostname: null };
}

function listener(name: string, protocol: Protocol, { port, hostname }: Place, { namespace, name: gateway }: ParentRef): Listener {
  const certificate = { group: '', kind: 'Secret', namespace, name: `${gateway}-tls` };
  const terminated = protocol === 'HTTPS' ? ({ mode: 'Terminate', certificateRefs: [certificate], options: {} } as const) : null;
  const tls = protocol === 'TLS' ? ({ mode: 'Passthrough', certificateRefs: [], options: {} } as const) : terminated;
  return { name, hostname, port, protocol, tls, allowedRoutes: { namespaces: { from: 'All', selector: null }, kinds: [] } };
}
