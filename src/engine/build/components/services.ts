/** A Service of each type. Placed alone it selects nothing; dropped on a workload it is named after it and selects its Pods. */
import { msg, type Message } from '../../../catalogue/message.ts';
import type { JsonObject } from '../../manifests/document.ts';
import { objectName } from '../names.ts';
import { behind, servicesIn, workloadsIn, type Site } from '../site.ts';
import { matchesLabels } from '../../cluster/selectors.ts';
import { manifest, type Component, type Spot } from './component.ts';

interface Variant {
  readonly id: string;
  readonly title: Message;
  readonly about: Message;
  /** Behind the workload's name where a Service of that name exists. */
  readonly suffix: string;
  readonly spec: JsonObject;
}

const VARIANTS: readonly Variant[] = [
  { id: 'service-cluster-ip', title: msg('build.cluster-ip'), about: msg('build.cluster-ip.about'), suffix: 'internal', spec: {} },
  { id: 'service-headless', title: msg('build.headless'), about: msg('build.headless.about'), suffix: 'headless', spec: { clusterIP: 'None' } },
  { id: 'service-node-port', title: msg('build.node-port'), about: msg('build.node-port.about'), suffix: 'nodeport', spec: { type: 'NodePort' } },
  { id: 'service-load-balancer', title: msg('build.load-balancer'), about: msg('build.load-balancer.about'), suffix: 'lb', spec: { type: 'LoadBalancer' } },
];

function variant({ id, title, about, suffix, spec }: Variant): Component {
  return {
    id,
    section: 'service',
    picture: 'Service',
    title,
    about,
    place: (site, at) => {
      const ref = { kind: 'Service', namespace: at.namespace, name: nameFor(site, at, suffix) };
      return { documents: [manifest(ref, 'v1', { spec: { ports: [{ port: 80 }], ...spec } })], object: ref };
    },
  };
}

/** After the workload it was dropped on, else after the first one that no Service selects. */
function nameFor(site: Site, { namespace, onto }: Spot, suffix: string): string {
  const target = onto === null ? null : behind(site, onto);
  const services = servicesIn(site, namespace);
  const alone = workloadsIn(site, namespace).find(
    ({ template }) => !services.some(({ selector }) => selector !== null && matchesLabels(template.labels, selector)),
  );
  const name = target !== null && target.kind !== 'Service' ? target.name : (alone?.ref.name ?? null);
  return objectName(site, 'Service', namespace, name === null ? ['web', 'api', 'shop'] : [name, `${name}-${suffix}`]);
}

const externalName: Component = {
  id: 'service-external-name',
  section: 'service',
  picture: 'Service',
  title: msg('build.external-name'),
  about: msg('build.external-name.about'),
  place: (site, { namespace }) => {
    const ref = { kind: 'Service', namespace, name: objectName(site, 'Service', namespace, ['legacy', 'billing', 'partner']) };
    return { documents: [manifest(ref, 'v1', { spec: { externalName: `${ref.name}.example.com`, type: 'ExternalName' } })], object: ref };
  },
};

export const services: readonly Component[] = [...VARIANTS.map(variant), externalName];
