/** Durations of the Gateway API: up to four numbers with a unit, `1h30m` (GEP-2257). */
import { msg } from '../../../catalogue/message.ts';
import type { Field } from '../field.ts';
import { shown } from '../field-rules.ts';

const UNITS = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 } as const;

/** Milliseconds; null when absent or not readable. */
export function readDuration(field: Field): number | null {
  const text = field.text();
  if (text === null) return null;
  if (!/^([0-9]{1,5}(h|m|s|ms)){1,4}$/.test(text)) {
    field.reject('Invalid', 'S4.7.9', msg('rejection.gateway.duration', { path: field.name, value: shown(text) }));
    return null;
  }
  let total = 0;
  for (const [, number, unit] of text.matchAll(/(\d+)(ms|h|m|s)/g)) total += Number(number) * UNITS[unit as keyof typeof UNITS];
  return total;
}
