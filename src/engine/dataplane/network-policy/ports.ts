/** Whether an entry of `ports` means the port on which the destination Pod is reached (S13.5). */
import type { PolicyPort } from '../../kinds/network-policy/network-policy-spec.ts';
import type { Pod } from '../../kinds/pod/pod-spec.ts';
import type { Connection } from './connection.ts';

export type PortMiss =
  | { readonly kind: 'protocol'; readonly wanted: string }
  | { readonly kind: 'number'; readonly wanted: string; readonly port: number }
  /** `declared`: the numbers that the Pod gives this name; none when it names no such port. */
  | { readonly kind: 'name'; readonly name: string; readonly declared: readonly number[] }
  /** A name means a port of a Pod, and the other end is none. */
  | { readonly kind: 'name-without-pod'; readonly name: string };

/** Null when the entry means this port. */
export function missOfPort(wanted: PolicyPort, { to, protocol, port }: Connection): PortMiss | null {
  if (wanted.protocol !== protocol) return { kind: 'protocol', wanted: writePort(wanted) };
  if (wanted.port === null) return null;
  if (typeof wanted.port === 'number') {
    return port >= wanted.port && port <= (wanted.endPort ?? wanted.port) ? null : { kind: 'number', wanted: writePort(wanted), port };
  }
  if (to.kind !== 'pod') return { kind: 'name-without-pod', name: wanted.port };
  const declared = portsNamed(to.pod, wanted.port, wanted.protocol);
  return declared.includes(port) ? null : { kind: 'name', name: wanted.port, declared };
}

/** Each Pod gives a name its own number. */
function portsNamed({ spec }: Pod, name: string, protocol: PolicyPort['protocol']): readonly number[] {
  return spec.containers.flatMap(({ ports }) =>
    ports.filter((own) => own.name === name && own.protocol === protocol).map(({ containerPort }) => containerPort),
  );
}

/** `TCP 80`, `TCP 8000–8100`, `UDP`, `TCP web`. */
export function writePort({ protocol, port, endPort }: PolicyPort): string {
  if (port === null) return protocol;
  return endPort === null || endPort === port ? `${protocol} ${port}` : `${protocol} ${port}–${endPort}`;
}
