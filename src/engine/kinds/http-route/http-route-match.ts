/** What a rule of an HTTPRoute matches (S3.18, S4.7.1, S4.7.2). */
import { msg } from '../../../catalogue/message.ts';
import type { Field } from '../field.ts';
import { oneOf, required, shown } from '../field-rules.ts';
import { checkCount } from '../gateway-api/names.ts';
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
  return items.map((item) => {
    const type = item.get('type');
    const name = item.get('name').filledText();
    if (name === null) required(item.get('name'), 'S4.7.6');
    const value = item.get('value').filledText();
    if (value === null) required(item.get('value'), 'S4.7.6');
    return { type: oneOf(type, ['Exact', 'RegularExpression'], 'S4.7.6') ?? type.default('Exact', 'S3.18'), name: name ?? '', value: value ?? '' };
  });
}

const FORBIDDEN_PARTS = ['//', '/./', '/../', '%2f', '%2F', '#'] as const;
const FORBIDDEN_ENDS = ['/..', '/.'] as const;
const PATH_CHARACTERS = /^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})+$/;

function readPath(field: Field): HttpPathMatch {
  if (!field.isSet) return EVERY_PATH;
  const typeField = field.get('type');
  const type = oneOf(typeField, ['Exact', 'PathPrefix', 'RegularExpression'], 'S4.7.2') ?? typeField.default('PathPrefix', 'S3.18');
  const at = field.get('value');
  const value = at.text() ?? at.default('/', 'S3.18');
  if (value.length > 1024) at.reject('TooLong', 'S4.7.2', msg('rejection.too-long', { path: at.name, max: 1024 }));
  if (type === 'RegularExpression') return { type, value };
  const part = FORBIDDEN_PARTS.find((piece) => value.includes(piece));
  const end = FORBIDDEN_ENDS.find((piece) => value.endsWith(piece));
  if (!value.startsWith('/')) at.reject('Invalid', 'S4.7.2', msg('rejection.ingress.path-start', { path: at.name, value: shown(value) }));
  else if (part !== undefined) at.reject('Invalid', 'S4.7.2', msg('rejection.gateway.path-part', { path: at.name, part, type }));
  else if (end !== undefined) at.reject('Invalid', 'S4.7.2', msg('rejection.gateway.path-end', { path: at.name, end, type }));
  else if (!PATH_CHARACTERS.test(value)) at.reject('Invalid', 'S4.7.2', msg('rejection.gateway.path-characters', { path: at.name, value: shown(value) }));
  return { type, value };
}
