/**
 * One way of exposing a workload. A way knows how to find itself in the manifests, what it has to add where they do not
 * hold it, and what a client then calls. Everything else is read from traces.
 */
import type { Message } from '../../../catalogue/message.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { PublicRecord } from '../../kinds/scenario/scenario-spec.ts';
import type { Service } from '../../kinds/service/service-spec.ts';
import type { Json, JsonObject } from '../../manifests/document.ts';
import type { ObjectRef } from '../../manifests/object-ref.ts';
import type { FieldPath } from '../../manifests/source.ts';
import type { Flow } from '../../trace/flow.ts';
import type { RequestDraft } from '../../trace/request-draft.ts';
import type { Trace } from '../../trace/trace.ts';
import type { WayId } from '../comparison.ts';
import type { Target } from '../target.ts';

/** What a way is made for. */
export interface Situation {
  /** As the manifests stand. */
  readonly cluster: Cluster;
  readonly target: Target;
  readonly asked: RequestDraft;
  readonly flow: Flow;
  /** The host that is asked for, where it is a name of public DNS; else null. */
  readonly publicHost: string | null;
  /** The container port that the request reaches as things stand; null when it reaches none. */
  readonly endpoint: number | null;
  /** The Service in front of the target that the request uses, else the plainest; null when there is none. */
  readonly service: Service | null;
  /** The client’s address has to reach the Pod. */
  readonly keepsClientAddress: boolean;
}

/** A way as it stands in a cluster: which object makes it so, and the Service whose endpoints are used. */
export interface Standing {
  readonly object: ObjectRef;
  readonly service: ObjectRef;
  /** What publishes the address where it is not the object itself: the Gateway of a route. */
  readonly entry?: ObjectRef;
}

/** The proxy in the cluster that carries the traffic of a way. */
export interface Carrier {
  readonly name: string;
  /** `nameKey` of the Service that it is reached by; null: on addresses of its own. */
  readonly service: string | null;
  /** How many objects it serves: some clouds make a load balancer for each. */
  readonly serves: number;
  /** Set where it makes the load balancer that carries the traffic; no Pod of its own has to. */
  readonly makesBalancer?: true;
}

export interface Addition extends Standing {
  /** Manifests, in the order in which a person would write them. */
  readonly objects: readonly JsonObject[];
  /** What has to be true of the world beside the manifests, as edits of the Scenario. */
  readonly environment: readonly EnvironmentEdit[];
}

export interface EnvironmentEdit {
  readonly path: FieldPath;
  readonly value: Json;
  readonly says: Message;
}

export interface Way {
  readonly id: WayId;
  readonly title: Message;
  /** Reached by names and addresses of the cluster alone. */
  readonly insideOnly: boolean;
  /** A controller of the cluster carries the traffic, and costs what its Pods cost. */
  readonly hasController: boolean;
  /** Null where nobody does, and for ways without a controller. */
  readonly carrier: (standing: Standing, cluster: Cluster) => Carrier | null;
  readonly find: (situation: Situation) => Standing | null;
  /** Null where this workload cannot be exposed so. */
  readonly make: (situation: Situation) => Addition | null;
  /** What public DNS would say of the host that is asked for, if this were the way it is served. */
  readonly publishes: (standing: Standing, cluster: Cluster) => PublicRecord;
  /** Whether a request was sent to an address of this way, wherever it ended. */
  readonly takes: (trace: Trace, standing: Standing, cluster: Cluster) => boolean;
  /** What a client can call in that cluster, the likeliest first. */
  readonly calls: (standing: Standing, cluster: Cluster, situation: Situation) => readonly RequestDraft[];
  /** How it is done here: the product, the delivery, the controller. */
  readonly detail: (standing: Standing, cluster: Cluster) => Message;
}
