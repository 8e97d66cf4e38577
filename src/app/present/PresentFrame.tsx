import { useEffect, useRef, type ReactNode } from 'react';
import { present } from '../../catalogue/en/present.ts';
import { learnWords } from '../../catalogue/page-words.ts';
import { fillScreen, leavePresentation } from '../store/present-actions.ts';
import { useStore } from '../store/store.ts';
import { setTheme } from '../store/view-actions.ts';
import { Icon } from '../ui/Icon.tsx';
import { t } from '../ui/locale.ts';
import { isPageKey } from '../ui/page-keys.ts';
import { Popover } from '../ui/Popover.tsx';
import styles from './PresentFrame.module.css';

learnWords(present);

interface Props {
  /** For the foot of the screen: where one is, and the way on. */
  readonly foot?: ReactNode;
  /** Beside the frame's own buttons. */
  readonly actions: ReactNode;
  /** What is presented. Inside, the tokens of type are those of `data-presenting`. */
  readonly children: ReactNode;
}

/**
 * The frame of every presentation: the whole window, or the screen; type that can be read from the last row; a foot
 * with what stays. Escape leaves, `t` switches between light and dark, `f` fills the screen.
 */
export function PresentFrame({ foot, actions, children }: Props) {
  const page = useStore((state) => t(`app.view.${state.view.page}`));
  const frame = useRef<HTMLElement>(null);
  useKeys();

  useEffect(() => {
    frame.current?.focus();
    // The browser's own way out of the full screen leads out of the presentation.
    const onChange = () => {
      if (!document.fullscreenElement) leavePresentation();
    };
    document.addEventListener('fullscreenchange', onChange);
    return () => {
      document.removeEventListener('fullscreenchange', onChange);
      // Back to the button it began with, once that is there again.
      setTimeout(() => document.getElementById('present')?.focus());
    };
  }, []);

  return (
    <main ref={frame} tabIndex={-1} className={styles.frame} data-presenting aria-label={t('present.title', { page })}>
      <h1 className="visually-hidden">{t('present.title', { page })}</h1>
      <div className={styles.content}>{children}</div>
      <footer className={styles.foot}>
        <div className={styles.page}>{foot}</div>
        <Popover
          align="end"
          title={t('present.keys')}
          buttonClass={styles.button}
          label={<Label sign={<span aria-hidden="true">?</span>} word={t('present.keys')} />}
        >
          {() => <Keys />}
        </Popover>
        <button type="button" className={styles.button} title={t('present.theme')} onClick={switchTheme}>
          <Label sign={<Icon name="sun" size={22} />} word={t('present.theme')} />
        </button>
        {actions}
        <button type="button" className={styles.button} title={t('present.leave')} onClick={leavePresentation}>
          <Label sign={<Icon name="close" size={28} />} word={t('present.leave')} />
        </button>
      </footer>
    </main>
  );
}

function Label({ sign, word }: { readonly sign: ReactNode; readonly word: string }) {
  return (
    <>
      {sign}
      <span className="visually-hidden">{word}</span>
    </>
  );
}

function Keys() {
  return (
    <dl className={styles.keys}>
      {(['on', 'back', 'ends', 'theme', 'screen', 'leave'] as const).map((what) => (
        <div key={what}>
          <dt>{t(`present.key.${what}`)}</dt>
          <dd>{t(`present.does.${what}`)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** To the other of the two, whichever is on screen. */
function switchTheme(): void {
  const { theme } = useStore.getState().view;
  const isDark = theme === 'system' ? matchMedia('(prefers-color-scheme: dark)').matches : theme === 'dark';
  setTheme(isDark ? 'light' : 'dark');
}

function useKeys(): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      // An open panel or dialog is closed first.
      if (!isPageKey(event) || (event.key === 'Escape' && document.querySelector(':popover-open'))) return;
      const act = KEYS[event.key];
      if (act === undefined) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}

const KEYS: Readonly<Record<string, () => void>> = { Escape: leavePresentation, t: switchTheme, f: fillScreen };
