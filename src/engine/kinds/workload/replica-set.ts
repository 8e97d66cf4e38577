import type { Kind } from '../kind.ts';
import { ownerReferences } from '../owners.ts';
import { keepsSelector, readWorkload, RESTARTED_ALWAYS } from './read-workload.ts';
import type { Workload } from './workload-spec.ts';

export const replicaSet: Kind<Workload> = {
  kind: 'ReplicaSet',
  plural: 'replicasets',
  apiVersions: ['apps/v1'],
  removed: { 'extensions/v1beta1': '1.16', 'apps/v1beta2': '1.16' },
  namespaced: true,
  role: 'pod',
  docs: 'https://kubernetes.io/docs/concepts/workloads/controllers/replicaset/',
  template: `apiVersion: apps/v1
kind: ReplicaSet
metadata:
  name: api
spec:
  replicas: 2
  selector:
    matchLabels:
      app: api
  template:
    metadata:
      labels:
        app: api
    spec:
      containers:
      - name: api
        image: nginx
`,
  read: (manifest) => readWorkload(manifest, { spec: ['spec'], count: 'replicas', selector: 'required', restartPolicies: RESTARTED_ALWAYS }),
  update: keepsSelector,
  references: ownerReferences,
};
