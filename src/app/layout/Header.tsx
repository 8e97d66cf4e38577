import type { ReactNode } from 'react';
import { goToPage } from '../store/link-actions.ts';
import { PAGES, isPage } from '../store/pages.ts';
import { useStore, type View } from '../store/store.ts';
import { setTheme } from '../store/view-actions.ts';
import controls from '../ui/controls.module.css';
import { Icon } from '../ui/Icon.tsx';
import { t } from '../ui/locale.ts';
import { PHONE, useMedia } from '../ui/use-media.ts';
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
        <span className={styles.name}>{t('app.name')}</span>
      </h1>
      <Navigation />
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

/** The pages as links; on a phone, where they would not fit beside each other, as a list to choose from. */
function Navigation() {
  const here = useStore((state) => state.view.page);
  const isPhone = useMedia(PHONE);
  if (isPhone) {
    return (
      <select className={styles.choose} aria-label={t('app.pages')} value={here} onChange={({ target }) => isPage(target.value) && goToPage(target.value)}>
        {PAGES.map((page) => (
          <option key={page} value={page}>
            {t(`app.view.${page}`)}
          </option>
        ))}
      </select>
    );
  }
  return (
    <nav className={styles.pages} aria-label={t('app.pages')}>
      {PAGES.map((page) => (
        <a
          key={page}
          href={`#${page}`}
          className={styles.page}
          aria-current={page === here ? 'page' : undefined}
          onClick={(event) => {
            // A new tab or window stays the browser's business.
            if (event.metaKey || event.ctrlKey || event.shiftKey) return;
            event.preventDefault();
            goToPage(page);
          }}
        >
          {t(`app.view.${page}`)}
        </a>
      ))}
    </nav>
  );
}
