/** An ExternalName Service can stand for another Service, also of another namespace; other Services lead to Pods only. */
import { msg } from '../../../catalogue/message.ts';
import { refKey } from '../../manifests/object-ref.ts';
import { serviceAt } from '../site.ts';
import { setObjectField } from '../text-edits.ts';
import type { Connection } from './connection.ts';

export const serviceToService: Connection = {
  from: ['Service'],
  to: ['Service'],
  connect: (site, from, to) => {
    const service = serviceAt(site, from);
    if (service?.manifest == null || refKey(from) === refKey(to)) return { refused: msg('build.refused.itself', { object: from.name }) };
    if (service.type !== 'ExternalName') return { refused: msg('build.refused.service-service', { service: from.name }) };
    const name = `${to.name}.${to.namespace}.svc.${site.cluster.environment.clusterDomain}`;
    if (service.externalName === name) return { refused: msg('build.refused.connected', { from: from.name, to: to.name }) };
    return {
      workspace: setObjectField(site.workspace, service.manifest, ['spec', 'externalName'], name),
      said: msg('build.said.external-name', { service: from.name, target: name }),
    };
  },
};
