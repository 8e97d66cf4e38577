/** What a Gateway can be joined to beside routes: a certificate, a class. Services and Pods only by way of a route. */
import { msg } from '../../../catalogue/message.ts';
import type { Listener } from '../../kinds/gateway-api/listener-spec.ts';
import { nameKey, refKey } from '../../manifests/object-ref.ts';
import { namedFrom } from '../components/gateway-routes.ts';
import { freeName } from '../names.ts';
import { setObjectField } from '../text-edits.ts';
import { type Connection, RUNS_PODS } from './connection.ts';
import { withGrant } from './routes.ts';

const HTTPS_PORT = 443;

/** A listener that ends TLS takes the certificate, best one that has none; where there is no such listener, one is added. */
export const gatewayToSecret: Connection = {
  from: ['Gateway'],
  to: ['Secret'],
  connect: (site, from, to) => {
    const gateway = site.cluster.gateways.get(nameKey(from.namespace, from.name));
    const text = site.written.get(refKey(from));
    const secret = site.cluster.secrets.get(nameKey(to.namespace, to.name));
    if (gateway === undefined || text === undefined || secret === undefined) return { refused: msg('build.refused.unknown', { object: to.name }) };
    if (secret.type !== 'kubernetes.io/tls') return { refused: msg('build.refused.secret-type', { secret: to.name }) };
    const { listeners } = gateway;
    const ref = namedFrom(from.namespace, to);
    const has = ({ tls }: Listener) => (tls?.certificateRefs ?? []).some(({ namespace, name }) => namespace === to.namespace && name === to.name);
    const ending = listeners.filter(endsTls);
    const index = listeners.indexOf(ending.find(({ tls }) => (tls?.certificateRefs.length ?? 0) === 0) ?? ending[0]!);
    let named = site.workspace;
    let listener = ending.find(has)?.name;
    if (listener === undefined && index !== -1) {
      listener = listeners[index]!.name;
      named = setObjectField(named, text, ['spec', 'listeners', index, 'tls', 'certificateRefs', listeners[index]!.tls?.certificateRefs.length ?? 0], ref);
    } else if (listener === undefined) {
      if (listeners.some(({ port }) => port === HTTPS_PORT)) return { refused: msg('build.refused.no-tls-listener', { gateway: from.name, port: HTTPS_PORT }) };
      listener = freeName(['https'], (wish) => listeners.some(({ name }) => name === wish));
      const added = { name: listener, port: HTTPS_PORT, protocol: 'HTTPS', tls: { certificateRefs: [ref] } };
      named = setObjectField(named, text, ['spec', 'listeners', listeners.length], added);
    }
    const workspace = withGrant(site, named, from, to);
    if (workspace === site.workspace) return { refused: msg('build.refused.connected', { from: from.name, to: to.name }) };
    const args = { gateway: from.name, listener, secret: to.name };
    return {
      workspace,
      said: workspace === named ? msg('build.said.certificate', args) : msg('build.said.certificate-grant', { ...args, namespace: to.namespace }),
    };
  },
};

const endsTls = ({ protocol, tls }: Listener) => protocol === 'HTTPS' || (protocol === 'TLS' && tls?.mode !== 'Passthrough');

export const gatewayToClass: Connection = {
  from: ['Gateway'],
  to: ['GatewayClass'],
  connect: (site, from, to) => {
    const text = site.written.get(refKey(from));
    if (text === undefined) return { refused: msg('build.refused.unknown', { object: from.name }) };
    if (site.cluster.gateways.get(nameKey(from.namespace, from.name))?.gatewayClassName === to.name)
      return { refused: msg('build.refused.connected', { from: from.name, to: to.name }) };
    return {
      workspace: setObjectField(site.workspace, text, ['spec', 'gatewayClassName'], to.name),
      said: msg('build.said.gateway-class', { gateway: from.name, class: to.name }),
    };
  },
};

export const gatewayToBackend: Connection = {
  from: ['Gateway'],
  to: ['Service', ...RUNS_PODS],
  connect: (_, from, to) => ({ refused: msg('build.refused.gateway-backend', { gateway: from.name, target: to.name }) }),
};
