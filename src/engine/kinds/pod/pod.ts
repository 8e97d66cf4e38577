/**
 * Pods as written or pasted from a cluster. Pods that a workload would make come later, from its template.
 * https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/
 */
import type { ObjectRef } from '../../manifests/object-ref.ts';
import type { Kind, Metadata, Reference } from '../kind.ts';
import { readObject } from '../metadata.ts';
import { ownerReferences } from '../owners.ts';
import type { Pod } from './pod-spec.ts';
import { readPodSpec } from './pod-template.ts';
import { readPodStatus } from './pod-status.ts';

export const pod: Kind<Pod> = {
  kind: 'Pod',
  plural: 'pods',
  apiVersions: ['v1'],
  removed: {},
  namespaced: true,
  role: 'pod',
  docs: 'https://kubernetes.io/docs/concepts/workloads/pods/',
  template: `apiVersion: v1
kind: Pod
metadata:
  name: client
spec:
  containers:
  - name: client
    image: curlimages/curl
    command: [sleep, infinity]
`,
  read: (manifest) =>
    readObject(manifest, 'dns1123-subdomain', (root, base): Pod => {
      const spec = readPodSpec(root.get('spec'));
      return {
        ...base,
        spec,
        status: readPodStatus(root.get('status'), base.metadata.deletionTimestamp !== null),
        synthesized: false,
        workload: workloadOf(base.metadata),
        node: spec.nodeName,
      };
    }),
  references: (object) => [...nodeReference(object), ...ownerReferences(object)],
};

/**
 * The workload as a person knows it. A ReplicaSet that a Deployment made is named after it and the hash of the template,
 * which the Pod carries as a label.
 */
function workloadOf(metadata: Metadata): ObjectRef | null {
  const owner = metadata.owners.find((candidate) => candidate.controller) ?? metadata.owners[0];
  if (owner === undefined || owner.kind === 'Node') return null;
  const hash = metadata.labels['pod-template-hash'];
  const ofDeployment = owner.kind === 'ReplicaSet' && hash !== undefined && hash !== '' && owner.name.endsWith(`-${hash}`);
  return ofDeployment
    ? { kind: 'Deployment', namespace: metadata.namespace, name: owner.name.slice(0, -hash.length - 1) }
    : { kind: owner.kind, namespace: metadata.namespace, name: owner.name };
}

function nodeReference(object: Pod): readonly Reference[] {
  const { nodeName } = object.spec;
  return nodeName === null ? [] : [{ path: ['spec', 'nodeName'], to: { kind: 'Node', namespace: '', name: nodeName } }];
}
