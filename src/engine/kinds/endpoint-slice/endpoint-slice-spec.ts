import type { ApiObject } from '../kind.ts';
import type { TransportProtocol } from '../pod/pod-spec.ts';

/** S2.2. `Endpoints` objects are mirrored into this shape (S5.6). */
export interface EndpointSlice extends ApiObject {
  /** Value of the label `kubernetes.io/service-name`; null when it is missing. */
  readonly serviceName: string | null;
  readonly addressType: 'IPv4' | 'IPv6' | 'FQDN';
  /** `port` null: the name could not be resolved. Empty list: a slice without ports. */
  readonly ports: readonly { readonly name: string; readonly port: number | null; readonly protocol: TransportProtocol; readonly appProtocol: string | null }[];
  readonly endpoints: readonly SliceEndpoint[];
  /** `manifest`: pasted; `controller`: made from a selector; `mirrored`: from an Endpoints object. */
  readonly madeBy: 'manifest' | 'controller' | 'mirrored';
}

export interface SliceEndpoint {
  readonly addresses: readonly string[];
  readonly ready: boolean;
  readonly serving: boolean;
  readonly terminating: boolean;
  readonly hostname: string | null;
  readonly nodeName: string | null;
  readonly zone: string | null;
  readonly targetRef: ApiObject['ref'] | null;
  readonly hints: { readonly forZones: readonly string[]; readonly forNodes: readonly string[] };
}
