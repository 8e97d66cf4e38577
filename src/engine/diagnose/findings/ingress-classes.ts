/** Ingresses that no controller serves (S9.1, S9.2, S10.1). */
import { msg } from '../../../catalogue/message.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { CLASS_ANNOTATION } from '../../cluster/controllers/claims.ts';
import { annotate, said, set, setThere, unset } from '../edits.ts';
import type { FindingKind } from '../finding-kind.ts';

export const ingressClasses: readonly FindingKind[] = [
  {
    code: 'ingress-class-unclaimed',
    role: 'cause',
    decisions: {
      'cluster.unclaimed.near': 'F-53',
      'cluster.unclaimed.annotation-only': 'F-53',
      'cluster.unclaimed.no-class': 'F-53',
      'cluster.unclaimed.class': 'F-53',
      'cluster.unclaimed.namespace': 'F-53',
      'cluster.unclaimed.no-controller': 'F-52',
      'cluster.unclaimed.nobody': 'F-52',
    },
    repairs: (problem, cluster) => {
      const { object, message } = problem;
      if (object === null) return [];
      if (message.id === 'cluster.unclaimed.annotation-only')
        return [[annotate(object, CLASS_ANNOTATION, said(message, 'class')), unset(object, ['spec', 'ingressClassName'])]];
      if (message.id === 'cluster.unclaimed.near') return setThere(problem, said(message, 'near'));
      return servedClasses(cluster).map((name) =>
        message.id === 'cluster.unclaimed.no-class' ? [set(object, ['spec', 'ingressClassName'], name)] : setThere(problem, name).flat(),
      );
    },
    cure: () => msg('diagnose.cure.ingress-controller'),
  },
  {
    code: 'two-default-ingress-classes',
    role: 'cause',
    decisions: { 'cluster.rejected.two-default-classes': 'F-53', 'cluster.two-default-classes': 'F-53' },
    repairs: ({ object, message }) => {
      const classes = message.args['classes'];
      return object === null || !Array.isArray(classes)
        ? []
        : (classes as readonly string[]).map((name) => [
            {
              kind: 'set',
              object: { kind: 'IngressClass', namespace: '', name },
              path: ['metadata', 'annotations', 'ingressclass.kubernetes.io/is-default-class'],
              value: undefined,
            },
          ]);
    },
  },
];

/** At most two classes that a controller here serves. */
function servedClasses(cluster: Cluster): readonly string[] {
  const classes = cluster.controllers.filter(({ kind }) => kind === 'ingress').flatMap((controller) => controller.classes);
  return [...new Set(classes)].slice(0, 2);
}
