import { useEffect, useId, useState, type ClipboardEvent, type KeyboardEvent, type Ref } from 'react';
import styles from './Combobox.module.css';

export interface Choice {
  readonly id: string;
  /** Choices of one group stand together under its name. */
  readonly group: string;
  readonly label: string;
  readonly detail: string;
}

interface Props {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly Choice[];
  readonly placeholder?: string;
  readonly className?: string | undefined;
  readonly mono?: boolean;
  readonly inputRef?: Ref<HTMLInputElement>;
  readonly describedBy?: string | undefined;
  readonly invalid?: boolean;
  readonly onType: (value: string) => void;
  readonly onPick: (choice: Choice) => void;
  /** Enter while no choice is marked. */
  readonly onEnter?: () => void;
  readonly onPaste?: (event: ClipboardEvent<HTMLInputElement>) => void;
  readonly onOpenChange?: (open: boolean) => void;
}

/** A text field with a list of choices, after the ARIA combobox pattern: arrows mark, Enter takes, Escape closes. */
export function Combobox(props: Props) {
  const { label, value, choices, inputRef, onType, onPick, onEnter, onOpenChange } = props;
  const id = useId();
  const [open, setOpenState] = useState(false);
  const [marked, setMarked] = useState(-1);

  const setOpen = (next: boolean) => {
    if (next === open) return;
    setOpenState(next);
    setMarked(-1);
    onOpenChange?.(next);
  };
  const isShown = open && choices.length > 0;
  const active = isShown && marked >= 0 && marked < choices.length ? marked : -1;

  useEffect(() => {
    if (active >= 0) document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: 'nearest' });
  }, [active, id]);

  const pick = (choice: Choice) => {
    onPick(choice);
    setOpen(false);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp': {
        event.preventDefault();
        setOpen(true);
        const step = event.key === 'ArrowDown' ? 1 : -1;
        // One place more than there are choices: before the first and after the last stands the text itself.
        setMarked(((active + 1 + step + choices.length + 1) % (choices.length + 1)) - 1);
        return;
      }
      case 'Enter':
        event.preventDefault();
        if (active >= 0) pick(choices[active]!);
        else {
          setOpen(false);
          onEnter?.();
        }
        return;
      case 'Escape':
        if (!open) return;
        event.stopPropagation();
        setOpen(false);
        return;
      default:
    }
  };

  return (
    <div className={`${styles.box} ${props.className ?? ''}`}>
      <input
        ref={inputRef}
        type="text"
        role="combobox"
        aria-label={label}
        aria-expanded={isShown}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={active >= 0 ? `${id}-${active}` : undefined}
        aria-describedby={props.describedBy}
        aria-invalid={props.invalid ?? false}
        autoComplete="off"
        autoCapitalize="off"
        autoCorrect="off"
        spellCheck={false}
        placeholder={props.placeholder}
        className={`${styles.input} ${props.mono ? styles.mono : ''}`}
        value={value}
        onChange={(event) => {
          onType(event.target.value);
          setOpen(true);
          setMarked(-1);
        }}
        onClick={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
        onPaste={props.onPaste}
      />
      {/* No native element lets a person type what is not in the list and see two columns. */}
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role */}
      <div id={`${id}-list`} role="listbox" aria-label={label} className={styles.list} hidden={!isShown}>
        {isShown &&
          choices.map((choice, index) => (
            // The field has the keyboard: it marks and takes.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
            <div
              key={choice.id}
              id={`${id}-${index}`}
              // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              className={styles.option}
              // The field keeps the focus, so the list must not take it.
              onPointerDown={(event) => event.preventDefault()}
              onPointerMove={() => setMarked(index)}
              onClick={() => pick(choice)}
            >
              {choice.group !== choices[index - 1]?.group && <span className={styles.group}>{choice.group}</span>}
              <span className={styles.row}>
                <span className={`${styles.label} ${props.mono ? styles.mono : ''}`}>{choice.label}</span>
                <span className={styles.detail}>{choice.detail}</span>
              </span>
            </div>
          ))}
      </div>
    </div>
  );
}
