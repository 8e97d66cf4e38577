import { useId, useRef, type ReactNode } from 'react';
import { placeBeside } from './place-beside.ts';
import styles from './Popover.module.css';

interface Props {
  readonly label: ReactNode;
  /** Name of the panel for screen readers; the button is named by its label. */
  readonly title: string;
  readonly buttonClass?: string | undefined;
  readonly align?: 'start' | 'end';
  /** Receives `close`, for choices that end the visit. */
  readonly children: (close: () => void) => ReactNode;
}

/** A button with a panel of the browser's own kind: light dismiss, Escape and focus return come with it. */
export function Popover({ label, title, buttonClass, align = 'start', children }: Props) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDialogElement>(null);
  const close = () => document.getElementById(id)?.hidePopover();

  const place = () => {
    if (button.current && panel.current) placeBeside(panel.current, button.current.getBoundingClientRect(), align);
  };

  return (
    <>
      <button ref={button} type="button" className={buttonClass} popoverTarget={id} aria-haspopup="dialog">
        {label}
      </button>
      <dialog
        ref={panel}
        id={id}
        popover="auto"
        aria-label={title}
        className={styles.panel}
        onToggle={(event) => {
          if (event.newState === 'open') place();
        }}
      >
        {children(close)}
      </dialog>
    </>
  );
}
