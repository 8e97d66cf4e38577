import { msg, type Message } from '../../catalogue/message.ts';
import { isDelivered, type Trace } from '../../engine/index.ts';
import { percent } from './landing.ts';

/** How requests end if what is assumed holds; `answered`: the application refuses with 400 or more, or a proxy answers in its place. */
export function resultOf(trace: Trace): 'delivered' | 'answered' | 'fails' {
  const { verdict } = trace;
  const result = verdict.kind === 'depends' ? verdict.ifTrue : verdict.kind;
  const outcome = trace.branches[trace.taken]?.outcome;
  const arrives = outcome !== undefined && isDelivered(outcome) && statusOf(trace) < 400;
  return result === 'delivered' && !arrives ? 'answered' : result;
}

/** The verdict and its condition in one heading: `Fails with 503, if what is assumed holds`. */
export function headlineOf(trace: Trace): Message {
  const { verdict } = trace;
  const depends = verdict.kind === 'depends';
  const status = statusOf(trace);
  switch (resultOf(trace)) {
    case 'delivered':
      return msg(depends ? 'app.verdict.delivered-if' : 'app.verdict.delivered');
    case 'answered':
      return msg(depends ? 'app.verdict.answered-if' : 'app.verdict.answered', { status });
    case 'fails': {
      const share = verdict.kind === 'delivered' ? 1 : verdict.share;
      if (share < 1) return msg(depends ? 'app.verdict.fails-share-if' : 'app.verdict.fails-share', { share: percent(share) });
      if (status > 0) return msg(depends ? 'app.verdict.fails-http-if' : 'app.verdict.fails-http', { status });
      return msg(depends ? 'app.verdict.fails-if' : 'app.verdict.fails');
    }
  }
}

/** 0 where the request on screen gets no HTTP answer. */
function statusOf({ branches, taken }: Trace): number {
  const outcome = branches[taken]?.outcome;
  return outcome?.code === 'HTTP' ? outcome.status : 0;
}
