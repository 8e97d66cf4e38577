/** One fact about every way. A row looks at one column at a time; what it says of it cites a trace or a rule. */
import type { Message } from '../../../catalogue/message.ts';
import { msg } from '../../../catalogue/message.ts';
import type { RuleId } from '../../manifests/finding.ts';
import { isDelivered } from '../../trace/outcome.ts';
import type { Branch, Trace } from '../../trace/trace.ts';
import type { Cell, Part, RowId, Tone, ViewName } from '../comparison.ts';
import type { Seen, Trial } from '../column.ts';
import type { Prices } from '../cost.ts';
import { takenHops } from '../ways/reading.ts';

export interface Circumstances {
  /** Services to be exposed in all. */
  readonly services: number;
  readonly prices: Prices;
}

export interface RowKind {
  readonly id: RowId;
  readonly label: (circumstances: Circumstances) => Message;
  readonly cell: (trial: Trial, circumstances: Circumstances) => Cell;
}

export function byTrace(message: Message, view: ViewName, hop: string | null = null, tone: Tone = 'plain'): Part {
  return { message, tone, basis: { kind: 'trace', view, hop } };
}

export function byRule(message: Message, rule: RuleId, tone: Tone = 'plain'): Part {
  return { message, tone, basis: { kind: 'rule', rule } };
}

export function advice(message: Message): Part {
  return { message, tone: 'plain', basis: { kind: 'guidance', rule: 'S17.1' } };
}

/** How a request ends, in a few words: the share that fails, else the answer. */
export function endOf(view: ViewName, { trace }: Pick<Seen, 'trace'>): Part {
  const failed = trace.branches.filter(({ outcome }) => !isDelivered(outcome));
  const [worst] = failed;
  if (worst === undefined) {
    const outcome = trace.branches[trace.taken]?.outcome;
    const message = outcome?.code === 'HTTP' ? msg('compare.end.http', { status: outcome.status }) : msg('compare.end.accepted');
    return byTrace(message, view, lastHop(trace), outcome?.code === 'HTTP' && outcome.status >= 400 ? 'bad' : 'good');
  }
  const hop = worst.hops.at(-1) ?? null;
  if (failed.length === trace.branches.length) return byTrace(failure(worst, trace), view, hop, 'bad');
  const share = failed.reduce((sum, { probability }) => sum + probability, 0);
  const percent = Math.min(99, Math.max(1, Math.round(share * 100)));
  return byTrace(msg('compare.end.some', { percent }), view, hop, 'bad');
}

export function lastHop(trace: Trace): string | null {
  return takenHops(trace).at(-1)?.id ?? null;
}

function failure({ outcome, hops }: Branch, trace: Trace): Message {
  switch (outcome.code) {
    case 'DNS_NXDOMAIN':
      return msg('compare.end.no-name');
    case 'DNS_NODATA':
      return msg('compare.end.no-data');
    case 'DNS_TIMEOUT':
      return msg('compare.end.dns-timeout');
    case 'CONN_REFUSED':
      return msg('compare.end.refused');
    case 'NO_ROUTE':
      return msg('compare.end.no-route');
    case 'CONN_TIMEOUT':
      return msg('compare.end.timeout');
    case 'CONN_RESET':
      return msg('compare.end.reset');
    case 'TLS_ERROR':
      return msg('compare.end.tls');
    case 'REDIRECT_LOOP':
      return msg('compare.end.redirect-loop');
    case 'UDP_SILENT':
      return msg('compare.end.silent');
    case 'ACCEPTED':
      return msg('compare.end.accepted');
    case 'HTTP': {
      if (outcome.location !== undefined) return msg('compare.end.redirect', { status: outcome.status, location: outcome.location });
      // Where a way ends, behind a proxy, is not who answers: a policy or a kernel knows no HTTP.
      const way = trace.hops.filter(({ id }) => hops.includes(id));
      const who = (way.findLast(({ layer }) => layer === 'L7') ?? way.at(-1))?.actor.component ?? '';
      return msg('compare.end.http-from', { status: outcome.status, who });
    }
  }
}
