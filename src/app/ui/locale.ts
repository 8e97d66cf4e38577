import { msg, type Message, type MessageArgs, type MessageId } from '../../catalogue/message.ts';
import { pageText } from '../../catalogue/page-words.ts';
import type { Locale } from '../../catalogue/template.ts';

/** `?locale=pseudo` accents every word that comes from the catalogue; what stays plain was hard-coded. */
export const locale: Locale = new URLSearchParams(location.search).get('locale') === 'pseudo' ? 'pseudo' : 'en';

/** The message as plain text in the language of the page. */
export function text(message: Message): string {
  return pageText(message, locale);
}

/** `t('app.send')` is `text(msg('app.send'))`. */
export function t<Id extends MessageId>(id: Id, ...args: unknown extends MessageArgs<Id> ? [] : [MessageArgs<Id>]): string {
  return text(msg(id, ...args));
}
