/** Session persistence of a rule (S12.10, GEP-1619): what keeps a client at its endpoint, ahead of the weights. */
import type { Message } from '../../../catalogue/message.ts';
import { msg } from '../../../catalogue/message.ts';
import type { Sticky } from '../proxy/proxy.ts';
import type { Entry } from './entry.ts';
import type { GatewayVisit } from './visit.ts';

/** Where none is stated, the implementation makes one up. */
const USUAL_NAME = 'gateway-session';

export function stickyOf(visit: GatewayVisit, { route, rule }: Entry): { readonly value: Sticky; readonly why: readonly Message[] } | null {
  const persistence = route.rules[rule]?.sessionPersistence ?? null;
  if (persistence === null || visit.lacks.has('HTTPRouteSessionPersistence')) return null;
  const name = persistence.name ?? USUAL_NAME;
  const value: Sticky = persistence.type === 'Cookie' ? { cookie: name, path: '/', beatsShares: true } : { header: name, beatsShares: true };
  return { value, why: [msg('gateway.why.persistence', { name })] };
}
