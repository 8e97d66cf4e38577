/** The listeners of a Gateway or of a ListenerSet (S4.7.11, S4.7.14). */
import { msg } from '../../../catalogue/message.ts';
import type { Field } from '../field.ts';
import { checkPortNumber, oneOfOr, required, shown } from '../field-rules.ts';
import { isDns1123Subdomain } from '../names.ts';
import { readLabelSelector } from '../workload/label-selector.ts';
import type { FromNamespaces, Listener, ListenerTls, NamespacesAllowed } from './listener-spec.ts';
import { checkCount, checkUnique, GATEWAY_GROUP, readHostname, readRequiredText, requireItems } from './names.ts';
import { readTargetRef, USUAL_CERTIFICATE } from './references.ts';

export function readListeners(field: Field, namespace: string): readonly Listener[] {
  const items = field.items();
  requireItems(field, 'S4.7.11');
  checkCount(field, items.length, 64, 'S4.7.11');
  const listeners = items.map((item) => readListener(item, namespace, field));
  checkUnique(
    field,
    listeners.map(({ name }) => name),
    'S4.7.11',
  );
  for (const [index, listener] of listeners.entries()) {
    const isTwin = (other: Listener) => other.port === listener.port && other.protocol === listener.protocol && other.hostname === listener.hostname;
    if (listeners.findIndex(isTwin) === index) continue;
    field.item(index).reject('Invalid', 'S4.7.11', msg('rejection.gateway.listener-twice', { path: field.item(index).name }), field);
  }
  return listeners;
}

// The CRD ties only the front of a word and the back of a name with a domain.
const PROTOCOL = /^[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?$|[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/[A-Za-z0-9]+$/;

/** `list`: what the API server names for rules that hold over all listeners. */
function readListener(field: Field, namespace: string, list: Field): Listener {
  const name = readRequiredText(field.get('name'), 'S4.7.11');
  if (name !== '' && !isDns1123Subdomain(name)) {
    field.get('name').reject('Invalid', 'S4.7.11', msg('rejection.name.dns1123-subdomain', { path: field.get('name').name, value: shown(name) }));
  }
  const port = field.get('port').integer();
  if (port === null) required(field.get('port'), 'S4.7.11');
  else checkPortNumber(field.get('port'), port, 'S4.7.11');
  const protocol = readRequiredText(field.get('protocol'), 'S4.7.11');
  if (protocol !== '' && !PROTOCOL.test(protocol)) {
    field.get('protocol').reject('Invalid', 'S4.7.11', msg('rejection.gateway.protocol', { path: field.get('protocol').name, value: shown(protocol) }));
  }
  const hostname = readHostname(field.get('hostname'));
  if (hostname !== null && (protocol === 'TCP' || protocol === 'UDP')) {
    field.get('hostname').reject('Invalid', 'S4.7.11', msg('rejection.gateway.listener-hostname', { path: field.get('hostname').name, protocol }), list);
  }
  return {
    name,
    hostname,
    port: port ?? 0,
    protocol,
    tls: readTls(field.get('tls'), protocol, namespace, list),
    allowedRoutes: readAllowedRoutes(field.get('allowedRoutes')),
  };
}

function readTls(field: Field, protocol: string, namespace: string, list: Field): ListenerTls | null {
  if (!field.isSet) {
    if (protocol === 'TLS') field.reject('Invalid', 'S4.7.11', msg('rejection.required', { path: field.name }), list);
    return null;
  }
  if (protocol === 'HTTP' || protocol === 'TCP' || protocol === 'UDP') {
    field.reject('Invalid', 'S4.7.11', msg('rejection.gateway.listener-tls', { path: field.name, protocol }), list);
  }
  const modeField = field.get('mode');
  const mode = oneOfOr<ListenerTls['mode']>(modeField, ['Terminate', 'Passthrough'], { word: 'Terminate', by: 'S3.22', whereEmpty: 'refused' }, 'S4.7.11');
  if (protocol === 'HTTPS' && mode === 'Passthrough') {
    modeField.reject('Invalid', 'S4.7.11', msg('rejection.gateway.https-passthrough', { path: modeField.name }), list);
  }
  const refs = field.get('certificateRefs');
  const certificateRefs = refs.items().map((item) => readTargetRef(item, namespace, USUAL_CERTIFICATE));
  const options = field.get('options').textMap();
  checkCount(refs, certificateRefs.length, 64, 'S4.7.11');
  if (mode === 'Terminate' && certificateRefs.length === 0 && Object.keys(options).length === 0) {
    refs.reject('Invalid', 'S4.7.11', msg('rejection.gateway.certificate', { path: refs.name }), field);
  }
  return { mode, certificateRefs, options };
}

function readAllowedRoutes(field: Field): Listener['allowedRoutes'] {
  const kinds = field.get('kinds');
  checkCount(kinds, kinds.items().length, 8, 'S4.7.11');
  return {
    namespaces: readNamespacesAllowed(field.get('namespaces'), ['All', 'Selector', 'Same'], 'Same'),
    kinds: kinds.items().map((item) => {
      const group = item.get('group');
      return { group: group.text() ?? group.default(GATEWAY_GROUP, 'S3.21'), kind: readRequiredText(item.get('kind'), 'S4.7.11') };
    }),
  };
}

export function readNamespacesAllowed<T extends FromNamespaces>(field: Field, allowed: readonly T[], usual: T): NamespacesAllowed {
  const from = oneOfOr<FromNamespaces>(field.get('from'), allowed, { word: usual, by: 'S3.21', whereEmpty: 'refused' }, 'S4.7.14');
  return { from, selector: readLabelSelector(field.get('selector')) };
}
