/** Session persistence of a rule (GEP-1619), experimental: which header or cookie leads back to the same backend. */
import { msg } from '../../../catalogue/message.ts';
import type { Field } from '../field.ts';
import { oneOf, oneOfOr } from '../field-rules.ts';
import { readDuration } from './duration.ts';

export interface SessionPersistence {
  readonly type: 'Cookie' | 'Header';
  /** Of the cookie or header; null: the implementation's choice. */
  readonly name: string | null;
  readonly lifetime: 'Permanent' | 'Session';
}

export function readSessionPersistence(field: Field): SessionPersistence | null {
  if (!field.isSet) return null;
  const type = oneOfOr<SessionPersistence['type']>(field.get('type'), ['Cookie', 'Header'], { word: 'Cookie', by: 'S12.10', whereEmpty: 'refused' }, 'S4.7.6');
  // The name stood beside the type until 1.6.
  const name = field.at(type === 'Cookie' ? 'cookie' : 'header', 'name').filledText() ?? field.get('sessionName').filledText();
  const lifetime = (type === 'Cookie' ? oneOf(field.at('cookie', 'lifetimeType'), ['Permanent', 'Session'], 'S4.7.6') : null) ?? 'Session';
  if (lifetime === 'Permanent' && readDuration(field.get('absoluteTimeout')) === null) {
    field.get('absoluteTimeout').reject('Invalid', 'S4.7.6', msg('rejection.required', { path: field.get('absoluteTimeout').name }), field);
  }
  return { type, name, lifetime };
}
