/** Probes: only where they ask matters for a request's path (S5.4, S3.25). */
import type { Field } from '../field.ts';

export interface Probe {
  /** Null for a command. */
  readonly port: number | string | null;
  /** Of a plain HTTP GET as simple as a load balancer can ask it; null for any other probe. */
  readonly path: string | null;
}

const DEFAULTS = { periodSeconds: 10, timeoutSeconds: 1, failureThreshold: 3, successThreshold: 1 } as const;

/** Null when there is no probe. */
export function readProbe(field: Field): Probe | null {
  if (!field.isSet) return null;
  for (const [key, value] of Object.entries(DEFAULTS)) {
    const at = field.get(key);
    if ((at.integer() ?? 0) === 0) at.default(value, 'S3.25');
  }
  const ask = (name: string) => field.at('httpGet', name).filledText();
  const path = ask('path');
  const isSimple = (ask('scheme') ?? 'HTTP') === 'HTTP' && ask('host') === null && field.at('httpGet', 'port').isSet;
  return {
    path: isSimple ? (path ?? '/') : null,
    port: field.at('httpGet', 'port').integerOrText() ?? field.at('tcpSocket', 'port').integerOrText() ?? field.at('grpc', 'port').integer(),
  };
}
