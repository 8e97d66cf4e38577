/** What kubectl printed about Services: their addresses, and the load balancers that nobody made (S8.1.1). */
import { msg, type Message } from '../../catalogue/message.ts';
import type { JsonObject, ManifestObject, ToldField } from '../manifests/document.ts';
import type { RuleId } from '../manifests/finding.ts';
import { isObject } from '../manifests/json.ts';
import { nameKey } from '../manifests/object-ref.ts';
import { byObject, isEvent, isNewer, objectsMeant, toldAt, withTold, type Seen, type SeenEvent, type Telling, type Unused } from './seen.ts';

/** A load balancer that somebody saw missing. */
export interface SeenBalancer {
  readonly why: Message;
  readonly rules: readonly RuleId[];
}

/** Where a Service would hold its published address: what was seen of it stands there. */
export const BALANCER_PATH = ['status', 'loadBalancer'] as const;

/** Events of a load balancer that could not be made, or is not made yet; by whom. */
const FAILED: ReadonlySet<string> = new Set([
  // Cloud controllers.
  'SyncLoadBalancerFailed',
  'CreatingLoadBalancerFailed',
  'FailedToCreateLoadBalancer',
  // MetalLB.
  'AllocationFailed',
  // AWS Load Balancer Controller.
  'FailedBuildModel',
  'FailedDeployModel',
]);
const BEGUN = 'EnsuringLoadBalancer';
const DONE: ReadonlySet<string> = new Set(['EnsuredLoadBalancer', 'IPAllocated', 'SuccessfullyReconciled']);

export function tellServices(
  seen: readonly Seen[],
  known: ReadonlyMap<string, ManifestObject>,
): Telling & { readonly balancers: ReadonlyMap<string, SeenBalancer> } {
  const objects: ManifestObject[] = [];
  const unused: Unused[] = [];
  const balancers = new Map<string, SeenBalancer>();
  for (const lines of byObject(seen, 'Service')) {
    const [first] = lines;
    const meant = objectsMeant(first!, known);
    const [service] = meant;
    if (service === undefined || meant.length > 1) {
      const args = { kind: 'Service', name: first!.name };
      const why = service === undefined ? msg('cluster.sighting.no-object', args) : msg('cluster.sighting.several', args);
      unused.push(...lines.map((each) => ({ seen: each, why })));
      continue;
    }
    const { value, told } = addresses(service, lines);
    const missing = missingBalancer(lines, unused);
    if (missing !== null) balancers.set(nameKey(service.ref.namespace, service.ref.name), missing.balancer);
    objects.push(withTold(service, value, [...told, ...(missing === null ? [] : toldAt(missing.at.range, BALANCER_PATH))]));
  }
  return { objects, unused, balancers };
}

/** Addresses that the text itself does not state. */
function addresses({ value }: ManifestObject, lines: readonly Seen[]): { readonly value: JsonObject; readonly told: readonly ToldField[] } {
  const spec = isObject(value['spec']) ? value['spec'] : {};
  const told: ToldField[] = [];
  const over: { spec?: JsonObject; status?: JsonObject } = {};
  for (const { tells, range } of lines) {
    if (tells.tells !== 'service') continue;
    if (tells.clusterIP !== undefined && spec['clusterIP'] === undefined) {
      over.spec = { clusterIP: tells.clusterIP };
      told.push(...toldAt(range, ['spec', 'clusterIP']));
    }
    if (tells.external !== undefined && tells.external.length > 0) {
      const ingress = tells.external.map((address) => (/^[\d.]+$|:/.test(address) ? { ip: address } : { hostname: address }));
      over.status = { loadBalancer: { ingress } };
      told.push(...toldAt(range, BALANCER_PATH));
    }
  }
  return { value: { ...over }, told };
}

/** The table tells the present state; without it, the newest event does. */
function missingBalancer(lines: readonly Seen[], unused: Unused[]): { readonly balancer: SeenBalancer; readonly at: Seen } | null {
  const events = lines.filter(isEvent);
  const isDone = events.filter(({ tells }) => DONE.has(tells.reason));
  const stated = lines.findLast(({ tells }) => tells.tells === 'service' && tells.external !== undefined);
  const hasAddress = stated?.tells.tells === 'service' && stated.tells.external!.length > 0;
  let newest: SeenEvent | null = null;
  for (const event of events) {
    const { reason } = event.tells;
    if (DONE.has(reason)) continue;
    if (!FAILED.has(reason) && reason !== BEGUN) unused.push({ seen: event, why: msg('cluster.sighting.proves-nothing') });
    else if (hasAddress || isDone.some((done) => isNewer(done, event, lines))) unused.push({ seen: event, why: msg('cluster.sighting.overtaken') });
    // What failed says more than that it was tried.
    else if (newest === null || (FAILED.has(reason) && (!FAILED.has(newest.tells.reason) || isNewer(event, newest, lines)))) newest = event;
  }
  if (newest !== null) {
    const { reason, message } = newest.tells;
    const why = FAILED.has(reason) ? msg('cluster.lb.seen-failed', { reason, message }) : msg('cluster.lb.seen-begun', { reason });
    return { balancer: { why, rules: ['S8.1.1', FAILED.has(reason) ? 'F-41' : 'F-40'] }, at: newest };
  }
  if (stated === undefined || hasAddress) return null;
  return { balancer: { why: msg('cluster.lb.seen-pending'), rules: ['S8.1.1', 'F-40'] }, at: stated };
}
