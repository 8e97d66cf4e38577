/** Which cloud the texts come from, by what only that cloud's users or controllers write (S1.3a). */
import type { ApiObject } from '../kinds/kind.ts';
import type { Cloud } from '../kinds/scenario/scenario-spec.ts';
import type { Manifests } from '../manifests/document.ts';
import type { ObjectRef } from '../manifests/object-ref.ts';
import type { FieldPath } from '../manifests/source.ts';
import type { Objects } from './objects.ts';

export interface CloudClue {
  readonly cloud: Cloud;
  /** The annotation, label or field that tells. */
  readonly mark: string;
  readonly object: ObjectRef;
  readonly path: FieldPath;
}

/** The first clue, Services before Ingresses before nodes; null when there is none. */
export function cloudInTexts(objects: Objects, manifests: Manifests): CloudClue | null {
  for (const service of objects.services.values()) {
    if (service.type !== 'LoadBalancer') continue;
    const byClass = LOAD_BALANCER_CLASSES.find(([name]) => name === service.loadBalancerClass);
    if (byClass !== undefined) return clue(byClass[1], service, byClass[0], ['spec', 'loadBalancerClass']);
    const found = byAnnotation(service, SERVICE_ANNOTATIONS);
    if (found !== null) return isForLbc(service) ? { ...found, cloud: 'aws-lbc' } : found;
    const host = service.statusIngress?.find(({ hostname }) => hostname?.endsWith('.amazonaws.com'))?.hostname;
    if (host !== undefined && host !== null) return clue('aws-intree', service, host, ['status', 'loadBalancer', 'ingress', 0, 'hostname']);
  }
  for (const ingress of objects.ingresses.values()) {
    const found = byAnnotation(ingress, INGRESS_ANNOTATIONS);
    if (found !== null) return found;
  }
  for (const manifest of manifests.objects) {
    const { ref } = manifest;
    if (ref.kind === 'ConfigMap' && ref.namespace === 'kube-system' && ref.name === 'kubevip')
      return { cloud: 'kube-vip-arp', mark: ref.name, object: ref, path: [] };
    if (!manifest.apiVersion.startsWith('metallb.io/')) continue;
    const speaksBgp = manifests.objects.some((other) => other.ref.kind === 'BGPAdvertisement' && other.apiVersion.startsWith('metallb.io/'));
    return { cloud: speaksBgp ? 'metallb-bgp' : 'metallb-l2', mark: ref.kind, object: ref, path: [] };
  }
  for (const node of objects.nodes.values()) {
    for (const [prefix, cloud] of PROVIDER_IDS) if (node.providerID?.startsWith(prefix)) return clue(cloud, node, node.providerID, ['spec', 'providerID']);
    for (const label of Object.keys(node.metadata.labels)) {
      for (const [prefix, cloud] of NODE_LABELS) if (label.startsWith(prefix)) return clue(cloud, node, label, ['metadata', 'labels', label]);
    }
  }
  return null;
}

const LOAD_BALANCER_CLASSES: readonly (readonly [name: string, cloud: Cloud])[] = [
  ['service.k8s.aws/nlb', 'aws-lbc'],
  ['kube-vip.io/kube-vip-class', 'kube-vip-arp'],
];

const SERVICE_ANNOTATIONS: readonly (readonly [prefix: string, cloud: Cloud])[] = [
  ['service.beta.kubernetes.io/aws-load-balancer-', 'aws-intree'],
  ['service.beta.kubernetes.io/azure-', 'azure'],
  ['networking.gke.io/', 'gcp'],
  ['cloud.google.com/', 'gcp'],
  ['metallb.io/', 'metallb-l2'],
  ['metallb.universe.tf/', 'metallb-l2'],
  ['kube-vip.io/', 'kube-vip-arp'],
];

const INGRESS_ANNOTATIONS: typeof SERVICE_ANNOTATIONS = [
  ['alb.ingress.kubernetes.io/', 'aws-lbc'],
  ['networking.gke.io/', 'gcp'],
  ['ingress.gcp.kubernetes.io/', 'gcp'],
  ['appgw.ingress.kubernetes.io/', 'azure'],
];

const PROVIDER_IDS: typeof SERVICE_ANNOTATIONS = [
  ['aws://', 'aws-intree'],
  ['gce://', 'gcp'],
  ['azure://', 'azure'],
];

const NODE_LABELS: typeof SERVICE_ANNOTATIONS = [
  ['eks.amazonaws.com/', 'aws-intree'],
  ['alpha.eksctl.io/', 'aws-intree'],
  ['cloud.google.com/', 'gcp'],
  ['kubernetes.azure.com/', 'azure'],
];

/** S8.2.6 and S8.2.5: annotations that only the AWS Load Balancer Controller reads. */
function isForLbc(service: ApiObject): boolean {
  const { annotations } = service.metadata;
  const type = annotations['service.beta.kubernetes.io/aws-load-balancer-type'];
  return (
    type === 'external' ||
    type === 'nlb-ip' ||
    annotations['service.beta.kubernetes.io/aws-load-balancer-nlb-target-type'] !== undefined ||
    annotations['service.beta.kubernetes.io/aws-load-balancer-scheme'] !== undefined
  );
}

function byAnnotation(object: ApiObject, marks: typeof SERVICE_ANNOTATIONS): CloudClue | null {
  for (const name of Object.keys(object.metadata.annotations)) {
    for (const [prefix, cloud] of marks) if (name.startsWith(prefix)) return clue(cloud, object, name, ['metadata', 'annotations', name]);
  }
  return null;
}

function clue(cloud: Cloud, object: ApiObject, mark: string, path: FieldPath): CloudClue {
  return { cloud, mark, object: object.ref, path };
}
