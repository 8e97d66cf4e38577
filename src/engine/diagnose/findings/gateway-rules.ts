/** What a Gateway makes of a request that reaches it: no listener, no rule, a filter that fails, no backend (S12.3 to S12.12). */
import { msg, type Message } from '../../../catalogue/message.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { nearest } from '../../manifests/near-miss.ts';
import type { SourceRange } from '../../manifests/source.ts';
import { askInstead, hopsOf, placesOf, said, set, written } from '../edits.ts';
import type { FindingKind, Repair } from '../finding-kind.ts';
import type { Problem } from '../problem.ts';

/** Stands last in the registry: a hop that fails for another reason also says which rules do not match. */
export const gatewayRules: readonly FindingKind[] = [
  {
    code: 'filter-not-supported',
    role: 'cause',
    decisions: { 'gateway.title.extension': null, 'gateway.title.filter-lacking': null },
    cure: () => msg('diagnose.cure.filter'),
  },
  {
    code: 'authorization-fails',
    role: 'cause',
    decisions: { 'gateway.filter.auth-missing': null, 'gateway.filter.auth-refused': null },
    cure: () => msg('diagnose.cure.authorization'),
  },
  {
    code: 'client-certificate-refused',
    role: 'cause',
    isGuess: () => true,
    decisions: { 'gateway.tls.client-missing': null, 'gateway.tls.client-untrusted': null },
    cure: () => msg('diagnose.cure.client-certificate'),
  },
  {
    code: 'backend-certificate-refused',
    role: 'cause',
    decisions: { 'pod.certificate.untrusted': 'F-86', 'pod.certificate.names': 'F-86' },
    cure: () => msg('diagnose.cure.backend-certificate'),
  },
  {
    code: 'misdirected-request',
    role: 'cause',
    decisions: { 'gateway.why.misdirected': null },
    repairs: (problem, cluster) => {
      const host = hopsOf(problem, cluster).findLast(({ kind }) => kind === 'gateway')?.before.http?.host;
      return host === undefined ? [] : askInstead(problem, cluster, () => ({ host }));
    },
    cure: () => msg('diagnose.cure.misdirected'),
  },
  {
    code: 'route-without-backend',
    role: 'cause',
    decisions: { 'gateway.backend.none': 'F-80' },
    cure: () => msg('diagnose.cure.backend'),
  },
  {
    code: 'listener-idle',
    role: 'symptom',
    decisions: { 'gateway.why.idle-listener': 'F-82', 'gateway.why.no-listener-serves': 'F-82', 'gateway.tls.none': 'F-82' },
    cure: () => msg('diagnose.cure.listener'),
  },
  {
    code: 'listener-without-routes',
    role: 'symptom',
    decisions: { 'gateway.why.no-routes': 'F-77', 'gateway.why.no-l4-route': 'F-77', 'mesh.why.no-routes': 'F-77' },
    cure: () => msg('diagnose.cure.attach'),
  },
  {
    code: 'route-condition-unmatched',
    role: 'cause',
    isGuess: () => true,
    decisions: {
      'gateway.no-match.method': 'F-77',
      'gateway.no-match.no-header': 'F-77',
      'gateway.no-match.header': 'F-77',
      'gateway.no-match.no-query': 'F-77',
      'gateway.no-match.query': 'F-77',
      'gateway.no-match.not-grpc': 'F-77',
      'diagnose.unmatched.method': 'F-77',
      'diagnose.unmatched.no-header': 'F-77',
      'diagnose.unmatched.header': 'F-77',
      'diagnose.unmatched.no-query': 'F-77',
      'diagnose.unmatched.query': 'F-77',
      'diagnose.unmatched.not-grpc': 'F-77',
    },
    tell: ofRule,
    repairs: meetCondition,
    cure: () => msg('diagnose.cure.condition'),
  },
  {
    code: 'route-path-unmatched',
    role: 'cause',
    isGuess: () => true,
    decisions: {
      'gateway.no-match.element': 'F-77',
      'gateway.no-match.exact': 'F-77',
      'gateway.no-match.prefix': 'F-77',
      'gateway.no-match.regex': 'F-77',
      'gateway.no-match.call': 'F-77',
      'diagnose.unmatched.path': 'F-77',
      'diagnose.unmatched.exact': 'F-77',
    },
    tell: ofRule,
    applies: ({ id, args }) =>
      id === 'gateway.no-match.element' || isNear(String(args['path']), String(id === 'gateway.no-match.call' ? args['call'] : args['pattern'])),
    repairs: meetPath,
    cure: () => msg('diagnose.cure.path'),
  },
  {
    code: 'route-host-unknown',
    role: 'cause',
    isGuess: () => true,
    decisions: { 'gateway.why.no-listener': 'F-77', 'gateway.why.no-tls-listener': 'F-77', 'gateway.why.no-tls-route': 'F-77' },
    places: hostnamesMeant,
    repairs: meetHost,
    cure: () => msg('diagnose.cure.route-host'),
  },
  {
    code: 'route-rule-ignored',
    role: 'note',
    decisions: {
      'gateway.lost.older': 'F-84',
      'gateway.lost.older-undated': 'F-84',
      'gateway.lost.name': 'F-84',
      'gateway.lost.rule': 'F-84',
      'diagnose.rule-ignored': 'F-84',
    },
    tell: ofRule,
    cure: () => msg('diagnose.cure.same-path'),
  },
  {
    code: 'request-taken-by-other-rule',
    role: 'astray',
    decisions: {
      'diagnose.astray': 'F-84',
      'gateway.lost.exact-host': 'F-84',
      'gateway.lost.longer-host': 'F-84',
      'gateway.lost.exact-path': 'F-84',
      'gateway.lost.regex-path': 'F-84',
      'gateway.lost.longer-path': 'F-84',
      'gateway.lost.grpc-service': 'F-84',
      'gateway.lost.grpc-method': 'F-84',
      'gateway.lost.method': 'F-84',
      'gateway.lost.headers': 'F-84',
      'gateway.lost.query': 'F-84',
      'gateway.lost.older': 'F-84',
      'gateway.lost.older-undated': 'F-84',
      'gateway.lost.name': 'F-84',
      'gateway.lost.rule': 'F-84',
      'ingress.lost.longer': 'F-84',
      'ingress.lost.exact': 'F-84',
      'ingress.lost.host': 'F-84',
    },
    cure: () => msg('diagnose.cure.precedence'),
  },
  {
    code: 'route-unmatched',
    role: 'cause',
    isGuess: () => true,
    decisions: { 'gateway.why.no-match': 'F-77' },
    places: hostnamesMeant,
    repairs: meetHost,
    cure: () => msg('diagnose.cure.route'),
  },
];

