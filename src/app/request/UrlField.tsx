import { useMemo, useState, type ClipboardEvent, type Ref } from 'react';
import type { RequestSuggestion } from '../../engine/index.ts';
import { editDraft, isCurl, takeCurl } from '../store/request-actions.ts';
import { useStore } from '../store/store.ts';
import { Combobox, type Choice } from '../ui/Combobox.tsx';
import { t, text } from '../ui/locale.ts';
import { originLabel } from './origins.ts';
import styles from './RequestBar.module.css';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const MOST_SHOWN = 60;
const NO_SUGGESTIONS: readonly RequestSuggestion[] = [];

interface Props {
  readonly inputRef: Ref<HTMLInputElement>;
  readonly describedBy: string | undefined;
  readonly invalid: boolean;
  readonly onEnter: () => void;
}

/** What is asked: method and URL, with what the manifests invite. A pasted `curl …` fills the whole bar. */
export function UrlField({ inputRef, describedBy, invalid, onEnter }: Props) {
  const { url, method } = useStore((state) => state.draft);
  const suggestions = useStore((state) => state.analysis?.suggestions ?? NO_SUGGESTIONS);
  // What stood there before the list was opened is no search: the whole list is offered until somebody types.
  const [isSearch, setIsSearch] = useState(false);

  const offered = useMemo(() => {
    // Who typed a suggestion to its end needs no list any more.
    if (isSearch && suggestions.some(({ draft }) => draft.url === url.trim())) return [];
    const words = isSearch ? url.toLowerCase().split(/\s+/) : [];
    return suggestions.filter(({ draft, label }) => words.every((word) => `${draft.url} ${label}`.toLowerCase().includes(word))).slice(0, MOST_SHOWN);
  }, [suggestions, url, isSearch]);

  const choices: Choice[] = offered.map(({ draft, label }, index) => ({
    id: `${index} ${draft.url}`,
    group: t('app.url.from', { who: text(originLabel(draft.from)) }),
    label: draft.url,
    detail: label,
  }));

  const onPaste = (event: ClipboardEvent<HTMLInputElement>) => {
    const pasted = event.clipboardData.getData('text/plain');
    if (!isCurl(pasted)) return;
    event.preventDefault();
    void takeCurl(pasted);
  };

  return (
    <div className={styles.url} data-invalid={invalid}>
      <select className={styles.method} aria-label={t('app.method')} value={method} onChange={(event) => editDraft({ method: event.target.value })}>
        {(METHODS.includes(method) ? METHODS : [method, ...METHODS]).map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      <Combobox
        label={t('app.url')}
        mono
        className={styles.urlBox}
        inputRef={inputRef}
        placeholder={t('app.url.placeholder')}
        value={url}
        choices={choices}
        describedBy={describedBy}
        invalid={invalid}
        onType={(value) => {
          setIsSearch(true);
          editDraft({ url: value });
        }}
        onOpenChange={(open) => open || setIsSearch(false)}
        onPick={(choice) => {
          const suggestion = offered[choices.findIndex((other) => other.id === choice.id)];
          if (suggestion) editDraft(suggestion.draft);
        }}
        onEnter={onEnter}
        onPaste={onPaste}
      />
    </div>
  );
}
