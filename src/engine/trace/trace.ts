import type { Message } from '../../catalogue/message.ts';
import type { Finding, Rejection } from '../manifests/finding.ts';
import type { ObjectRef } from '../manifests/object-ref.ts';
import type { Assumption } from './assumption.ts';
import type { Flow } from './flow.ts';
import type { Evidence, Hop } from './hop.ts';
import type { Outcome } from './outcome.ts';
import type { HttpRequest, Packet } from './packet.ts';

/** How the reply crosses one hop of its branch, last hop first: the translation made on the way in, undone. */
export interface ReplyStep {
  readonly hop: string;
  /** The reply as it arrives at this hop and as it leaves toward the client. */
  readonly before: Packet;
  readonly after: Packet;
  readonly why: Message;
}

export type SourceAddressKind = 'preserved' | 'node' | 'controller' | 'load-balancer';

/** One way from the client to an end. */
export interface Branch {
  readonly probability: number;
  /** Hop ids from the first to the leaf. Stations are numbered by position here, from 1. */
  readonly hops: readonly string[];
  readonly outcome: Outcome;
  /** Set when the request reached a container or an external host. */
  readonly backend: Backend | null;
  readonly reply: readonly ReplyStep[];
  /** The policies that stopped it, if that is why it ends. */
  readonly blockedBy: readonly { readonly kind: string; readonly namespace: string; readonly name: string; readonly direction: 'ingress' | 'egress' }[];
  /** Copies of the request that went elsewhere; their answers are thrown away (S12.7). */
  readonly mirrors: readonly Mirror[];
  /** Where a failure arose: `dns`, `policy`, `tls`, `connect`, `http`. */
  readonly stage: 'dns' | 'connect' | 'tls' | 'http' | 'policy' | null;
}

/** A Service that gets copies, of how many of the requests on this way. */
export interface Mirror {
  readonly service: ObjectRef;
  /** 0 to 100. */
  readonly percent: number;
}

export interface Backend {
  /** The Service whose endpoints were used, if any. */
  readonly service: ObjectRef | null;
  /** The workload that owns the Pod, if any: the Deployment, not its ReplicaSet. */
  readonly workload: ObjectRef | null;
  readonly pod: ObjectRef | null;
  /** `ip:port` that the connection was made to. */
  readonly endpoint: string;
  readonly request: HttpRequest | null;
  /** `clientCertificate`: the Secret `namespace/name` whose certificate the last proxy, or the client, showed it. */
  readonly tls: { readonly encrypted: boolean; readonly sni: string | null; readonly clientCertificate: string | null };
  readonly source: { readonly kind: SourceAddressKind; readonly ip: string };
}

/** What the receiver of a packet knows of the session it comes in. */
export function tlsSeen({ tls }: Packet): Backend['tls'] {
  if (tls.mode === 'none') return { encrypted: false, sni: null, clientCertificate: null };
  return { encrypted: true, sni: tls.sni, clientCertificate: tls.clientCertificate ?? null };
}

/** What the client's resolver came to. */
export interface Resolution {
  readonly name: string;
  readonly rcode: 'NOERROR' | 'NXDOMAIN' | 'NODATA' | 'TIMEOUT' | 'NONE';
  readonly addresses: readonly string[];
  readonly cname: string | null;
}

export type Verdict =
  | { readonly kind: 'delivered' }
  /** `share` of requests that fail, 0 < share ≤ 1. */
  | { readonly kind: 'fails'; readonly share: number }
  /** `ifTrue` is the verdict if every assumption of origin `inferred` that was used holds. */
  | { readonly kind: 'depends'; readonly ifTrue: 'delivered' | 'fails'; readonly share: number };

/** All that happens to one request: every possible path, computed, never sampled. Plain data. */
export interface Trace {
  readonly flow: Flow;
  readonly hops: readonly Hop[];
  /** Id of the first hop. */
  readonly first: string;
  /** Most probable first; probabilities sum to 1. */
  readonly branches: readonly Branch[];
  /** Index of the branch that this request takes, chosen by `memory.seed`. */
  readonly taken: number;
  readonly verdict: Verdict;
  /** One sentence with what the client sees. */
  readonly summary: Message;
  /** Every assumption used by any hop, inferred ones first. */
  readonly assumptions: readonly Assumption[];
  readonly resolution: Resolution;
  readonly tls: { readonly certificateNames: readonly string[]; readonly terminatedAt: string | null };
  /** Rejected objects that the request would have used. */
  readonly rejected: readonly (Rejection & { readonly evidence: Evidence })[];
  /** What the manifests show to be wrong where the request fails, the worst first. */
  readonly causes: readonly Finding[];
  /** What `curl` (or `nslookup`, `ping`) prints at the end of the taken branch; lines, without escape codes. */
  readonly clientSees: readonly string[];
}
