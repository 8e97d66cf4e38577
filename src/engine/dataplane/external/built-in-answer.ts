/** What the API server and the cluster's DNS answer, where their Services were not pasted. */
import { msg } from '../../../catalogue/message.ts';
import { yesOrNo } from '../../cluster/assumptions.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { nameKey } from '../../manifests/object-ref.ts';
import type { State } from '../component.ts';
import { builtIns } from '../dns/built-in.ts';
import type { Answer } from './external.ts';

/** Null for every other address. */
export function builtInAnswer(cluster: Cluster, state: State): Answer | null {
  const found = builtIns(cluster).find(({ address }) => address === state.packet.dst.ip);
  if (found === undefined) return null;
  return found.kind === 'api-server' ? apiServer(state) : clusterDns(cluster, nameKey(found.object.namespace, found.object.name), found.address);
}

function clusterDns({ environment }: Cluster, service: string, address: string): Answer {
  const id = `service:${service}`;
  const isStated = environment.assume[id] !== undefined;
  return {
    title: msg('client.built-in.dns.title'),
    why: [msg('client.built-in.dns', { service })],
    rules: ['S6.13'],
    outcome: { code: 'ACCEPTED' },
    stage: null,
    delivered: true,
    assumes: isStated ? [] : [{ id, origin: 'default', message: msg('client.assume.dns-service', { service, address }), choices: yesOrNo(id) }],
    commands: [{ line: 'kubectl get service -n kube-system kube-dns', shows: msg('command.dns-service') }],
    hop: 'pod',
    actor: { component: 'CoreDNS', instance: 'CoreDNS', node: null, namespace: 'kube-system' },
  };
}

/** Its certificate is the cluster's own, and it knows nobody without a token. */
function apiServer({ packet, carry }: State): Answer {
  const common = {
    rules: ['S6.1'] as const,
    actor: { component: 'API server', instance: null, node: null, namespace: null },
    commands: [{ line: 'kubectl get endpointslices -n default -l kubernetes.io/service-name=kubernetes', shows: msg('command.api-server') }],
  };
  if (packet.tls.mode === 'tls' && carry.flow.insecure !== true) {
    return {
      ...common,
      title: msg('client.built-in.api-server.certificate.title'),
      why: [msg('client.built-in.api-server.certificate')],
      outcome: { code: 'TLS_ERROR', kind: 'untrusted' },
      stage: 'tls',
      delivered: false,
    };
  }
  if (packet.http === null) {
    const title = msg('client.external.answered.title', { name: 'kubernetes.default' });
    return { ...common, title, why: [msg('client.built-in.api-server')], outcome: { code: 'ACCEPTED' }, stage: null, delivered: true };
  }
  const plain = packet.tls.mode === 'none';
  const status = plain ? 400 : packet.http.headers['authorization'] === undefined ? 403 : 200;
  return {
    ...common,
    title: msg('client.built-in.api-server.title', { status }),
    why: [plain ? msg('client.built-in.api-server.plain') : status === 403 ? msg('client.built-in.api-server.anonymous') : msg('client.built-in.api-server')],
    outcome: { code: 'HTTP', status, producer: 'app' },
    stage: null,
    delivered: true,
  };
}
