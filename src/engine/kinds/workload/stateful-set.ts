import type { Kind } from '../kind.ts';
import { ownerReferences } from '../owners.ts';
import { keepsSelector, readWorkload, RESTARTED_ALWAYS } from './read-workload.ts';
import type { Workload } from './workload-spec.ts';

export const statefulSet: Kind<Workload> = {
  kind: 'StatefulSet',
  plural: 'statefulsets',
  apiVersions: ['apps/v1'],
  removed: { 'apps/v1beta1': '1.16', 'apps/v1beta2': '1.16' },
  namespaced: true,
  role: 'pod',
  docs: 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/',
  template: `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: db
spec:
  serviceName: db
  replicas: 2
  selector:
    matchLabels:
      app: db
  template:
    metadata:
      labels:
        app: db
    spec:
      containers:
      - name: db
        image: postgres
        ports:
        - name: postgres
          containerPort: 5432
`,
  read: (manifest) => readWorkload(manifest, { spec: ['spec'], count: 'replicas', selector: 'required', restartPolicies: RESTARTED_ALWAYS }),
  update: keepsSelector,
  // The governing Service gives the Pods their names in DNS (S5.9).
  references: (object) => [
    ...(object.serviceName === null
      ? []
      : [{ path: ['spec', 'serviceName'], to: { kind: 'Service', namespace: object.ref.namespace, name: object.serviceName } }]),
    ...ownerReferences(object),
  ],
};
