/** Containers and their ports (S4.3.1, S5.5). */
import { msg } from '../../../catalogue/message.ts';
import type { Field } from '../field.ts';
import { checkName, checkPortName, checkPortNumber, oneOf, readIp, readProtocol, required, shown } from '../field-rules.ts';
import type { Container, ContainerPort } from './pod-spec.ts';
import { readProbe } from './probes.ts';

/** Regular containers, then sidecars. `field` is a Pod's spec. */
export function readContainers(field: Field, hostNetwork: boolean): readonly Container[] {
  const regular = field.get('containers');
  if (regular.items().length === 0) required(regular, 'S4.3');
  const names = new Set<string>();
  const main = regular.items().map((item) => readContainer(item, hostNetwork, names));
  const init = field
    .get('initContainers')
    .items()
    .map((item) => readContainer(item, hostNetwork, names));
  const sidecars = init.filter((container) => container.sidecar);
  checkHostPorts(regular, hostNetwork && field.path.length === 1);
  noteSharedPortNames([regular, field.get('initContainers')]);
  return [...main, ...sidecars];
}

function readContainer(field: Field, hostNetwork: boolean, names: Set<string>): Container {
  const name = field.get('name').filledText();
  if (name === null) noteMissing(field.get('name'));
  else {
    checkName(field.get('name'), name, 'dns1123-label', 'S4.3');
    if (names.has(name)) field.get('name').reject('Duplicate', 'S4.3', msg('rejection.container.name-twice', { path: field.get('name').name, value: name }));
    names.add(name);
  }
  const image = field.get('image').filledText();
  if (image === null) noteMissing(field.get('image'));
  for (const variable of field.get('env').items()) variable.get('value').text();
  const readiness = readProbe(field.get('readinessProbe'));
  readProbe(field.get('livenessProbe'));
  readProbe(field.get('startupProbe'));
  const isInit = field.path.at(-2) === 'initContainers';
  return {
    name: name ?? '',
    image: image ?? '',
    args: [...field.get('command').texts(), ...field.get('args').texts()],
    ports: readPorts(field.get('ports'), hostNetwork),
    hasReadinessProbe: readiness !== null,
    readinessPort: readiness?.port ?? null,
    ...(readiness?.path != null && { readinessPath: readiness.path }),
    sidecar: isInit && oneOf(field.get('restartPolicy'), ['Always', 'OnFailure', 'Never'], 'S4.3') === 'Always',
  };
}

/** People cut images out of what they show to others. The request does not care, so the Pod stays. */
function noteMissing(field: Field): void {
  field.note('container-incomplete', 'warning', ['S4.3'], msg('rejection.note.container-incomplete', { path: field.name }));
}

function readPorts(field: Field, hostNetwork: boolean): readonly ContainerPort[] {
  const names = new Set<string>();
  return field.items().map((port) => readPort(port, hostNetwork, names));
}

function readPort(field: Field, hostNetwork: boolean, names: Set<string>): ContainerPort {
  const name = field.get('name').filledText();
  if (name !== null && checkPortName(field.get('name'), name, 'S4.3.1')) {
    if (names.has(name))
      field.get('name').reject('Duplicate', 'S4.3.1', msg('rejection.container.port-name-twice', { path: field.get('name').name, value: name }));
    names.add(name);
  }
  const containerPort = field.get('containerPort').integer() ?? 0;
  if (containerPort === 0) required(field.get('containerPort'), 'S4.3.1');
  else checkPortNumber(field.get('containerPort'), containerPort, 'S4.3.1');
  const hostIP = field.get('hostIP').filledText();
  return {
    name,
    containerPort,
    protocol: readProtocol(field.get('protocol'), 'S4.3.1', { by: 'S3.11', whereEmpty: 'missing' }),
    hostPort: readHostPort(field, containerPort, hostNetwork),
    hostIP: hostIP === null ? null : (readIp(field.get('hostIP'), 'S4.3.1')?.text ?? null),
  };
}

/** On the node's own network a container's port is the node's port (S3.11). */
function readHostPort(field: Field, containerPort: number, hostNetwork: boolean): number | null {
  const at = field.get('hostPort');
  const stated = at.integer() || null;
  if (stated === null) return hostNetwork && containerPort > 0 ? at.default(containerPort, 'S3.11') : null;
  if (checkPortNumber(at, stated, 'S4.3.1') && hostNetwork && stated !== containerPort) {
    const port = field.get('containerPort');
    port.reject('Invalid', 'S4.3.1', msg('rejection.container.host-network-port', { path: port.name, value: containerPort, hostPort: stated }));
  }
  return stated;
}

/**
 * Two containers of one Pod cannot hold the same port of their node. On the node's network every container port is one;
 * the API server fills that in for a Pod itself, not for the template of a workload.
 */
function checkHostPorts(containers: Field, isAllHost: boolean): void {
  const taken = new Set<string>();
  for (const port of containers.items().flatMap((container) => container.get('ports').items())) {
    const hostPort = port.get('hostPort').integer() || (isAllHost ? port.get('containerPort').integer() : null) || null;
    if (hostPort === null) continue;
    const key = `${port.get('protocol').filledText() ?? 'TCP'} ${port.get('hostIP').text() ?? ''} ${hostPort}`;
    const at = port.get('hostPort');
    if (taken.has(key)) at.reject('Duplicate', 'S4.3.1', msg('rejection.container.host-port-twice', { path: at.name, value: hostPort }));
    taken.add(key);
  }
}

/** Allowed, but a named targetPort finds only the first of them. */
function noteSharedPortNames(lists: readonly Field[]): void {
  const owners = new Map<string, string>();
  for (const container of lists.flatMap((list) => list.items())) {
    const own = container.get('name').text() ?? '';
    for (const port of container.get('ports').items()) {
      const at = port.get('name');
      const name = at.filledText();
      if (name === null) continue;
      const first = owners.get(name);
      if (first === undefined) owners.set(name, own);
      else if (first !== own)
        at.note(
          'port-name-in-two-containers',
          'warning',
          ['S4.3.1', 'S5.5'],
          msg('rejection.note.port-name-shared', { name: shown(name), first, second: own }),
        );
    }
  }
}
