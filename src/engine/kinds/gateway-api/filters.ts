/** The filters of a rule or of one of its backends (S4.7.3, S4.7.5, S4.7.6, S4.7.10). */
import { msg } from '../../../catalogue/message.ts';
import type { Field } from '../field.ts';
import { checkPortNumber, oneOf, required } from '../field-rules.ts';
import type { FilterType, HeaderValue, PathModifier, RouteFilter } from './filter-spec.ts';
import { checkCount, checkUnique, readPreciseHostname, readRequiredText } from './names.ts';
import { readBackendObjectRef } from './references.ts';

const PAYLOAD: Readonly<Record<FilterType, string>> = {
  RequestHeaderModifier: 'requestHeaderModifier',
  ResponseHeaderModifier: 'responseHeaderModifier',
  RequestMirror: 'requestMirror',
  RequestRedirect: 'requestRedirect',
  URLRewrite: 'urlRewrite',
  CORS: 'cors',
  ExternalAuth: 'externalAuth',
  ExtensionRef: 'extensionRef',
};

const ONCE: readonly FilterType[] = ['CORS', 'RequestHeaderModifier', 'ResponseHeaderModifier', 'RequestRedirect', 'URLRewrite'];

/** `allowed`: the types that the route's kind has. */
export function readFilters(field: Field, namespace: string, allowed: readonly FilterType[]): readonly RouteFilter[] {
  const items = field.items();
  checkCount(field, items.length, 16, 'S4.7.1');
  const filters = items.flatMap((item) => readFilter(item, namespace, allowed) ?? []);
  for (const type of ONCE) {
    if (filters.filter((filter) => filter.type === type).length > 1)
      field.reject('Invalid', 'S4.7.5', msg('rejection.gateway.filter-twice', { path: field.name, type }));
  }
  if (filters.some(({ type }) => type === 'RequestRedirect') && filters.some(({ type }) => type === 'URLRewrite')) {
    field.reject('Invalid', 'S4.7.3', msg('rejection.gateway.redirect-and-rewrite', { path: field.name }));
  }
  return filters;
}

function readFilter(field: Field, namespace: string, allowed: readonly FilterType[]): RouteFilter | null {
  const typeField = field.get('type');
  const type = oneOf(typeField, allowed, 'S4.7.6');
  if (type === null) {
    if (typeField.text() === null) required(typeField, 'S4.7.6');
    return null;
  }
  for (const other of allowed) {
    const payload = field.get(PAYLOAD[other]);
    if (other === type && !payload.isSet) payload.reject('Invalid', 'S4.7.6', msg('rejection.required', { path: payload.name }), field);
    if (other !== type && payload.isSet) payload.reject('Invalid', 'S4.7.6', msg('rejection.gateway.filter-payload', { path: payload.name, type }), field);
  }
  return readPayload(field.get(PAYLOAD[type]), type, namespace);
}

function readPayload(field: Field, type: FilterType, namespace: string): RouteFilter {
  switch (type) {
    case 'RequestHeaderModifier':
    case 'ResponseHeaderModifier':
      return { type, set: readHeaders(field.get('set')), add: readHeaders(field.get('add')), remove: field.get('remove').texts() };
    case 'RequestMirror':
      return { type, backendRef: readBackendObjectRef(field.get('backendRef'), namespace), ...readShare(field) };
    case 'RequestRedirect':
      return {
        type,
        scheme: oneOf(field.get('scheme'), ['http', 'https'], 'S4.7.10'),
        hostname: readPreciseHostname(field.get('hostname'), 'S4.7.12'),
        path: readPathModifier(field.get('path')),
        port: readPort(field.get('port')),
        statusCode: readStatusCode(field.get('statusCode')),
      };
    case 'URLRewrite':
      return { type, hostname: readPreciseHostname(field.get('hostname'), 'S4.7.12'), path: readPathModifier(field.get('path')) };
    case 'CORS':
      return {
        type,
        allowOrigins: readAlone(field.get('allowOrigins')),
        allowCredentials: field.get('allowCredentials').boolean() ?? false,
        allowMethods: readAlone(field.get('allowMethods')),
        allowHeaders: readAlone(field.get('allowHeaders')),
        exposeHeaders: field.get('exposeHeaders').texts(),
        maxAge: field.get('maxAge').integer() ?? field.get('maxAge').default(5, 'S3.24'),
      };
    case 'ExternalAuth':
      return {
        type,
        protocol: oneOf(field.get('protocol'), ['HTTP', 'GRPC'], 'S4.7.6') ?? 'HTTP',
        backendRef: readBackendObjectRef(field.get('backendRef'), namespace),
      };
    case 'ExtensionRef':
      return { type, group: field.get('group').text() ?? '', kind: field.get('kind').text() ?? '', name: field.get('name').text() ?? '' };
  }
}

