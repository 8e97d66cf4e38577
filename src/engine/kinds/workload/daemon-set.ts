import type { Kind } from '../kind.ts';
import { ownerReferences } from '../owners.ts';
import { keepsSelector, readWorkload, RESTARTED_ALWAYS } from './read-workload.ts';
import type { Workload } from './workload-spec.ts';

export const daemonSet: Kind<Workload> = {
  kind: 'DaemonSet',
  plural: 'daemonsets',
  apiVersions: ['apps/v1'],
  removed: { 'extensions/v1beta1': '1.16', 'apps/v1beta2': '1.16' },
  namespaced: true,
  role: 'pod',
  docs: 'https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/',
  template: `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
spec:
  selector:
    matchLabels:
      app: agent
  template:
    metadata:
      labels:
        app: agent
    spec:
      containers:
      - name: agent
        image: nginx
`,
  read: (manifest) => readWorkload(manifest, { spec: ['spec'], count: null, selector: 'required', restartPolicies: RESTARTED_ALWAYS }),
  update: keepsSelector,
  references: ownerReferences,
};
