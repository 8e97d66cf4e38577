import { formatFieldPath } from '../../manifests/source.ts';
import type { Admission, Kind } from '../kind.ts';
import { ownerReferences } from '../owners.ts';
import { readWorkload, RUN_TO_COMPLETION } from './read-workload.ts';
import type { Workload } from './workload-spec.ts';

export const job: Kind<Workload> = {
  kind: 'Job',
  plural: 'jobs',
  apiVersions: ['batch/v1'],
  removed: {},
  namespaced: true,
  role: 'pod',
  docs: 'https://kubernetes.io/docs/concepts/workloads/controllers/job/',
  template: `apiVersion: batch/v1
kind: Job
metadata:
  name: load
spec:
  template:
    spec:
      restartPolicy: Never
      containers:
      - name: load
        image: curlimages/curl
`,
  read: (manifest) =>
    withJobLabels(readWorkload(manifest, { spec: ['spec'], count: 'parallelism', selector: 'generated', restartPolicies: RUN_TO_COMPLETION })),
  references: ownerReferences,
};

/** The API server writes the name of a Job into its template, so a Service can select by it. */
function withJobLabels(admission: Admission<Workload>): Admission<Workload> {
  const { object } = admission;
  if (object === null) return admission;
  const added = Object.fromEntries(
    ['batch.kubernetes.io/job-name', 'job-name'].filter((key) => !(key in object.template.labels)).map((key) => [key, object.ref.name]),
  );
  const defaults = Object.fromEntries(
    Object.entries(added).map(([key, value]) => [formatFieldPath(['spec', 'template', 'metadata', 'labels', key]), { value, rule: 'S2.4' as const }]),
  );
  return {
    ...admission,
    object: { ...object, template: { ...object.template, labels: { ...object.template.labels, ...added } } },
    defaults: { ...admission.defaults, ...defaults },
  };
}
