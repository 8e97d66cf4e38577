/**
 * The rules that the AWS Load Balancer Controller writes for an Application Load Balancer (S8.2.16): of each Ingress in
 * turn, of each of its rules Exact paths first, then Prefix by length, then the others as written.
 * https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#actions
 */
import type { Ingress, IngressBackend, IngressPath } from '../../kinds/ingress/ingress-spec.ts';
import type { Json } from '../../manifests/document.ts';
import { albAnnotation, type AlbIngress } from './alb-annotations.ts';
import { listOf, member, parseJson, textOf, textsOf } from './loose-json.ts';

/** The port name that leads to an action instead of a Service. */
export const USE_ANNOTATION = 'use-annotation';

export interface AlbRule {
  readonly ingress: Ingress;
  /** `spec.rules[rule].http.paths[index]`. */
  readonly rule: number;
  readonly index: number;
  /** `*` is any text and `?` one character; any of them matches, and none at all is every host. */
  readonly hosts: readonly string[];
  readonly hostRegexes: readonly string[];
  readonly paths: readonly string[];
  readonly pathRegexes: readonly string[];
  /** All must hold. */
  readonly conditions: readonly AlbCondition[];
  readonly action: AlbAction;
}

export type AlbCondition =
  | { readonly field: 'http-header'; readonly name: string; readonly values: readonly string[]; readonly regexes: readonly string[] }
  | { readonly field: 'http-request-method'; readonly values: readonly string[] }
  | { readonly field: 'query-string'; readonly values: readonly { readonly key: string | null; readonly value: string }[] }
  | { readonly field: 'source-ip'; readonly values: readonly string[] };

export type AlbAction =
  | { readonly kind: 'forward'; readonly to: readonly AlbTarget[]; readonly isSticky: boolean }
  | { readonly kind: 'redirect'; readonly status: number; readonly to: AlbRedirect }
  | { readonly kind: 'fixed-response'; readonly status: number }
  /** The annotation that should hold it is not there. */
  | { readonly kind: 'missing'; readonly annotation: string }
  /** The annotation that holds it cannot be read. */
  | { readonly kind: 'unreadable'; readonly annotation: string }
  | { readonly kind: 'resource'; readonly what: string };

export type AlbTarget =
  | { readonly kind: 'service'; readonly name: string; readonly port: number | string; readonly weight: number }
  /** A target group made elsewhere, by ARN or name. */
  | { readonly kind: 'target-group'; readonly name: string; readonly weight: number };

/** `#{host}` and the like stand for what was asked. */
export type AlbRedirect = Readonly<Record<'protocol' | 'host' | 'port' | 'path' | 'query', string>>;

export function albRules({ ingress }: AlbIngress): readonly AlbRule[] {
  const useRegex = albAnnotation(ingress, 'use-regex-path-match') === 'true';
  return ingress.rules.flatMap(({ host, paths }, rule) =>
    inOrder(paths).map(({ path, index }): AlbRule => {
      const conditions = conditionsOf(ingress, path.backend);
      const isRegex = useRegex && path.pathType === 'ImplementationSpecific' && path.path !== '';
      const own = path.path === '' || isRegex ? [] : patternsOf(path);
      return {
        ingress,
        rule,
        index,
        hosts: [...(host === '' ? [] : [host]), ...conditions.hosts],
        hostRegexes: conditions.hostRegexes,
        paths: [...own, ...conditions.paths],
        pathRegexes: [...(isRegex ? [path.path.slice(1)] : []), ...conditions.pathRegexes],
        conditions: conditions.others,
        action: actionOf(ingress, path.backend),
      };
    }),
  );
}

const TURN = { Exact: 0, Prefix: 1, ImplementationSpecific: 2 } as const;

function inOrder(paths: readonly IngressPath[]): readonly { readonly path: IngressPath; readonly index: number }[] {
  return paths
    .map((path, index) => ({ path, index }))
    .toSorted((a, b) => TURN[a.path.pathType] - TURN[b.path.pathType] || (a.path.pathType === 'Prefix' ? b.path.path.length - a.path.path.length : 0));
}

/** `/p` and all below it for a Prefix; the other types as written. */
function patternsOf({ path, pathType }: IngressPath): readonly string[] {
  if (pathType !== 'Prefix') return [path];
  if (path === '/') return ['/*'];
  const key = path.replace(/\/$/, '');
  return [key, `${key}/*`];
}

interface Conditions {
  readonly hosts: readonly string[];
  readonly hostRegexes: readonly string[];
  readonly paths: readonly string[];
  readonly pathRegexes: readonly string[];
  readonly others: readonly AlbCondition[];
}

const NONE: Conditions = { hosts: [], hostRegexes: [], paths: [], pathRegexes: [], others: [] };

/** More values for host and path widen the rule; every other condition narrows it. */
function conditionsOf(ingress: Ingress, backend: IngressBackend): Conditions {
  const text = backend.kind === 'service' ? albAnnotation(ingress, `conditions.${backend.name}`) : null;
  if (text === null) return NONE;
  const found = listOf(parseJson(text));
  const of = (field: string, config: string, key: string) =>
    found.filter((one) => member(one, 'field') === field).flatMap((one) => textsOf(member(member(one, config), key)));
  return {
    hosts: of('host-header', 'hostHeaderConfig', 'values'),
    hostRegexes: of('host-header', 'hostHeaderConfig', 'regexValues'),
    paths: of('path-pattern', 'pathPatternConfig', 'values'),
    pathRegexes: of('path-pattern', 'pathPatternConfig', 'regexValues'),
    others: found.flatMap((one) => conditionOf(one) ?? []),
  };
}

