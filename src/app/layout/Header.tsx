import type { ReactNode } from 'react';
import { useStore, type View } from '../store/store.ts';
import { setTheme } from '../store/view-actions.ts';
import controls from '../ui/controls.module.css';
import { Icon } from '../ui/Icon.tsx';
import { t } from '../ui/locale.ts';
import styles from './Header.module.css';

const NEXT_THEME: Readonly<Record<View['theme'], View['theme']>> = { system: 'light', light: 'dark', dark: 'system' };
const THEME_ICON = { system: 'system', light: 'sun', dark: 'moon' } as const;

/** Name, where one is, and what holds for the whole page. */
export function Header({ children }: { readonly children: ReactNode }) {
  const theme = useStore((state) => state.view.theme);
  const themeName = t(`app.theme.${theme}`);
  return (
    <header className={styles.header}>
      <h1 className={styles.logo}>
        <svg width="26" height="26" viewBox="0 0 26 26" aria-hidden="true">
          <path d="M4 19h6q3 0 3-3v-6q0-3 3-3h6" className={styles.line} />
          <circle cx="4.5" cy="19" r="3" className={styles.ring} />
          <circle cx="21.5" cy="7" r="3" className={styles.ring} />
        </svg>
        {t('app.name')}
      </h1>
      <span className={styles.here}>{t('app.view.path')}</span>
      <span className={styles.space} />
      <span className={styles.privacy}>{t('app.privacy')}</span>
      <button
        type="button"
        className={controls.icon}
        aria-label={t('app.theme', { theme: themeName })}
        title={t('app.theme', { theme: themeName })}
        onClick={() => setTheme(NEXT_THEME[theme])}
      >
        <Icon name={THEME_ICON[theme]} />
      </button>
      {children}
    </header>
  );
}
