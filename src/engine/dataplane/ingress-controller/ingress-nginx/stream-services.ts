/**
 * TCP and UDP through ingress-nginx: ports that a ConfigMap leads to Services, without a word of HTTP (S10.16).
 * https://kubernetes.github.io/ingress-nginx/user-guide/exposing-tcp-udp-services/
 */
import { msg } from '../../../../catalogue/message.ts';
import type { Cluster, Controller } from '../../../cluster/cluster.ts';
import { flagValue } from '../../../cluster/controllers/claim-flags.ts';
import { nameKey } from '../../../manifests/object-ref.ts';
import type { Presupposed } from '../../proxy/presuppose.ts';
import { presumeExists } from '../../proxy/presuppose.ts';
import { readyEndpoints } from '../../proxy/backend.ts';
import type { ControllerView, StreamService } from '../implementation.ts';
import { configMap } from './config-map.ts';
import { readInt } from './settings.ts';

type Protocol = 'TCP' | 'UDP';

/** Names that the guide and the chart use, for a controller whose flags are not known. */
const USUAL_NAMES = { TCP: ['tcp-services', 'ingress-nginx-tcp'], UDP: ['udp-services', 'ingress-nginx-udp'] } as const;

/** Ports that nginx needs for itself. */
const RESERVED: ReadonlySet<number> = new Set([80, 442, 443, 10254, 10245, 10246, 10247, 8181]);

/** Null for a port that no ConfigMap speaks of. Where nobody is ready behind the Service nginx opens no port. */
export function streamService({ cluster, controller }: ControllerView, protocol: Protocol, port: number): StreamService | null {
  const found = mapOf(cluster, controller, protocol);
  const written = found === null || RESERVED.has(port) ? undefined : configMap(cluster, found.key)?.[String(port)];
  if (found === null || written === undefined) return null;
  const [name = '', wanted = '', decode = '', encode = ''] = written.split(':');
  const service = cluster.services.get(name);
  const servicePort = service?.ports.find((own) => own.protocol === protocol && (readInt(wanted) === null ? own.name === wanted : own.port === Number(wanted)));
  const endpoints = service === undefined || servicePort === undefined ? [] : readyEndpoints(cluster, service, servicePort);
  if (service === undefined || servicePort === undefined || endpoints.length === 0)
    return { kind: 'closed', why: msg('ingress.nginx.stream.closed', { map: found.key, port, service: name }), rule: 'S10.16' };
  const [namespace = '', map = ''] = found.key.split('/');
  const isProxy = (text: string) => protocol === 'TCP' && text.toUpperCase() === 'PROXY';
  return {
    kind: 'open',
    target: { kind: 'endpoints', service, port: servicePort, endpoints },
    why: msg('ingress.nginx.stream', { port, map: found.key, service: name, protocol }),
    because: [{ object: { kind: 'ConfigMap', namespace, name: map }, path: ['data', String(port)] }],
    assumes: found.presumed.assumes,
    rule: 'S10.16',
    expectsProxyProtocol: isProxy(decode),
    sendsProxyProtocol: isProxy(encode),
  };
}

function mapOf(cluster: Cluster, controller: Controller, protocol: Protocol): { readonly key: string; readonly presumed: Presupposed } | null {
  const [namespace = ''] = controller.pods[0]?.split('/') ?? [];
  const flag = `${protocol.toLowerCase()}-services-configmap`;
  const stated = flagValue(controller.args, flag);
  if (stated !== null) {
    const [where = '', name = ''] = stated.split('/');
    return { key: nameKey(where.startsWith('$(') ? namespace : where, name), presumed: { holds: true, assumes: [] } };
  }
  const key = USUAL_NAMES[protocol].map((name) => nameKey(namespace, name)).find((usual) => configMap(cluster, usual) !== null);
  if (key === undefined) return null;
  const presumed = presumeExists(cluster, `${flag}:${controller.name}`, msg('ingress.nginx.assume.stream', { flag: `--${flag}`, map: key }));
  return presumed.holds ? { key, presumed } : null;
}
