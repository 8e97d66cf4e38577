import { msg, type Message } from '../../catalogue/message.ts';
import type { Origin } from '../../engine/index.ts';

const IP = /^(\d{1,3}(\.\d{1,3}){3}|[\da-f:]*:[\da-f:]+)$/i;

/** The address of a client on the Internet, if that is what was typed. */
export function typedAddress(text: string): Origin | null {
  return IP.test(text.trim()) ? { kind: 'external', ip: text.trim() } : null;
}

export function originName(origin: Origin): string {
  switch (origin.kind) {
    case 'external':
      return origin.ip;
    case 'node':
      return origin.name;
    case 'pod':
    case 'workload':
      return `${origin.namespace}/${origin.name}`;
  }
}

/** What stands in the closed field: kind and name in one. */
export function originLabel(origin: Origin): Message {
  switch (origin.kind) {
    case 'external':
      return msg('app.from.internet', { ip: origin.ip });
    case 'node':
      return msg('app.from.node', { name: origin.name });
    case 'pod':
      return msg('app.from.pod', { name: `${origin.namespace}/${origin.name}` });
    case 'workload':
      return msg('app.from.workload', { kind: origin.workloadKind, name: `${origin.namespace}/${origin.name}` });
  }
}

export function originGroup(origin: Origin): Message {
  switch (origin.kind) {
    case 'external':
      return msg('app.from.group.internet');
    case 'node':
      return msg('app.from.group.nodes');
    case 'pod':
      return msg('app.from.group.pods');
    case 'workload':
      return msg('app.from.group.workloads');
  }
}

export const isSameOrigin = (a: Origin, b: Origin) => a.kind === b.kind && originName(a) === originName(b);
