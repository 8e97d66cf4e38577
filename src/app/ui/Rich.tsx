import { pageRich } from '../../catalogue/page-words.ts';
import type { Message } from '../../catalogue/message.ts';
import { Definition } from './Definition.tsx';
import { locale } from './locale.ts';

/** A message with its facts in monospace and its terms defined on hover and focus; `plain` for headings, which define nothing. */
export function Rich({ message, plain = false }: { readonly message: Message; readonly plain?: boolean }) {
  const seen = new Set<string>();
  return pageRich(message, locale).map((segment, index) => {
    const key = `${index}`;
    switch (segment.kind) {
      case 'text':
        return segment.text;
      case 'code':
        return <code key={key}>{segment.text}</code>;
      case 'term': {
        if (plain) return segment.text;
        // A word that comes twice is one stop of the Tab key, not two.
        const again = seen.has(segment.term);
        seen.add(segment.term);
        return <Definition key={key} term={segment.term} word={segment.text} focusable={!again} />;
      }
    }
  });
}
