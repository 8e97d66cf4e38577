import type { ApiObject } from '../kind.ts';
import type { TransportProtocol } from '../pod/pod-spec.ts';

export interface EndpointAddress {
  readonly ip: string;
  readonly hostname: string | null;
  readonly nodeName: string | null;
  readonly targetRef: ApiObject['ref'] | null;
}

/** S2.2: the older form of endpoints, named like its Service. Turned into slices by `mirrorEndpoints` (S5.6). */
export interface Endpoints extends ApiObject {
  readonly subsets: readonly {
    readonly addresses: readonly EndpointAddress[];
    readonly notReadyAddresses: readonly EndpointAddress[];
    readonly ports: readonly { readonly name: string; readonly port: number; readonly protocol: TransportProtocol; readonly appProtocol: string | null }[];
  }[];
}