/** As many elements of the path as the pattern has: what stands in its place. */
const headOf = (asked: string, pattern: string): string => asked.split('/').slice(0, pattern.split('/').length).join('/');

/** What is exact but for a slash or a part below it, or a slip of the hand away. */
function isNear(asked: string, pattern: string): boolean {
  return (
    asked === `${pattern}/` ||
    `${asked}/` === pattern ||
    asked.startsWith(`${pattern.replace(/\/$/, '')}/`) ||
    nearest(headOf(asked, pattern), [pattern]) !== null
  );
}

/** Why a rule does not match, or lost, as a sentence that names the rule. */
function ofRule(message: Message, what: Message): Message {
  if (said(what, 'rule') === '') return message;
  const rule = { rule: said(what, 'rule'), kind: said(what, 'kind'), route: said(what, 'route') };
  const value = { ...rule, name: said(message, 'name'), value: said(message, 'value') };
  switch (message.id as string) {
    case 'gateway.no-match.method':
      return msg('diagnose.unmatched.method', { ...rule, wanted: said(message, 'wanted'), method: said(message, 'method') });
    case 'gateway.no-match.no-header':
      return msg('diagnose.unmatched.no-header', value);
    case 'gateway.no-match.header':
      return msg('diagnose.unmatched.header', { ...value, has: said(message, 'has') });
    case 'gateway.no-match.no-query':
      return msg('diagnose.unmatched.no-query', value);
    case 'gateway.no-match.query':
      return msg('diagnose.unmatched.query', { ...value, has: said(message, 'has') });
    case 'gateway.no-match.not-grpc':
      return msg('diagnose.unmatched.not-grpc', rule);
    case 'gateway.no-match.exact':
      return msg('diagnose.unmatched.exact', { ...rule, pattern: said(message, 'pattern'), path: said(message, 'path') });
    case 'gateway.no-match.prefix':
    case 'gateway.no-match.regex':
    case 'gateway.no-match.call':
      return msg('diagnose.unmatched.path', { ...rule, pattern: said(message, 'pattern') || said(message, 'call'), path: said(message, 'path') });
    case 'gateway.lost.older':
    case 'gateway.lost.older-undated':
    case 'gateway.lost.name':
    case 'gateway.lost.rule':
      return msg('diagnose.rule-ignored', rule);
    default:
      return message;
  }
}

