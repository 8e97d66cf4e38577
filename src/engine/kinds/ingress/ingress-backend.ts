/** Where an Ingress sends a request (S4.4.7, S4.4.8). */
import { msg } from '../../../catalogue/message.ts';
import type { Field } from '../field.ts';
import { checkName, checkPortName, checkPortNumber, required } from '../field-rules.ts';
import type { IngressBackend } from './ingress-spec.ts';

/** Null when the backend names nothing that can be read. */
export function readBackend(field: Field): IngressBackend | null {
  const service = field.get('service');
  const resource = field.get('resource');
  if (service.isSet && resource.isSet) {
    field.reject('Invalid', 'S4.4.7', msg('rejection.ingress.backend-both', { path: field.name }));
    return null;
  }
  if (resource.isSet) return readResource(resource);
  if (service.isSet) return readService(field, service);
  const isOldForm = field.get('serviceName').isSet || field.get('servicePort').isSet;
  const args = { path: field.name };
  field.reject('Invalid', 'S4.4.7', isOldForm ? msg('rejection.ingress.backend-old-form', args) : msg('rejection.ingress.backend-none', args));
  return null;
}

function readService(backend: Field, service: Field): IngressBackend | null {
  const name = service.get('name').filledText();
  if (name === null) required(service.get('name'), 'S4.4.8');
  else checkName(service.get('name'), name, 'service-name', 'S4.4.8');
  const number = service.at('port', 'number').integer() || null;
  const portName = service.at('port', 'name').filledText();
  if (number !== null && portName !== null) {
    backend.reject('Invalid', 'S4.4.8', msg('rejection.ingress.port-both', { path: service.get('port').name }));
  } else if (number !== null) {
    checkPortNumber(service.at('port', 'number'), number, 'S4.4.8');
    return { kind: 'service', name: name ?? '', port: { number } };
  } else if (portName !== null) {
    checkPortName(service.at('port', 'name'), portName, 'S4.4.8');
    return { kind: 'service', name: name ?? '', port: { name: portName } };
  } else {
    backend.reject('Required', 'S4.4.8', msg('rejection.ingress.port-none', { path: service.get('port').name }));
  }
  return null;
}

function readResource(field: Field): IngressBackend {
  const kind = field.get('kind').filledText();
  const name = field.get('name').filledText();
  if (kind === null) required(field.get('kind'), 'S4.4.7');
  if (name === null) required(field.get('name'), 'S4.4.7');
  return { kind: 'resource', apiGroup: field.get('apiGroup').text() ?? '', resourceKind: kind ?? '', name: name ?? '' };
}
