/** A Service of type ClusterIP: a virtual address that only the cluster knows (S7.1). */
import { msg } from '../../../catalogue/message.ts';
import { bothForms, serviceHost } from '../urls.ts';
import { dialled, portIn, serviceIn, writtenService } from './reading.ts';
import { newService, serviceManifest } from './service-manifest.ts';
import type { Way } from './way.ts';

export const clusterIp: Way = {
  id: 'cluster-ip',
  title: msg('compare.way.cluster-ip'),
  insideOnly: true,
  hasController: false,
  carrier: () => null,
  find: (situation) => writtenService(situation, ({ type, headless }) => type === 'ClusterIP' && !headless),
  make: (situation) => {
    const ref = newService(situation, 'cluster-ip');
    return { object: ref, service: ref, objects: [serviceManifest(situation, ref, {})], environment: [] };
  },
  publishes: () => ({ none: true }),
  takes: (trace, { service }, cluster) => {
    const to = dialled(trace);
    return to !== null && (serviceIn(cluster, service)?.clusterIPs.includes(to.ip) ?? false);
  },
  calls: ({ service }, cluster, situation) => {
    const { asked, flow } = situation;
    const found = serviceIn(cluster, service);
    const port = found === null ? null : portIn(found, situation);
    return bothForms(asked, flow, serviceHost(service, asked.from, cluster), port?.port ?? flow.port);
  },
  detail: ({ service }, cluster) => msg('compare.detail.cluster-ip', { address: serviceIn(cluster, service)?.clusterIPs[0] ?? '' }),
};
