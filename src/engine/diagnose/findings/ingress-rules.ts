/** Which rule of an Ingress takes a request, and what its annotations do with it (S9.3 to S9.7, S10). */
import { msg } from '../../../catalogue/message.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { SourceRange } from '../../manifests/source.ts';
import { annotate, hostRuleNear, ingressOnTheWay, isOwnAddress, placesOf, said, set, unset } from '../edits.ts';
import type { FindingKind, Repair } from '../finding-kind.ts';
import type { Problem } from '../problem.ts';

const PREFIX = 'nginx.ingress.kubernetes.io/';

/** What the admission webhook of ingress-nginx says of a host and path that another Ingress holds. */
const OVERLAP = { 'ingress.nginx.overlap': 'F-71', 'ingress.nginx.overlap.all-hosts': 'F-71' } as const;

export const ingressRules: readonly FindingKind[] = [
  {
    code: 'ingress-path-not-allowed',
    role: 'cause',
    decisions: { 'ingress.nginx.strict-path': 'F-64' },
    repairs: ({ object, path }) =>
      object === null || path === null
        ? []
        : [[set(object, [...path.slice(0, 6), 'pathType'], 'ImplementationSpecific'), annotate(object, `${PREFIX}use-regex`, 'true')]],
    cure: () => msg('diagnose.cure.strict-path'),
  },
  {
    code: 'ingress-left-out',
    role: 'cause',
    decisions: {
      'ingress.nginx.dropped': 'F-64',
      'ingress.nginx.dropped.risk': 'F-64',
      'ingress.nginx.dropped.word': 'F-64',
      'ingress.nginx.snippet-refused': 'F-64',
      'ingress.nginx.inspected': 'F-64',
      'ingress.nginx.no-catch-all': 'F-53',
    },
    repairs: ({ object, message }) =>
      object === null || said(message, 'annotation') === '' ? [] : [[unset(object, ['metadata', 'annotations', fullName(said(message, 'annotation'))])]],
    cure: () => msg('diagnose.cure.left-out'),
  },
  {
    code: 'ingress-already-defined',
    role: 'cause',
    decisions: OVERLAP,
    repairs: ({ object, path }) => (object === null || path === null ? [] : [[unset(object, path.slice(0, -1))]]),
    cure: () => msg('diagnose.cure.same-path'),
  },
  {
    code: 'ingress-path-closed',
    role: 'cause',
    decisions: {
      'ingress.nginx.closed.value': 'F-70',
      'ingress.nginx.closed.secret': 'F-70',
      'ingress.nginx.closed.config-map': 'F-70',
      'ingress.nginx.closed.header': 'F-70',
      'ingress.nginx.auth.unreachable': 'F-70',
    },
    repairs: (problem, cluster) => {
      const annotation = said(problem.message, 'annotation');
      const ingress = ingressOnTheWay(problem, cluster);
      return ingress === null || annotation === '' ? [] : [[unset(ingress.ref, ['metadata', 'annotations', fullName(annotation)])]];
    },
    cure: () => msg('diagnose.cure.closed'),
  },
  {
    code: 'client-not-allowed',
    role: 'cause',
    isGuess: isOwnAddress,
    decisions: { 'ingress.nginx.not-allowed': 'F-70', 'ingress.nginx.denied-range': 'F-70', 'ingress.nginx.blocked': 'F-70' },
    repairs: (problem, cluster) => {
      const ingress = ingressOnTheWay(problem, cluster);
      const client = said(problem.message, 'client');
      if (ingress === null || client === '' || problem.message.id !== 'ingress.nginx.not-allowed') return [];
      const name = [`${PREFIX}whitelist-source-range`, `${PREFIX}allowlist-source-range`].find((annotation) => annotation in ingress.metadata.annotations);
      return name === undefined ? [] : [[annotate(ingress.ref, name, `${ingress.metadata.annotations[name]!},${client}/${client.includes(':') ? 128 : 32}`)]];
    },
    cure: () => msg('diagnose.cure.client-address'),
  },
  {
    code: 'client-over-limit',
    role: 'cause',
    decisions: { 'ingress.nginx.over-limit': 'F-69' },
    cure: () => msg('diagnose.cure.limit'),
  },
  {
    code: 'credentials-missing',
    role: 'cause',
    isGuess: () => true,
    decisions: { 'ingress.nginx.auth.missing': 'F-70', 'ingress.nginx.auth.wrong': 'F-70', 'ingress.nginx.auth.url-refused': 'F-70' },
    cure: () => msg('diagnose.cure.credentials'),
  },
  {
    code: 'body-too-large',
    role: 'cause',
    decisions: { 'ingress.nginx.too-large': 'F-73' },
    repairs: (problem, cluster) => {
      const ingress = ingressOnTheWay(problem, cluster);
      const megabytes = Math.ceil(Number(said(problem.message, 'size')) / 1024 ** 2);
      return ingress === null ? [] : [[annotate(ingress.ref, `${PREFIX}proxy-body-size`, `${megabytes}m`)]];
    },
  },
  {
    code: 'rewrite-leaves-nothing',
    role: 'cause',
    decisions: { 'ingress.nginx.rewrite.empty': 'F-62' },
    cure: () => msg('diagnose.cure.rewrite'),
  },
  {
    code: 'canary-takes-nothing',
    role: 'cause',
    decisions: { 'ingress.nginx.canary.stray': 'F-68', 'ingress.nginx.canary.broken-pattern': 'F-68' },
    cure: () => msg('diagnose.cure.canary'),
  },
  {
    code: 'ingress-host-unknown',
    role: 'cause',
    decisions: { 'ingress.why.no-host': 'F-54', 'ingress.nginx.why.catch-all': 'F-54' },
    places: hostRules,
    repairs: hostRuleNear,
    cure: () => msg('diagnose.cure.host'),
  },
  {
    code: 'ingress-path-unmatched',
    role: 'cause',
    isGuess: () => true,
    decisions: {
      'ingress.no-match.element': 'F-55',
      'ingress.nginx.regex.broken': 'F-64',
      'ingress.why.no-path': 'F-55',
      'ingress.nginx.why.implicit': 'F-55',
    },
    places: hostRules,
    repairs: widerPath,
    cure: () => msg('diagnose.cure.path'),
  },
  {
    code: 'ingress-path-holds-query',
    role: 'note',
    decisions: { 'ingress.no-match.query': 'F-74' },
    cure: () => msg('diagnose.cure.query'),
  },
  {
    code: 'ingress-rule-ignored',
    role: 'note',
    decisions: { 'ingress.lost.same': 'F-71', 'ingress.lost.same.second': 'F-71', 'ingress.lost.same.undated': 'F-71', ...OVERLAP },
    cure: () => msg('diagnose.cure.same-path'),
  },
  {
    code: 'regex-of-another-ingress',
    role: 'note',
    decisions: { 'ingress.nginx.why.regex-by-other': 'F-63' },
    cure: () => msg('diagnose.cure.regex'),
  },
  {
    code: 'rewrite-drops-path',
    role: 'note',
    decisions: { 'ingress.nginx.rewrite': 'F-62' },
    // Without a group every path below the rule becomes the same one.
    applies: ({ args }) => !String(args['target']).includes('$') && String(args['before']).replace(/\/$/, '') !== '' && args['before'] !== args['after'],
    cure: () => msg('diagnose.cure.rewrite'),
  },
  {
    code: 'not-http-behind-ingress',
    role: 'cause',
    decisions: { 'proxy.why.opened': 'F-75', 'ingress.why.not-tcp': 'F-75', 'ingress.nginx.bad-request': 'F-75' },
    cure: ({ proof }) => msg(proof?.at.id === 'ingress.title.opened' ? 'diagnose.cure.not-http' : 'diagnose.cure.not-http-listener'),
  },
  {
    code: 'backend-not-a-service',
    role: 'cause',
    decisions: { 'ingress.empty.resource': 'F-56', 'ingress.ranked.resource': 'F-56', 'ingress.empty.unresolved': 'F-14' },
    cure: () => msg('diagnose.cure.backend'),
  },
  {
    code: 'backend-unavailable',
    role: 'symptom',
    decisions: {
      'ingress.empty.no-service': 'F-56',
      'ingress.empty.no-port': 'F-57',
      'ingress.empty.no-ports': 'F-57',
      'gateway.backend.unresolved': 'F-80',
    },
    cure: () => msg('diagnose.cure.backend'),
  },
];