/** The API server keeps one entry per name: these lists are maps by header name. */
function readHeaders(field: Field): readonly HeaderValue[] {
  const items = field.items();
  checkCount(field, items.length, 16, 'S4.7.6');
  const headers = items.map((item) => ({ name: readRequiredText(item.get('name'), 'S4.7.6'), value: readRequiredText(item.get('value'), 'S4.7.6') }));
  checkUnique(
    field,
    headers.map(({ name }) => name),
    'S4.7.6',
  );
  return headers;
}

function readShare(field: Field): { readonly numerator: number; readonly denominator: number } {
  const percent = field.get('percent').integer();
  const fraction = field.get('fraction');
  if (percent !== null && fraction.isSet) field.reject('Invalid', 'S4.7.5', msg('rejection.gateway.mirror-share-both', { path: field.name }));
  if (percent !== null) {
    if (percent < 0 || percent > 100)
      field.get('percent').reject('Invalid', 'S4.7.5', msg('rejection.gateway.percent', { path: field.get('percent').name, value: percent }));
    return { numerator: percent, denominator: 100 };
  }
  if (!fraction.isSet) return { numerator: 100, denominator: 100 };
  const denominator = fraction.get('denominator').integer() ?? fraction.get('denominator').default(100, 'S3.24');
  const numerator = fraction.get('numerator').integer() ?? 0;
  if (!fraction.get('numerator').isSet) required(fraction.get('numerator'), 'S4.7.5');
  if (numerator < 0 || denominator < 1 || numerator > denominator) {
    fraction.reject('Invalid', 'S4.7.5', msg('rejection.gateway.fraction', { path: fraction.name, numerator, denominator }));
  }
  return { numerator, denominator: Math.max(denominator, 1) };
}

function readPort(field: Field): number | null {
  const port = field.integer();
  if (port !== null) checkPortNumber(field, port, 'S4.7.10');
  return port;
}

const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

function readStatusCode(field: Field): number {
  const code = field.integer() ?? field.default(302, 'S3.23');
  if (!REDIRECTS.includes(code)) {
    field.reject('NotSupported', 'S4.7.10', msg('rejection.not-supported', { path: field.name, value: String(code), allowed: REDIRECTS.map(String) }));
  }
  return code;
}

function readPathModifier(field: Field): PathModifier | null {
  if (!field.isSet) return null;
  const type = oneOf(field.get('type'), ['ReplaceFullPath', 'ReplacePrefixMatch'], 'S4.7.6');
  if (type === null) {
    if (!field.get('type').isSet) required(field.get('type'), 'S4.7.6');
    return null;
  }
  const isFull = type === 'ReplaceFullPath';
  const own = field.get(isFull ? 'replaceFullPath' : 'replacePrefixMatch');
  const other = field.get(isFull ? 'replacePrefixMatch' : 'replaceFullPath');
  if (!own.isSet) own.reject('Invalid', 'S4.7.6', msg('rejection.required', { path: own.name }), field);
  if (other.isSet) other.reject('Invalid', 'S4.7.6', msg('rejection.gateway.filter-payload', { path: other.name, type }), field);
  return { type, value: own.text() ?? '' };
}

/** A list in which `*` stands alone. */
function readAlone(field: Field): readonly string[] {
  const values = field.texts();
  if (values.length > 1 && values.includes('*')) field.reject('Invalid', 'S4.7.6', msg('rejection.gateway.star-alone', { path: field.name }));
  return values;
}
