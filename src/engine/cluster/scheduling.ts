/**
 * Which node each Pod runs on (S1.4.3): `nodeName`, else the nodes that its selector and required affinity allow, in
 * turn. Two Pods never hold one host port of a node (S4.3.3). Taints and resources take no part.
 */
import { msg, type Message } from '../../catalogue/message.ts';
import type { Node } from '../kinds/node/node-spec.ts';
import type { Pod, PodSpec } from '../kinds/pod/pod-spec.ts';
import { matchesExpression } from './selectors.ts';

/** By position in `pods`: the node, or why there is none. */
export type Placement = { readonly node: string } | { readonly node: null; readonly why: Message };

/** `pods` are placed in the order given. `nodes` are in name order; ones a person switched off keep their Pods. */
export function schedule(pods: readonly Pod[], nodes: readonly Node[], switchedOff: ReadonlySet<string>): readonly Placement[] {
  const known = new Set(nodes.map((node) => node.ref.name));
  const open = nodes.filter((node) => !node.unschedulable && (node.ready || switchedOff.has(node.ref.name)));
  const eligible = new Map<PodSpec, readonly Node[]>();
  const heldPorts = new Map<string, Set<string>>();
  const placements: Placement[] = [];
  let turn = 0;
  const hold = (node: string, ports: readonly string[]) => {
    if (ports.length === 0) return;
    const held = heldPorts.get(node) ?? new Set();
    for (const port of ports) held.add(port);
    heldPorts.set(node, held);
  };
  // Pods with a node of their own hold its ports before any other is placed.
  for (const pod of pods) if (pod.spec.nodeName !== null && !hasEnded(pod)) hold(pod.spec.nodeName, hostPorts(pod.spec));
  for (const pod of pods) {
    const { spec } = pod;
    if (spec.nodeName !== null) {
      placements.push(known.has(spec.nodeName) ? { node: spec.nodeName } : { node: null, why: msg('cluster.node-missing', { node: spec.nodeName }) });
      continue;
    }
    if (pod.status.from === 'status' && pod.status.phase === 'Pending') {
      placements.push({ node: null, why: msg('cluster.pod-pending') });
      continue;
    }
    let candidates = eligible.get(spec);
    if (candidates === undefined) eligible.set(spec, (candidates = open.filter((node) => isEligible(node, spec))));
    const ports = hostPorts(spec);
    const node = pick(candidates, turn, ports, heldPorts);
    if (node === null) {
      const why = candidates.length === 0 ? msg('cluster.no-node-fits') : msg('cluster.host-port-taken', { ports: ports.map(portNumber) });
      placements.push({ node: null, why });
      continue;
    }
    turn++;
    hold(node, ports);
    placements.push({ node });
  }
  return placements;
}

/**
 * Whether the node meets the Pod's `nodeSelector` and required node affinity. Of a node that no text describes only a
 * few labels are known: the others are taken to fit, because somebody's node must carry them.
 */
export function isEligible(node: Node, spec: PodSpec): boolean {
  const { labels } = node.metadata;
  const isUnknown = (key: string) => node.manifest === null && labels[key] === undefined;
  for (const key in spec.nodeSelector) if (labels[key] !== spec.nodeSelector[key] && !isUnknown(key)) return false;
  if (spec.nodeAffinity.length === 0) return true;
  return spec.nodeAffinity.some((term) => term.length > 0 && term.every((expression) => isUnknown(expression.key) || matchesExpression(labels, expression)));
}

function pick(candidates: readonly Node[], turn: number, ports: readonly string[], held: ReadonlyMap<string, ReadonlySet<string>>): string | null {
  for (let step = 0; step < candidates.length; step++) {
    const { name } = candidates[(turn + step) % candidates.length]!.ref;
    const taken = held.get(name);
    if (taken === undefined || ports.every((port) => !clashes(port, taken))) return name;
  }
  return null;
}

/** `protocol|port|hostIP` for each host port; on the host network every container port is one (S3.11). */
function hostPorts(spec: PodSpec): readonly string[] {
  const out: string[] = [];
  for (const container of spec.containers) {
    for (const port of container.ports) {
      const number = port.hostPort ?? (spec.hostNetwork ? port.containerPort : null);
      if (number !== null && number !== 0) out.push(`${port.protocol}|${number}|${port.hostIP ?? '0.0.0.0'}`);
    }
  }
  return out;
}

function portNumber(key: string): string {
  return key.split('|')[1]!;
}

function clashes(port: string, taken: ReadonlySet<string>): boolean {
  if (taken.has(port)) return true;
  const [protocol, number, ip] = port.split('|');
  if (taken.has(`${protocol}|${number}|0.0.0.0`)) return true;
  if (ip !== '0.0.0.0') return false;
  for (const other of taken) if (other.startsWith(`${protocol}|${number}|`)) return true;
  return false;
}

function hasEnded(pod: Pod): boolean {
  return pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed';
}
