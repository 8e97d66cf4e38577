/** A Service of type ExternalName: an alias in the cluster’s DNS, here of another Service (S6.11). */
import { msg } from '../../../catalogue/message.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { ObjectRef } from '../../manifests/object-ref.ts';
import { servicesOf } from '../target.ts';
import { bothForms, serviceHost } from '../urls.ts';
import { clusterIp } from './cluster-ip.ts';
import { mentions, portIn, serviceIn } from './reading.ts';
import { metadata, newService } from './service-manifest.ts';
import type { Way } from './way.ts';

const wholeName = ({ namespace, name }: ObjectRef, cluster: Cluster) => `${name}.${namespace}.svc.${cluster.environment.clusterDomain}`;

export const externalName: Way = {
  id: 'external-name',
  title: msg('compare.way.external-name'),
  insideOnly: true,
  hasController: false,
  carrier: () => null,
  find: ({ cluster, target }) => {
    const behind = new Map(servicesOf(cluster, target).map(({ ref }) => [wholeName(ref, cluster), ref]));
    for (const { ref, type, externalName: alias, manifest } of cluster.services.values()) {
      const service = type === 'ExternalName' && manifest !== null ? behind.get(alias?.replace(/\.$/, '') ?? '') : undefined;
      if (service !== undefined) return { object: ref, service };
    }
    return null;
  },
  make: (situation) => {
    const { cluster, service } = situation;
    // An alias needs something to be an alias of.
    const made = service === null ? clusterIp.make(situation) : null;
    const behind = service?.ref ?? made?.service;
    if (behind === undefined) return null;
    const ref = newService(situation, 'alias', `${situation.target.ref.name}-alias`);
    const alias = { apiVersion: 'v1', kind: 'Service', metadata: metadata(ref), spec: { type: 'ExternalName', externalName: wholeName(behind, cluster) } };
    return { object: ref, service: behind, objects: [...(made?.objects ?? []), alias], environment: [] };
  },
  publishes: () => ({ none: true }),
  takes: (trace, { object }) => mentions(trace, object),
  // The alias names no port: it is the target's own (S6.11).
  calls: ({ object, service }, cluster, situation) => {
    const { asked, flow } = situation;
    const found = serviceIn(cluster, service);
    const port = found === null ? null : portIn(found, situation);
    return bothForms(asked, flow, serviceHost(object, asked.from, cluster), port?.port ?? flow.port);
  },
  detail: ({ object }, cluster) => msg('compare.detail.external-name', { name: serviceIn(cluster, object)?.externalName ?? '' }),
};
