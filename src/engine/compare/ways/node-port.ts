/** A Service of type NodePort: the same port on every node (S7.4). */
import { msg } from '../../../catalogue/message.ts';
import { bothForms } from '../urls.ts';
import { callableNodes, dialled, portIn, serviceIn, writtenService } from './reading.ts';
import { newService, serviceManifest } from './service-manifest.ts';
import type { Way } from './way.ts';

/** A client tries no more nodes than this. */
const NODES = 3;

export const nodePort: Way = {
  id: 'node-port',
  title: msg('compare.way.node-port'),
  insideOnly: false,
  hasController: false,
  carrier: () => null,
  find: (situation) => writtenService(situation, ({ type }) => type === 'NodePort'),
  make: (situation) => {
    const ref = newService(situation, 'node-port');
    const spec = { type: 'NodePort', ...(situation.keepsClientAddress && { externalTrafficPolicy: 'Local' }) };
    return { object: ref, service: ref, objects: [serviceManifest(situation, ref, { spec })], environment: [] };
  },
  publishes: () => ({ nodes: true }),
  takes: (trace, { service }, cluster) => {
    const to = dialled(trace);
    const isNode = to !== null && [...cluster.nodes.values()].some(({ addresses }) => addresses.some(({ address }) => address === to.ip));
    return isNode && (serviceIn(cluster, service)?.ports.some((port) => port.nodePort === to.port) ?? false);
  },
  calls: ({ service }, cluster, situation) => {
    const { asked, flow } = situation;
    const found = serviceIn(cluster, service);
    const port = found === null ? null : portIn(found, situation);
    if (found === null || port === null) return [];
    return callableNodes(cluster, found)
      .slice(0, NODES)
      .flatMap((address) => bothForms(asked, flow, address, port.nodePort));
  },
  detail: ({ service }, cluster) => msg('compare.detail.node-port', { ports: (serviceIn(cluster, service)?.ports ?? []).map((port) => String(port.nodePort)) }),
};
