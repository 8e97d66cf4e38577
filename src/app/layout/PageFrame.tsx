import { createElement, Suspense, type LazyExoticComponent, type ReactNode } from 'react';
import type { PageId } from '../store/pages.ts';
import { Boundary } from '../ui/Boundary.tsx';
import { t } from '../ui/locale.ts';
import styles from './PageFrame.module.css';

/** The whole window below the header, for every page but the map; says so while its code is on its way. */
export function PageFrame({ page, content }: { readonly page: PageId; readonly content: LazyExoticComponent<() => ReactNode> }) {
  const name = t(`app.view.${page}`);
  return (
    <main className={styles.page} aria-label={name}>
      <Boundary key={page} name={name}>
        <Suspense
          fallback={
            <p className={styles.coming} aria-busy="true">
              {t('app.page-coming', { page: name })}
            </p>
          }
        >
          {createElement(content)}
        </Suspense>
      </Boundary>
    </main>
  );
}
