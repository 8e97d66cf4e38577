/** What a rule of an HTTPRoute matches (S3.18, S4.7.1, S4.7.2). */
import { msg } from '../../../catalogue/message.ts';
import type { Field } from '../field.ts';
import { oneOf, oneOfOr, shown } from '../field-rules.ts';
import { checkCount, checkUnique, readRequiredText } from '../gateway-api/names.ts';
import type { HttpPathMatch, HttpRouteMatch, ValueMatch } from './http-route-spec.ts';

export const EVERY_PATH: HttpPathMatch = { type: 'PathPrefix', value: '/' };
export const EVERY_REQUEST: HttpRouteMatch = { path: EVERY_PATH, headers: [], queryParams: [], method: null };

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'] as const;

export function readHttpMatch(field: Field): HttpRouteMatch {
  return {
    path: readPath(field.get('path')),
    headers: readValueMatches(field.get('headers')),
    queryParams: readValueMatches(field.get('queryParams')),
    method: oneOf(field.get('method'), METHODS, 'S4.7.6'),
  };
}

/** Also the headers of a GRPCRoute. */
export function readValueMatches(field: Field): readonly ValueMatch[] {
  const items = field.items();
  checkCount(field, items.length, 16, 'S4.7.1');
  const matches = items.map((item): ValueMatch => {
    const type = item.get('type');
    return {
      type: oneOfOr(type, ['Exact', 'RegularExpression'], { word: 'Exact', by: 'S3.18', whereEmpty: 'refused' }, 'S4.7.6'),
      name: readRequiredText(item.get('name'), 'S4.7.6'),
      value: readRequiredText(item.get('value'), 'S4.7.6'),
    };
  });
  checkUnique(
    field,
    matches.map(({ name }) => name),
    'S4.7.6',
  );
  return matches;
}

const FORBIDDEN_PARTS = ['//', '/./', '/../', '%2f', '%2F', '#'] as const;
const FORBIDDEN_ENDS = ['/..', '/.'] as const;
const PATH_CHARACTERS = /^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})+$/;

function readPath(field: Field): HttpPathMatch {
  if (!field.isSet) {
    field.default('PathPrefix /', 'S3.18');
    return EVERY_PATH;
  }
  const typeField = field.get('type');
  const type = oneOfOr<HttpPathMatch['type']>(
    typeField,
    ['Exact', 'PathPrefix', 'RegularExpression'],
    { word: 'PathPrefix', by: 'S3.18', whereEmpty: 'refused' },
    'S4.7.2',
  );
  const at = field.get('value');
  const value = at.text() ?? at.default('/', 'S3.18');
  if (value.length > 1024) at.reject('TooLong', 'S4.7.2', msg('rejection.too-long', { path: at.name, max: 1024 }));
  if (type === 'RegularExpression') return { type, value };
  const part = FORBIDDEN_PARTS.find((piece) => value.includes(piece));
  const end = FORBIDDEN_ENDS.find((piece) => value.endsWith(piece));
  if (!value.startsWith('/')) at.reject('Invalid', 'S4.7.2', msg('rejection.ingress.path-start', { path: at.name, value: shown(value) }), field);
  else if (part !== undefined) at.reject('Invalid', 'S4.7.2', msg('rejection.gateway.path-part', { path: at.name, part, type }), field);
  else if (end !== undefined) at.reject('Invalid', 'S4.7.2', msg('rejection.gateway.path-end', { path: at.name, end, type }), field);
  else if (!PATH_CHARACTERS.test(value))
    at.reject('Invalid', 'S4.7.2', msg('rejection.gateway.path-characters', { path: at.name, value: shown(value) }), field);
  return { type, value };
}