function conditionOf(value: Json): AlbCondition | null {
  switch (textOf(member(value, 'field')) ?? '') {
    case 'http-header': {
      const config = member(value, 'httpHeaderConfig');
      const name = textOf(member(config, 'httpHeaderName')) ?? '';
      return { field: 'http-header', name, values: textsOf(member(config, 'values')), regexes: textsOf(member(config, 'regexValues')) };
    }
    case 'http-request-method':
      return { field: 'http-request-method', values: textsOf(member(member(value, 'httpRequestMethodConfig'), 'values')) };
    case 'query-string': {
      const pairs = listOf(member(member(value, 'queryStringConfig'), 'values'));
      return { field: 'query-string', values: pairs.map((pair) => ({ key: textOf(member(pair, 'key')), value: textOf(member(pair, 'value')) ?? '' })) };
    }
    case 'source-ip':
      return { field: 'source-ip', values: textsOf(member(member(value, 'sourceIpConfig'), 'values')) };
    default:
      return null;
  }
}

/** What a backend stands for: a Service, or the action that an annotation describes. */
export function actionOf(ingress: Ingress, backend: IngressBackend): AlbAction {
  if (backend.kind === 'resource') return { kind: 'resource', what: `${backend.resourceKind}/${backend.name}` };
  const port = 'number' in backend.port ? backend.port.number : backend.port.name;
  if (port !== USE_ANNOTATION) return { kind: 'forward', to: [{ kind: 'service', name: backend.name, port, weight: 1 }], isSticky: false };
  const annotation = `actions.${backend.name}`;
  const text = albAnnotation(ingress, annotation);
  return text === null ? { kind: 'missing', annotation } : (readAction(parseJson(text)) ?? { kind: 'unreadable', annotation });
}

function readAction(value: Json | undefined): AlbAction | null {
  switch (textOf(member(value, 'type')) ?? '') {
    case 'fixed-response': {
      const status = Number(textOf(member(member(value, 'fixedResponseConfig'), 'statusCode')));
      return Number.isInteger(status) && status >= 200 && status < 600 ? { kind: 'fixed-response', status } : null;
    }
    case 'redirect':
      return readRedirect(member(value, 'redirectConfig'));
    case 'forward':
      return readForward(value);
    default:
      return null;
  }
}

function readRedirect(config: Json | undefined): AlbAction | null {
  const status = Number(/^HTTP_(30[12])$/.exec(textOf(member(config, 'statusCode')) ?? '')?.[1]);
  if (Number.isNaN(status)) return null;
  const part = (name: keyof AlbRedirect, usual: string) => textOf(member(config, name)) ?? usual;
  const to: AlbRedirect = {
    protocol: part('protocol', '#{protocol}'),
    host: part('host', '#{host}'),
    port: part('port', '#{port}'),
    path: part('path', '/#{path}'),
    query: part('query', '#{query}'),
  };
  return { kind: 'redirect', status, to };
}

function readForward(value: Json | undefined): AlbAction | null {
  const single = textOf(member(value, 'targetGroupARN')) ?? textOf(member(value, 'targetGroupName'));
  if (single !== null) return { kind: 'forward', to: [{ kind: 'target-group', name: single, weight: 1 }], isSticky: false };
  const config = member(value, 'forwardConfig');
  const groups = listOf(member(config, 'targetGroups'));
  const to = groups.map((group): AlbTarget | null => {
    const weight = groups.length === 1 ? 1 : Number(textOf(member(group, 'weight')));
    if (!Number.isInteger(weight) || weight < 0) return null;
    const elsewhere = textOf(member(group, 'targetGroupARN')) ?? textOf(member(group, 'targetGroupName'));
    if (elsewhere !== null) return { kind: 'target-group', name: elsewhere, weight };
    const name = textOf(member(group, 'serviceName'));
    const port = textOf(member(group, 'servicePort'));
    return name === null || port === null ? null : { kind: 'service', name, port: /^\d+$/.test(port) ? Number(port) : port, weight };
  });
  const read = to.filter((target) => target !== null);
  if (read.length === 0 || read.length < to.length) return null;
  return { kind: 'forward', to: read, isSticky: member(member(config, 'targetGroupStickinessConfig'), 'enabled') === true };
}

/** Services that the Ingress leads to by way of annotations. */
export function servicesInActions(ingress: Ingress): readonly { readonly name: string; readonly port: number | string }[] {
  const backends = [ingress.defaultBackend, ...ingress.rules.flatMap(({ paths }) => paths.map(({ backend }) => backend))];
  return backends.flatMap((backend) => {
    if (backend === null || !isAction(backend)) return [];
    const action = actionOf(ingress, backend);
    return action.kind === 'forward' ? action.to.flatMap((target) => (target.kind === 'service' ? [target] : [])) : [];
  });
}

/** The Services that a backend leads to, each with its share: the one it names, or those of its action. */
export function servicesBehind(ingress: Ingress, backend: IngressBackend): readonly { readonly name: string; readonly share: number }[] {
  if (backend.kind !== 'service') return [];
  const action = actionOf(ingress, backend);
  if (action.kind !== 'forward') return [];
  const total = action.to.reduce((sum, { weight }) => sum + weight, 0);
  return action.to.flatMap((target) => (target.kind === 'service' ? [{ name: target.name, share: total === 0 ? 0 : target.weight / total }] : []));
}

/** A backend that names no Service but an action. */
export function isAction(backend: IngressBackend): boolean {
  return backend.kind === 'service' && 'name' in backend.port && backend.port.name === USE_ANNOTATION;
}
