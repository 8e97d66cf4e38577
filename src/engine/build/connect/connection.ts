/** One kind of connection a person can draw: from what to what, and what is written for it. */
import type { Message } from '../../../catalogue/message.ts';
import type { ObjectRef } from '../../manifests/object-ref.ts';
import type { Workspace } from '../../manifests/workspace.ts';
import type { RequestDraft } from '../../trace/request-draft.ts';
import type { Site } from '../site.ts';

/** The client outside the cluster, which is no object: its box on the map can be an end of a connection. */
export const CLIENT: ObjectRef = { kind: 'Client', namespace: '', name: '' };

export type Connected =
  | { readonly workspace: Workspace; readonly said: Message; readonly request?: RequestDraft }
  /** Why these two cannot be connected, and what would help. */
  | { readonly refused: Message };

export interface Connection {
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** Both ends are objects of the texts that the API server takes, or the client. */
  readonly connect: (site: Site, from: ObjectRef, to: ObjectRef) => Connected;
}

export const RUNS_PODS: readonly string[] = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController', 'Job', 'Pod'];

export const isSameNamespace = (from: ObjectRef, to: ObjectRef): boolean => from.namespace === to.namespace;