/** The rule asks for what the request has: another method, or the value that a header or parameter really carries. */
function meetCondition({ object, path, message }: Problem): readonly Repair[] {
  if (object === null || path === null) return [];
  switch (message.id as string) {
    case 'diagnose.unmatched.method':
      return [[set(object, path, said(message, 'method'))]];
    case 'diagnose.unmatched.header':
    case 'diagnose.unmatched.query':
      return nearest(said(message, 'has'), [said(message, 'value')]) === null ? [] : [[set(object, [...path, 'value'], said(message, 'has'))]];
    default:
      return [];
  }
}

/** An Exact path becomes a prefix where the request goes below it; of a slip of the hand either side can be meant. */
function meetPath(problem: Problem, cluster: Cluster): readonly Repair[] {
  const { object, path, message } = problem;
  const asked = said(message, 'path');
  const pattern = said(message, 'pattern');
  if (object === null || path === null || !pattern.startsWith('/')) return [];
  const head = headOf(asked, pattern);
  if (nearest(head, [pattern]) !== null)
    return [[set(object, [...path, 'value'], head)], ...askInstead(problem, cluster, () => ({ path: pattern + asked.slice(head.length) }))];
  const isBelow = asked.startsWith(`${pattern.replace(/\/$/, '')}/`);
  return isBelow && written(cluster, object, [...path, 'type']) === 'Exact' ? [[set(object, [...path, 'type'], 'PathPrefix')]] : [];
}

interface Named {
  readonly object: NonNullable<Problem['object']>;
  readonly path: readonly (string | number)[];
  readonly name: string;
}

/** Hostnames that routes and listeners of the texts name. */
function hostnames(cluster: Cluster): readonly Named[] {
  const ofRoutes = [...cluster.routes.values()].flatMap(({ ref, manifest, hostnames: own }) =>
    manifest === null ? [] : own.map((name, index): Named => ({ object: ref, path: ['spec', 'hostnames', index], name })),
  );
  const ofListeners = [...cluster.gateways.values(), ...cluster.listenerSets.values()].flatMap(({ ref, manifest, listeners }) =>
    manifest === null
      ? []
      : listeners.flatMap(({ hostname }, index): readonly Named[] =>
          hostname === null ? [] : [{ object: ref, path: ['spec', 'listeners', index, 'hostname'], name: hostname }],
        ),
  );
  return [...ofRoutes, ...ofListeners];
}

const hostAsked = ({ message, proof }: Problem): string => (said(message, 'host') || (proof?.flow.host ?? '')).replace(/:\d+$/, '');

/** A name of a route or listener that is a slip of the hand away becomes the one that is asked for, or the other way round. */
export function meetHost(problem: Problem, cluster: Cluster): readonly Repair[] {
  const host = hostAsked(problem);
  const named = hostnames(cluster);
  const near = nearest(
    host,
    named.map(({ name }) => name),
  )?.word;
  if (near === undefined) return [];
  const edits = named.filter(({ name }) => name === near).map(({ object, path }) => set(object, path, host));
  return [edits, ...askInstead(problem, cluster, () => ({ host: near }))];
}

function hostnamesMeant(_: Problem, cluster: Cluster): readonly SourceRange[] {
  return hostnames(cluster)
    .slice(0, 5)
    .flatMap(({ object, path }) => placesOf(cluster, object, path));
}
