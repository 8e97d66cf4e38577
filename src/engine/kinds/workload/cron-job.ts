import type { Kind } from '../kind.ts';
import { ownerReferences } from '../owners.ts';
import { readWorkload, RUN_TO_COMPLETION } from './read-workload.ts';
import type { Workload } from './workload-spec.ts';

export const cronJob: Kind<Workload> = {
  kind: 'CronJob',
  plural: 'cronjobs',
  apiVersions: ['batch/v1'],
  removed: { 'batch/v1beta1': '1.25', 'batch/v2alpha1': '1.21' },
  namespaced: true,
  role: 'pod',
  docs: 'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/',
  template: `apiVersion: batch/v1
kind: CronJob
metadata:
  name: report
spec:
  schedule: 0 3 * * *
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
          - name: report
            image: curlimages/curl
`,
  read: (manifest) =>
    readWorkload(manifest, { spec: ['spec', 'jobTemplate', 'spec'], count: 'parallelism', selector: 'generated', restartPolicies: RUN_TO_COMPLETION }),
  references: ownerReferences,
};
