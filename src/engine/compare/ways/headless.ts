/** A headless Service: DNS answers with the addresses of the Pods themselves (S6.1). */
import { msg } from '../../../catalogue/message.ts';
import { resolveTargetPort } from '../../cluster/target-port.ts';
import { bothForms, serviceHost } from '../urls.ts';
import { mentions, portIn, serviceIn, writtenService } from './reading.ts';
import { newService, serviceManifest } from './service-manifest.ts';
import type { Way } from './way.ts';

export const headless: Way = {
  id: 'headless',
  title: msg('compare.way.headless'),
  insideOnly: true,
  hasController: false,
  carrier: () => null,
  find: (situation) => writtenService(situation, (service) => service.headless),
  make: (situation) => {
    const ref = newService(situation, 'headless', situation.target.serviceName ?? undefined);
    return { object: ref, service: ref, objects: [serviceManifest(situation, ref, { spec: { clusterIP: 'None' } })], environment: [] };
  },
  publishes: () => ({ none: true }),
  takes: (trace, { service }) => mentions(trace, service),
  // Nobody translates the port, so the client has to know the container's own.
  calls: ({ service }, cluster, situation) => {
    const { asked, flow, target } = situation;
    const found = serviceIn(cluster, service);
    const port = found === null ? null : portIn(found, situation);
    const number = port === null ? null : resolveTargetPort(target.spec, port);
    return bothForms(asked, flow, serviceHost(service, asked.from, cluster), number ?? port?.port ?? flow.port);
  },
  detail: () => msg('compare.detail.headless'),
};
