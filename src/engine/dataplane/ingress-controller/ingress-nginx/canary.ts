/** Whether a request goes to a canary: header, then cookie, then weight (S10.18). */
import type { Message } from '../../../../catalogue/message.ts';
import { msg } from '../../../../catalogue/message.ts';
import { readCookie } from '../../proxy/cookie.ts';
import type { CanaryPolicy } from './annotations.ts';
import { compilePattern } from '../../proxy/regex/pattern.ts';

export interface CanaryVerdict {
  /** Share of requests like this one that go to the canary. */
  readonly share: number;
  readonly why: Message;
  /** Short name of the annotation that decided; null when none applied. */
  readonly annotation: string | null;
}

export function judgeCanary(policy: CanaryPolicy, headers: Readonly<Record<string, string>>): CanaryVerdict {
  const byHeader = policy.header === '' ? null : headerVerdict(policy, headers[policy.header]);
  if (byHeader !== null) return byHeader;
  const cookie = policy.cookie === '' ? null : readCookie(headers['cookie'], policy.cookie);
  if (cookie === 'always' || cookie === 'never') {
    const why = msg(cookie === 'always' ? 'ingress.nginx.canary.cookie-always' : 'ingress.nginx.canary.cookie-never', { cookie: policy.cookie });
    return { share: cookie === 'always' ? 1 : 0, why, annotation: 'canary-by-cookie' };
  }
  const share = Math.min(1, Math.max(0, policy.weight / policy.weightTotal));
  if (share === 1) return { share, why: msg('ingress.nginx.canary.all', { weight: policy.weight, total: policy.weightTotal }), annotation: 'canary-weight' };
  if (share > 0) return { share, why: msg('ingress.nginx.canary.weight', { weight: policy.weight, total: policy.weightTotal }), annotation: 'canary-weight' };
  return { share: 0, why: msg('ingress.nginx.canary.none'), annotation: null };
}

/** Null: the header says nothing, the next criterion decides. */
function headerVerdict({ header, headerValue, headerPattern }: CanaryPolicy, value: string | undefined): CanaryVerdict | null {
  if (value === undefined) return null;
  const taken = (why: Message, annotation: string): CanaryVerdict => ({ share: 1, why, annotation });
  if (headerValue !== '') return value === headerValue ? taken(msg('ingress.nginx.canary.header', { header, value }), 'canary-by-header-value') : null;
  if (headerPattern !== '') {
    const pattern = compilePattern(headerPattern, { ignoreCase: false });
    // A pattern that cannot be read ends the search: the main Service it is, whatever the cookie says.
    if (pattern.error !== null)
      return { share: 0, why: msg('ingress.nginx.canary.broken-pattern', { pattern: headerPattern }), annotation: 'canary-by-header-pattern' };
    return pattern.search(value).kind === 'match' ? taken(msg('ingress.nginx.canary.header', { header, value }), 'canary-by-header-pattern') : null;
  }
  if (value === 'always') return taken(msg('ingress.nginx.canary.header', { header, value }), 'canary-by-header');
  return value === 'never' ? { share: 0, why: msg('ingress.nginx.canary.header-never', { header }), annotation: 'canary-by-header' } : null;
}
