/** The slices that the mirroring controller makes of an Endpoints object (S5.6). */
import { SERVICE_NAME_LABEL } from '../endpoint-slice/endpoint-slice.ts';
import type { EndpointSlice, SliceEndpoint } from '../endpoint-slice/endpoint-slice-spec.ts';
import { parseIp } from '../../manifests/ip.ts';
import type { EndpointAddress, Endpoints } from './endpoints-spec.ts';

const SKIP = 'endpointslice.kubernetes.io/skip-mirror';
const LEADER = 'control-plane.alpha.kubernetes.io/leader';

/**
 * One slice for each subset and address family. Whether they are used is not decided here: only a Service of the same
 * name without a selector gets mirrored slices. Names are numbered; a real cluster writes a hash.
 */
export function mirrorEndpoints(endpoints: Endpoints): readonly EndpointSlice[] {
  if (endpoints.metadata.labels[SKIP] === 'true' || LEADER in endpoints.metadata.annotations) return [];
  const { namespace, name } = endpoints.ref;
  const slices: EndpointSlice[] = [];
  for (const subset of endpoints.subsets) {
    for (const family of ['IPv4', 'IPv6'] as const) {
      const of = (list: readonly EndpointAddress[], ready: boolean) =>
        list.filter((address) => parseIp(address.ip)?.family === family).map((address) => mirrored(address, ready));
      const found = [...of(subset.addresses, true), ...of(subset.notReadyAddresses, false)];
      if (found.length === 0) continue;
      const sliceName = `${name}-${slices.length + 1}`;
      slices.push({
        ref: { kind: 'EndpointSlice', namespace, name: sliceName },
        metadata: { ...endpoints.metadata, name: sliceName, labels: { ...endpoints.metadata.labels, [SERVICE_NAME_LABEL]: name } },
        manifest: endpoints.manifest,
        order: endpoints.order,
        serviceName: name,
        addressType: family,
        ports: subset.ports,
        endpoints: found,
        madeBy: 'mirrored',
      });
    }
  }
  return slices;
}

function mirrored(address: EndpointAddress, ready: boolean): SliceEndpoint {
  return {
    addresses: [address.ip],
    ready,
    serving: ready,
    terminating: false,
    hostname: address.hostname,
    nodeName: address.nodeName,
    zone: null,
    targetRef: address.targetRef,
    hints: { forZones: [], forNodes: [] },
  };
}
