import type { Message } from '../../../catalogue/message.ts';
import type { RuleId } from '../../manifests/finding.ts';
import type { ObjectRef } from '../../manifests/object-ref.ts';
import type { Assumption } from '../../trace/assumption.ts';
import type { Reason } from '../component.ts';

/** One answer to one query. Pure data of the zone; who asked does not matter. */
export interface DnsAnswer {
  readonly rcode: 'NOERROR' | 'NODATA' | 'NXDOMAIN';
  /** Addresses of both families, in the order of the zone. */
  readonly addresses: readonly string[];
  /** Where the answer is an alias: the name at the end of the chain. */
  readonly cname: string | null;
  /** Set when the alias leaves everything that is known here: the name of that host. */
  readonly external: string | null;
  /** The object that the answer comes from. */
  readonly object: ObjectRef | null;
  readonly why: Message;
  readonly rules: readonly RuleId[];
  readonly because: readonly Reason[];
  readonly assumptions: readonly string[];
  /** What this answer assumes and no object of the cluster does. */
  readonly assumes: readonly Assumption[];
  /** The wildcard record that answered, as `*.example.com`. */
  readonly wildcard: string | null;
  /** ClusterIP, `None` for a headless Service, null for everything else. */
  readonly serviceAddress: string | null;
  /** True when the addresses are those of the Service's endpoints, so no address of the Service is on the way. */
  readonly ofEndpoints: boolean;
}

/** An answer with everything but the essential left empty. */
export function answer(essential: Pick<DnsAnswer, 'rcode' | 'why' | 'rules'> & Partial<DnsAnswer>): DnsAnswer {
  return {
    addresses: [],
    cname: null,
    external: null,
    wildcard: null,
    object: null,
    because: [],
    assumptions: [],
    assumes: [],
    serviceAddress: null,
    ofEndpoints: false,
    ...essential,
  };
}
