/** Addresses that an EndpointSlice lists and no Pod of these manifests has (S5.6). */
import { msg } from '../../../catalogue/message.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { SliceEndpoint } from '../../kinds/endpoint-slice/endpoint-slice-spec.ts';
import { canonicalIp } from '../../manifests/ip.ts';
import { nameKey, type ObjectRef } from '../../manifests/object-ref.ts';
import type { State } from '../component.ts';
import type { Answer } from './external.ts';
import { sameRequest } from './same-request.ts';

export interface Listed {
  readonly endpoint: SliceEndpoint;
  readonly slice: ObjectRef;
  readonly index: number;
}

const memo = new WeakMap<Cluster, ReadonlyMap<string, Listed>>();

export function listedEndpoint(cluster: Cluster, ip: string): Listed | null {
  let listed = memo.get(cluster);
  if (listed === undefined) {
    const slices = [...cluster.endpointSlices.values()].flat();
    listed = new Map(
      slices.flatMap((slice) =>
        slice.endpoints.flatMap((endpoint, index) =>
          endpoint.addresses.map((address) => [canonicalIp(address) ?? address, { endpoint, slice: slice.ref, index }] as const),
        ),
      ),
    );
    memo.set(cluster, listed);
  }
  return listed.get(ip) ?? null;
}

/** An endpoint that names a Pod or a node is in the cluster: its Pod was just not pasted. Null for any other address. */
export function unseenPod(cluster: Cluster, state: State): Answer | null {
  const { packet } = state;
  const listed = listedEndpoint(cluster, packet.dst.ip);
  if (listed === null) return null;
  const { targetRef, nodeName } = listed.endpoint;
  const pod = targetRef?.kind === 'Pod' ? targetRef : null;
  if (pod === null && nodeName === null) return null;
  const key = pod === null ? packet.dst.ip : nameKey(pod.namespace, pod.name);
  const args = { pod: key, node: nodeName ?? '' };
  return {
    title: msg('client.external.answered.title', { name: key }),
    why: [nodeName === null ? msg('client.external.unseen-pod', args) : msg('client.external.unseen-pod-on', args)],
    rules: ['S5.6'],
    because: [{ object: listed.slice, path: ['endpoints', listed.index, pod === null ? 'nodeName' : 'targetRef'] }],
    outcome: packet.http === null ? { code: 'ACCEPTED' } : { code: 'HTTP', status: 200, producer: 'app' },
    stage: null,
    delivered: true,
    commands: sameRequest(state, null, true),
    hop: 'pod',
    actor: { component: 'Pod', instance: pod?.name ?? packet.dst.ip, node: nodeName, namespace: pod?.namespace ?? null },
    pod,
  };
}
