import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { placeBeside } from './place-beside.ts';
import styles from './Popover.module.css';

interface Props {
  readonly label: ReactNode;
  /** Name of the panel for screen readers; the button is named by its label. */
  readonly title: string;
  readonly buttonClass?: string | undefined;
  readonly align?: 'start' | 'end';
  /** It opens when this becomes true, as if the button were pressed. */
  readonly isWanted?: boolean;
  /** Receives `close`, for choices that end the visit. Not there before the first visit. */
  readonly children: (close: () => void) => ReactNode;
}

/** A button with a panel of the browser's own kind: light dismiss, Escape and focus return come with it. */
export function Popover({ label, title, buttonClass, align = 'start', isWanted = false, children }: Props) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDialogElement>(null);
  const [wasOpened, setWasOpened] = useState(false);
  const close = () => document.getElementById(id)?.hidePopover();

  const place = () => {
    if (button.current && panel.current) placeBeside(panel.current, button.current.getBoundingClientRect(), align);
  };

  // What the panel holds may come later, and grows while it is used.
  useEffect(() => {
    const observer = new ResizeObserver(() => {
      if (panel.current?.matches(':popover-open')) place();
    });
    if (panel.current) observer.observe(panel.current);
    return () => observer.disconnect();
  });

  useEffect(() => {
    if (isWanted) panel.current?.showPopover();
  }, [isWanted]);

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
        onBeforeToggle={(event) => {
          if (event.newState === 'open') setWasOpened(true);
        }}
        onToggle={(event) => {
          if (event.newState === 'open') place();
        }}
      >
        {wasOpened && children(close)}
      </dialog>
    </>
  );
}
