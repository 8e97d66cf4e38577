/**
 * Whether a certificate is valid on the day of the request (S14.3). The engine has no clock: the day is stated, or handed
 * in by who has one; without a day every certificate is taken to be valid.
 */
import { msg } from '../../../catalogue/message.ts';
import type { Environment } from '../../cluster/environment.ts';
import type { CertificateFacts } from '../../kinds/secret/secret-spec.ts';
import type { Assumption } from '../../trace/assumption.ts';

type Validity = Pick<CertificateFacts, 'notBefore' | 'notAfter'>;

/** A day without a time is its whole length: a certificate that ends on it is still valid. Null while it is valid. */
export function outdatedOn(date: string | null, { notBefore, notAfter }: Validity): 'expired' | 'not-yet-valid' | null {
  if (date === null) return null;
  const before = (first: string, second: string) => first.slice(0, date.length) < second.slice(0, date.length);
  if (notAfter !== null && before(notAfter, date)) return 'expired';
  return notBefore !== null && before(date, notBefore) ? 'not-yet-valid' : null;
}

/** What stands in for a day that nobody stated; null where one was, or the certificate tells no dates. */
export function validityAssumed({ date, stated }: Environment, secret: string, { notBefore, notAfter }: Validity): Assumption | null {
  if (stated.includes('date') || notAfter === null) return null;
  const path = ['spec', 'environment', 'date'];
  const current = outdatedOn(date, { notBefore, notAfter });
  const within = date !== null && current === null ? date : notAfter.slice(0, 10);
  const after = `${Number(notAfter.slice(0, 4)) + 1}${notAfter.slice(4, 8)}01`;
  return {
    id: 'date',
    origin: 'default',
    message:
      date === null ? msg('proxy.assume.date', { secret, notAfter: day(notAfter) }) : msg('proxy.assume.today', { date, secret, notAfter: day(notAfter) }),
    choices: [
      { label: msg('proxy.assume.valid-on', { date: within }), current: current === null, set: { path, value: within } },
      { label: msg('proxy.assume.expired-on', { date: after }), current: current === 'expired', set: { path, value: after } },
    ],
  };
}

export const day = (instant: string): string => instant.slice(0, 10);
