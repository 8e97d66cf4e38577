/**
 * How many requests and connections one client may have (S10.20). One request never exceeds a limit by itself: that the
 * others of its client stay within it is assumed, and a person may say otherwise.
 * https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#rate-limiting
 */
import type { Message } from '../../../../catalogue/message.ts';
import { msg } from '../../../../catalogue/message.ts';
import type { RuleId } from '../../../manifests/finding.ts';
import type { Assumption } from '../../../trace/assumption.ts';
import type { Reason } from '../../component.ts';
import { presumeUsual } from '../../proxy/presuppose.ts';
import { inRanges } from '../../proxy/ranges.ts';
import { annotationReason, ingressName } from '../route.ts';
import type { Admitted } from './admission.ts';
import type { Answer } from './answers.ts';
import type { Handling } from './handling.ts';

/** 0 for each that is not set. */
export interface Limits {
  readonly perSecond: number;
  readonly perMinute: number;
  readonly connections: number;
  /** The burst is the rate times this; nothing is delayed. */
  readonly burstMultiplier: number;
  /** Ranges that are not counted. */
  readonly exempt: readonly string[];
}

export type Limited =
  | { readonly kind: 'over'; readonly answer: Answer }
  | {
      readonly kind: 'within';
      readonly why: readonly Message[];
      readonly rules: readonly RuleId[];
      readonly because: readonly Reason[];
      readonly assumes: readonly Assumption[];
    };

const UNLIMITED: Limited = { kind: 'within', why: [], rules: [], because: [], assumes: [] };

export function checkLimits(handling: Handling, from: Admitted | null): Limited {
  const limits = from?.annotations.limits ?? null;
  const set = limits === null ? [] : limitsOf(limits);
  const [first] = set;
  if (from === null || limits === null || first === undefined) return UNLIMITED;
  const { client, cluster, settings } = handling;
  const because = set.map(({ annotation }) => annotationReason(from.ingress, from.annotations.nameOf(annotation)));
  const exempt = inRanges(limits.exempt, client);
  if (exempt !== null) return { kind: 'within', why: [msg('ingress.nginx.limit.exempt', { client, range: exempt })], rules: ['S10.20'], because, assumes: [] };
  const { annotation } = first;
  const { holds, assumes } = presumeUsual(cluster, `limit:${ingressName(from.ingress)}`, msg('ingress.nginx.assume.limit', { client, annotation }));
  const counted = [...set.map(({ why }) => why), counting(handling)];
  const rules: readonly RuleId[] = isShared(handling) ? ['S10.20', 'S10.24', 'F-36'] : ['S10.20'];
  if (holds) return { kind: 'within', why: counted, rules, because, assumes };
  const status = annotation === 'limit-connections' ? settings.limitStatus.connections : settings.limitStatus.requests;
  return {
    kind: 'over',
    answer: {
      status,
      title: msg('ingress.nginx.title.over-limit'),
      why: [msg('ingress.nginx.over-limit', { client, annotation, status }), ...counted],
      rules: [...rules, 'F-69'],
      because,
    },
  };
}

function limitsOf({ perSecond, perMinute, connections, burstMultiplier }: Limits): readonly { readonly annotation: string; readonly why: Message }[] {
  return [
    ...(perSecond > 0 ? [{ annotation: 'limit-rps', why: msg('ingress.nginx.limit.second', { rate: perSecond, burst: perSecond * burstMultiplier }) }] : []),
    ...(perMinute > 0 ? [{ annotation: 'limit-rpm', why: msg('ingress.nginx.limit.minute', { rate: perMinute, burst: perMinute * burstMultiplier }) }] : []),
    ...(connections > 0 ? [{ annotation: 'limit-connections', why: msg('ingress.nginx.limit.connections', { limit: connections }) }] : []),
  ];
}

/** S10.24: behind a translated address all clients have one count. */
function isShared({ client, request }: Handling): boolean {
  return request.origin !== null && request.origin !== client;
}

function counting(handling: Handling): Message {
  const { client } = handling;
  return isShared(handling) ? msg('ingress.nginx.limit.shared', { client }) : msg('ingress.nginx.limit.own', { client });
}
