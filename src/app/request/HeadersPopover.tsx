import { useStore } from '../store/store.ts';
import controls from '../ui/controls.module.css';
import { lazyPart } from '../ui/lazy-part.tsx';
import { t } from '../ui/locale.ts';
import { Popover } from '../ui/Popover.tsx';
import styles from './HeadersPopover.module.css';

const HeadersPanel = lazyPart(async () => (await import('./HeadersPanel.tsx')).HeadersPanel);

/** How many headers and options the request has, and the panel that sets them. */
export function HeadersPopover() {
  const { headers, followRedirects, insecure, connectTo, details = {} } = useStore((state) => state.draft);
  const options = Number(followRedirects) + Number(insecure) + Number(connectTo !== '') + Object.keys(details).length;

  return (
    <Popover
      align="end"
      title={t('app.headers.title')}
      buttonClass={`${controls.button} ${styles.open}`}
      label={
        <>
          {t('app.headers')} <strong>{headers.length + options}</strong>
        </>
      }
    >
      {() => <HeadersPanel />}
    </Popover>
  );
}
