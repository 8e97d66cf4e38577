import { useId, useRef, type FocusEvent, type KeyboardEvent, type PointerEvent } from 'react';
import { glossary, type Term } from '../../catalogue/glossary.ts';
import { pseudo } from '../../catalogue/pseudo.ts';
import { locale } from './locale.ts';
import { placeBeside } from './place-beside.ts';
import styles from './Definition.module.css';

interface Props {
  readonly term: string;
  /** As the sentence spells it, e.g. in the plural. */
  readonly word: string;
  readonly focusable: boolean;
}

/** A word of the glossary: its definition stands beside it while the pointer or the focus is on it. */
export function Definition({ term, word, focusable }: Props) {
  const id = useId();
  const tip = useRef<HTMLSpanElement>(null);

  const show = (event: PointerEvent<HTMLElement> | FocusEvent<HTMLElement>) => {
    if (!tip.current || tip.current.matches(':popover-open')) return;
    tip.current.showPopover();
    placeBeside(tip.current, event.currentTarget.getBoundingClientRect());
  };
  const hide = () => tip.current?.hidePopover();
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') hide();
  };

  const handlers = { onPointerEnter: show, onPointerLeave: hide, onFocus: show, onBlur: hide, onKeyDown };
  return (
    <>
      {focusable ? (
        <button type="button" className={styles.term} aria-describedby={id} {...handlers}>
          {word}
        </button>
      ) : (
        <span className={styles.term} onPointerEnter={show} onPointerLeave={hide}>
          {word}
        </span>
      )}
      <span ref={tip} id={id} role="tooltip" popover="manual" className={styles.tip}>
        {locale === 'pseudo' ? pseudo(glossary[term as Term]) : glossary[term as Term]}
      </span>
    </>
  );
}
