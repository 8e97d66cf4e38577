import controls from '../ui/controls.module.css';
import { Icon } from '../ui/Icon.tsx';
import { t } from '../ui/locale.ts';
import { lazyPart } from '../ui/lazy-part.tsx';
import { Popover } from '../ui/Popover.tsx';
import styles from './ExamplesMenu.module.css';

export const ExampleList = lazyPart(async () => (await import('./ExampleList.tsx')).ExampleList);

export function ExamplesMenu() {
  return (
    <Popover
      align="end"
      title={t('app.examples')}
      buttonClass={controls.button}
      label={
        <>
          {t('app.examples')}
          <span className={styles.caret}>
            <Icon name="down" />
          </span>
        </>
      }
    >
      {(close) => (
        <div className={styles.menu}>
          <ExampleList onOpen={close} />
        </div>
      )}
    </Popover>
  );
}
