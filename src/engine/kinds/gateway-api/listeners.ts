/** The listeners of a Gateway or of a ListenerSet (S4.7.11, S4.7.14). */
import { msg } from '../../../catalogue/message.ts';
import type { Field } from '../field.ts';
import { checkPortNumber, oneOf, required, shown } from '../field-rules.ts';
import { isDns1123Subdomain } from '../names.ts';
import { readLabelSelector } from '../workload/label-selector.ts';
import type { FromNamespaces, Listener, ListenerTls, NamespacesAllowed } from './listener-spec.ts';
import { checkCount, GATEWAY_GROUP, readHostname } from './names.ts';
import { readTargetRef, USUAL_CERTIFICATE } from './references.ts';

export function readListeners(field: Field, namespace: string): readonly Listener[] {
  const items = field.items();
  if (items.length === 0) required(field, 'S4.7.11');
  checkCount(field, items.length, 64, 'S4.7.11');
  const listeners = items.map((item) => readListener(item, namespace));
  for (const [index, listener] of listeners.entries()) {
    const path = field.item(index).name;
    const earlier = listeners.slice(0, index);
    if (earlier.some(({ name }) => name !== '' && name === listener.name)) {
      field
        .item(index)
        .get('name')
        .reject('Duplicate', 'S4.7.11', msg('rejection.gateway.listener-name-twice', { path, name: listener.name }));
    }
    if (earlier.some((other) => other.port === listener.port && other.protocol === listener.protocol && other.hostname === listener.hostname)) {
      field.item(index).reject('Duplicate', 'S4.7.11', msg('rejection.gateway.listener-twice', { path }));
    }
  }
  return listeners;
}

const PROTOCOL = /^[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/[A-Za-z0-9]+$/;

function readListener(field: Field, namespace: string): Listener {
  const name = field.get('name').filledText();
  if (name === null) required(field.get('name'), 'S4.7.11');
  else if (!isDns1123Subdomain(name)) {
    field.get('name').reject('Invalid', 'S4.7.11', msg('rejection.name.dns1123-subdomain', { path: field.get('name').name, value: shown(name) }));
  }
  const port = field.get('port').integer();
  if (port === null) required(field.get('port'), 'S4.7.11');
  else checkPortNumber(field.get('port'), port, 'S4.7.11');
  const protocol = field.get('protocol').filledText();
  if (protocol === null) required(field.get('protocol'), 'S4.7.11');
  else if (!PROTOCOL.test(protocol)) {
    field.get('protocol').reject('Invalid', 'S4.7.11', msg('rejection.gateway.protocol', { path: field.get('protocol').name, value: shown(protocol) }));
  }
  const hostname = readHostname(field.get('hostname'));
  if (hostname !== null && (protocol === 'TCP' || protocol === 'UDP')) {
    field.get('hostname').reject('Forbidden', 'S4.7.11', msg('rejection.gateway.listener-hostname', { path: field.get('hostname').name, protocol }));
  }
  return {
    name: name ?? '',
    hostname,
    port: port ?? 0,
    protocol: protocol ?? '',
    tls: readTls(field.get('tls'), protocol ?? '', namespace),
    allowedRoutes: readAllowedRoutes(field.get('allowedRoutes')),
  };
}

function readTls(field: Field, protocol: string, namespace: string): ListenerTls | null {
  if (!field.isSet) {
    if (protocol === 'TLS') required(field, 'S4.7.11');
    return null;
  }
  if (protocol === 'HTTP' || protocol === 'TCP' || protocol === 'UDP') {
    field.reject('Forbidden', 'S4.7.11', msg('rejection.gateway.listener-tls', { path: field.name, protocol }));
  }
  const modeField = field.get('mode');
  const mode = oneOf(modeField, ['Terminate', 'Passthrough'], 'S4.7.11') ?? modeField.default('Terminate', 'S3.22');
  if (protocol === 'HTTPS' && mode === 'Passthrough') {
    modeField.reject('Invalid', 'S4.7.11', msg('rejection.gateway.https-passthrough', { path: modeField.name }));
  }
  const refs = field.get('certificateRefs');
  const certificateRefs = refs.items().map((item) => readTargetRef(item, namespace, USUAL_CERTIFICATE));
  const options = field.get('options').textMap();
  checkCount(refs, certificateRefs.length, 64, 'S4.7.11');
  if (mode === 'Terminate' && certificateRefs.length === 0 && Object.keys(options).length === 0) {
    refs.reject('Required', 'S4.7.11', msg('rejection.gateway.certificate', { path: refs.name }));
  }
  return { mode, certificateRefs, options };
}

function readAllowedRoutes(field: Field): Listener['allowedRoutes'] {
  const kinds = field.get('kinds');
  checkCount(kinds, kinds.items().length, 8, 'S4.7.11');
  return {
    namespaces: readNamespacesAllowed(field.get('namespaces'), ['All', 'Selector', 'Same'], 'Same'),
    kinds: kinds.items().map((item) => {
      const kind = item.get('kind').filledText();
      if (kind === null) required(item.get('kind'), 'S4.7.11');
      return { group: item.get('group').text() ?? item.get('group').default(GATEWAY_GROUP, 'S3.21'), kind: kind ?? '' };
    }),
  };
}

export function readNamespacesAllowed<T extends FromNamespaces>(field: Field, allowed: readonly T[], usual: T): NamespacesAllowed {
  const from = oneOf(field.get('from'), allowed, 'S4.7.14') ?? field.get('from').default(usual, 'S3.21');
  return { from, selector: readLabelSelector(field.get('selector')) };
}