const fullName = (annotation: string): string => (annotation.includes('/') ? annotation : `${PREFIX}${annotation}`);

/** The rules that the request could have met: those of its host, else the hosts of all. */
function hostRules({ proof }: Problem, cluster: Cluster): readonly SourceRange[] {
  const host = proof?.flow.host ?? '';
  const rules = [...cluster.ingresses.values()].flatMap(({ ref, rules: own }) => own.map((rule, index) => ({ ref, index, host: rule.host })));
  const ofHost = rules.filter((rule) => rule.host === host);
  return (ofHost.length > 0 ? ofHost : rules).slice(0, 5).flatMap(({ ref, index }) => placesOf(cluster, ref, ['spec', 'rules', index, 'host']));
}

/** Exact paths of the host that the request begins with become prefixes. */
function widerPath({ proof }: Problem, cluster: Cluster): readonly Repair[] {
  const { host = '', path = '' } = proof?.flow ?? {};
  const asked = path.replace(/\?.*$/, '');
  return [...cluster.ingresses.values()].flatMap(({ ref, manifest, rules }) =>
    manifest === null
      ? []
      : rules.flatMap((rule, i) =>
          rule.host !== '' && rule.host !== host
            ? []
            : rule.paths.flatMap((entry, j) =>
                entry.pathType === 'Exact' && asked.startsWith(entry.path) ? [[set(ref, ['spec', 'rules', i, 'http', 'paths', j, 'pathType'], 'Prefix')]] : [],
              ),
        ),
  );
}
