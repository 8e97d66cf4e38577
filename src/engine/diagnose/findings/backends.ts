/** Between an Ingress and the Services it names (S9.9). */
import type { Cluster } from '../../cluster/cluster.ts';
import { suggest } from '../../manifests/near-miss.ts';
import { nameKey } from '../../manifests/object-ref.ts';
import type { SourceRange } from '../../manifests/source.ts';
import { pastedIn, placesOf, refNamed, said, set, setThere } from '../edits.ts';
import type { FindingKind, Repair } from '../finding-kind.ts';
import type { Problem } from '../problem.ts';

export const backends: readonly FindingKind[] = [
  {
    code: 'backend-service-missing',
    role: 'cause',
    decisions: { 'cluster.backend.near': 'F-56', 'cluster.backend.elsewhere': 'F-06', 'cluster.backend.missing': 'F-56' },
    repairs: (problem, cluster) => {
      const { object, message } = problem;
      if (object === null) return [];
      if (message.id === 'cluster.backend.near') return setThere(problem, said(message, 'near'));
      if (message.id === 'cluster.backend.elsewhere') {
        const service = refNamed('Service', nameKey(said(message, 'namespace'), said(message, 'name')));
        return [[set(object, ['metadata', 'namespace'], service.namespace)], [set(service, ['metadata', 'namespace'], object.namespace)]];
      }
      const services = pastedIn(cluster.services, object.namespace);
      // More than two would be guessing.
      return services.length > 2 ? [] : services.flatMap(({ ref }) => setThere(problem, ref.name));
    },
  },
  { code: 'backend-service-rejected', role: 'symptom', decisions: { 'cluster.backend.rejected': 'F-56' } },
  {
    code: 'backend-port-missing',
    role: 'cause',
    decisions: { 'cluster.backend-port.is-target': 'F-57', 'cluster.backend-port.missing': 'F-57', 'cluster.backend-port.none': 'F-57' },
    places: servicePorts,
    repairs: repairPort,
  },
  {
    code: 'backend-port-is-target-port',
    role: 'note',
    decisions: { 'cluster.backend-port.is-target.nginx': 'F-57' },
    places: servicePorts,
    repairs: repairPort,
  },
];

function repairPort({ object, path, message }: Problem, cluster: Cluster): readonly Repair[] {
  const service = cluster.services.get(said(message, 'service'));
  if (object === null || path === null || service === undefined) return [];
  const around = path.slice(0, -1);
  const wanted = said(message, 'wanted');
  const near = suggest(
    wanted,
    service.ports.map(({ name }) => name).filter((name) => name !== ''),
  );
  const meant = service.ports.filter(
    ({ name, port, targetPort }) => String(targetPort) === wanted || (near !== null && name === near) || service.ports.length === 1 || String(port) === wanted,
  );
  return (meant.length > 0 ? meant : service.ports)
    .slice(0, 3)
    .map((port) => (path.at(-1) === 'name' && port.name !== '' ? [set(object, path, port.name)] : [set(object, around, { number: port.port })]));
}

function servicePorts({ message }: Problem, cluster: Cluster): readonly SourceRange[] {
  return placesOf(cluster, refNamed('Service', said(message, 'service')), ['spec', 'ports']);
}
