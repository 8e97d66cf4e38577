/** Ports of a Service (S4.2.1–S4.2.8, S4.2.13, S4.2.14). */
import { msg } from '../../../catalogue/message.ts';
import type { Field } from '../field.ts';
import { checkPortName, checkPortNumber, readProtocol, shown } from '../field-rules.ts';
import { isDns1123Label, isQualifiedName } from '../names.ts';
import type { ServicePort, ServiceType } from './service-spec.ts';

export function readServicePorts(spec: Field, type: ServiceType, headless: boolean): readonly ServicePort[] {
  const list = spec.get('ports');
  const items = list.items();
  if (items.length === 0 && !headless && type !== 'ExternalName') list.reject('Required', 'S4.2.1', msg('rejection.service.ports', { path: list.name }));
  const names = new Set<string>();
  const ports = items.map((item) => readPort(item, items.length > 1, names));
  checkNodePorts(items, ports, type);
  checkDuplicates(items, ports);
  return type === 'ExternalName' ? ports.map((port) => ({ ...port, nodePort: 0 })) : ports;
}

function readPort(field: Field, needsName: boolean, names: Set<string>): ServicePort {
  const name = readPortName(field.get('name'), needsName, names);
  const port = field.get('port').integer() ?? 0;
  checkPortNumber(field.get('port'), port, 'S4.2.3');
  return {
    name,
    port,
    protocol: readProtocol(field.get('protocol'), 'S4.2.4', { by: 'S3.3', whereEmpty: 'missing' }),
    targetPort: readTargetPort(field.get('targetPort'), port),
    appProtocol: readAppProtocol(field.get('appProtocol')),
    nodePort: field.get('nodePort').integer() ?? 0,
  };
}

function readPortName(field: Field, isNeeded: boolean, names: Set<string>): string {
  const name = field.filledText();
  if (name === null) {
    if (isNeeded) field.reject('Required', 'S4.2.2', msg('rejection.service.port-name-required', { path: field.name }));
    return '';
  }
  if (!isDns1123Label(name)) field.reject('Invalid', 'S4.2.2', msg('rejection.service.port-name', { path: field.name, value: shown(name) }));
  if (names.has(name)) field.reject('Duplicate', 'S4.2.2', msg('rejection.service.port-name-twice', { path: field.name, value: shown(name) }));
  names.add(name);
  return name;
}

/** Equal to `port` when unset, 0 or empty (S3.4). Text, even of digits, is the name of a container port (S3.26). */
function readTargetPort(field: Field, port: number): number | string {
  const stated = field.integerOrText();
  if (stated === null || stated === 0 || stated === '') return port > 0 ? field.default(port, 'S3.4') : port;
  if (typeof stated === 'number') checkPortNumber(field, stated, 'S4.2.6');
  else checkPortName(field, stated, 'S4.2.7');
  return stated;
}

function readAppProtocol(field: Field): string | null {
  const stated = field.text();
  if (stated !== null && !isQualifiedName(stated)) {
    field.reject('Invalid', 'S4.2.8', msg('rejection.service.app-protocol', { path: field.name, value: shown(stated) }));
  }
  return stated;
}

function checkNodePorts(items: readonly Field[], ports: readonly ServicePort[], type: ServiceType): void {
  const taken = new Set<string>();
  for (const [index, { protocol, nodePort }] of ports.entries()) {
    if (nodePort === 0) continue;
    const field = items[index]!.get('nodePort');
    // An ExternalName may state one: nobody allocates it.
    if (type === 'ClusterIP') {
      field.reject('Forbidden', 'S4.2.13', msg('rejection.service.node-port-forbidden', { path: field.name, type }));
    }
    const key = `${protocol} ${nodePort}`;
    if (taken.has(key)) field.reject('Duplicate', 'S4.2.14', msg('rejection.service.node-port-twice', { path: field.name, protocol, value: nodePort }));
    taken.add(key);
  }
}

function checkDuplicates(items: readonly Field[], ports: readonly ServicePort[]): void {
  const taken = new Set<string>();
  for (const [index, { protocol, port }] of ports.entries()) {
    const key = `${protocol} ${port}`;
    const field = items[index]!;
    if (taken.has(key)) field.reject('Duplicate', 'S4.2.5', msg('rejection.service.port-twice', { path: field.name, protocol, value: port }));
    taken.add(key);
  }
}
