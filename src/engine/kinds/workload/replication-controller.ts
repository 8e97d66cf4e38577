import type { Kind } from '../kind.ts';
import { ownerReferences } from '../owners.ts';
import { readWorkload, RESTARTED_ALWAYS } from './read-workload.ts';
import type { Workload } from './workload-spec.ts';

export const replicationController: Kind<Workload> = {
  kind: 'ReplicationController',
  plural: 'replicationcontrollers',
  apiVersions: ['v1'],
  removed: {},
  namespaced: true,
  role: 'pod',
  docs: 'https://kubernetes.io/docs/concepts/workloads/controllers/replicationcontroller/',
  template: `apiVersion: v1
kind: ReplicationController
metadata:
  name: api
spec:
  replicas: 2
  selector:
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
  read: (manifest) => readWorkload(manifest, { spec: ['spec'], count: 'replicas', selector: 'map', restartPolicies: RESTARTED_ALWAYS }),
  references: ownerReferences,
};
