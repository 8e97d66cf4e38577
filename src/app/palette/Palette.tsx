import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { hands } from '../../catalogue/en/hands.ts';
import { learnWords } from '../../catalogue/page-words.ts';
import type { PaletteEntry } from '../../engine/index.ts';
import { engine } from '../store/analysis-actions.ts';
import { act, place } from '../store/build-actions.ts';
import { useStore } from '../store/store.ts';
import { send } from '../store/request-actions.ts';
import controls from '../ui/controls.module.css';
import { t, text } from '../ui/locale.ts';
import { useMedia } from '../ui/use-media.ts';
import { COMPONENT_TYPE, takeDroppedComponents } from './dropped-components.ts';
import { Pictogram } from './Pictogram.tsx';
import styles from './Palette.module.css';

learnWords(hands);

/** Fingers cannot drag from here onto the map: they tap. */
const TOUCH = '(hover: none)';

/** Everything that can be placed: searched, dragged onto the map, or added with Enter. */
export function Palette() {
  const [entries, setEntries] = useState<readonly PaletteEntry[]>([]);
  const [wanted, setWanted] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const isTouch = useMedia(TOUCH);
  const isArranged = useStore((state) => Object.keys(state.analysis?.arrangement ?? {}).length > 0);

  useEffect(() => {
    let isGone = false;
    void engine()
      .ask('palette', null)
      .then((answer) => {
        if (!isGone) setEntries(answer);
      });
    return () => {
      isGone = true;
    };
  }, []);

  useEffect(takeDroppedComponents, []);

  const words = wanted
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const found = entries.filter((entry) => words.every((word) => `${text(entry.title)} ${text(entry.about)}`.toLowerCase().includes(word)));
  // Who searches for a Service means one, and not the group that holds one.
  const ranked = words.length === 0 ? found : [...found].sort((a, b) => rank(a, words) - rank(b, words));
  const sections = words.length === 0 ? [...new Set(found.map(({ section }) => section))] : [null];

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      send();
      return;
    }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    const at = buttons.findIndex((button) => button === document.activeElement);
    const next = at + (event.key === 'ArrowDown' ? 1 : -1);
    event.preventDefault();
    if (next < 0) search.current?.focus();
    else buttons[Math.min(next, buttons.length - 1)]?.focus();
  };

  const add = async (entry: PaletteEntry) => {
    await place(entry.id, useStore.getState().view.selected);
    setWanted('');
  };

  return (
    // Arrows lead from the search through the list, as in a list of suggestions.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className={styles.palette} onKeyDown={onKeyDown}>
      <div className={styles.head}>
        <input
          ref={search}
          type="search"
          className={`${controls.field} ${styles.search}`}
          aria-label={t('hands.search')}
          placeholder={t('hands.search')}
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || ranked[0] === undefined || words.length === 0) return;
            event.preventDefault();
            void add(ranked[0]);
          }}
        />
        {isArranged && (
          <button type="button" className={`${controls.button} ${styles.tidy}`} onClick={() => void act({ kind: 'arrange', boxes: null })}>
            {t('hands.tidy')}
          </button>
        )}
        <p className={styles.how}>{isTouch ? t('hands.how-short') : t('hands.how')}</p>
      </div>
      <div ref={list} className={styles.list}>
        {entries.length > 0 && ranked.length === 0 && <p className={styles.how}>{t('hands.none')}</p>}
        {sections.map((section) => (
          <section key={section ?? 'found'}>
            {section !== null && <h2 className={styles.section}>{t(`hands.section.${section}`)}</h2>}
            <ul className={styles.entries}>
              {ranked
                .filter((entry) => section === null || entry.section === section)
                .map((entry) => (
                  <li key={entry.id}>
                    <button
                      type="button"
                      className={styles.entry}
                      draggable
                      onDragStart={(event) => {
                        event.dataTransfer.setData(COMPONENT_TYPE, entry.id);
                        event.dataTransfer.effectAllowed = 'copy';
                      }}
                      onClick={() => void add(entry)}
                    >
                      <span className={styles.picture}>
                        <Pictogram of={entry.picture} />
                      </span>
                      <span>
                        <span className={styles.title}>{text(entry.title)}</span>
                        <span className={styles.about}>{text(entry.about)}</span>
                      </span>
                    </button>
                  </li>
                ))}
            </ul>
          </section>
        ))}
      </div>
    </div>
  );
}

function rank({ title, section }: PaletteEntry, words: readonly string[]): number {
  const name = text(title).toLowerCase();
  return (words.every((word) => name.includes(word)) ? 0 : 2) + (section === 'group' ? 1 : 0) + (words[0] !== undefined && name.startsWith(words[0]) ? -1 : 0);
}
