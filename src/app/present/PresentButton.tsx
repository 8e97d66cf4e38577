import { useEffect } from 'react';
import { PRESENTABLE } from '../store/pages.ts';
import { present } from '../store/present-actions.ts';
import { useStore } from '../store/store.ts';
import controls from '../ui/controls.module.css';
import { Icon } from '../ui/Icon.tsx';
import { t } from '../ui/locale.ts';
import { isPageKey } from '../ui/page-keys.ts';

/** The way into the presentation, which leads back to it. */
export function PresentButton() {
  const canPresent = useStore(({ view: { page }, analysis }) => PRESENTABLE.has(page) && (page !== 'path' || (analysis?.trace ?? null) !== null));

  useEffect(() => {
    if (!canPresent) return;
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'p' || !isPageKey(event)) return;
      event.preventDefault();
      present();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [canPresent]);

  return (
    <button
      id="present"
      type="button"
      className={controls.icon}
      disabled={!canPresent}
      aria-label={t('app.present')}
      title={t('app.present')}
      onClick={present}
    >
      <Icon name="present" />
    </button>
  );
}
