import type { Part } from '../../engine/index.ts';
import { Icon } from '../ui/Icon.tsx';
import { t } from '../ui/locale.ts';
import { Rich } from '../ui/Rich.tsx';
import styles from './Marked.module.css';

/** No cell says the same twice. */
export const keyOf = ({ message }: Part) => `${message.id} ${JSON.stringify(message.args)}`;

/** What a part says, with the sign of how good it is: never by colour alone. */
export function Marked({ part }: { readonly part: Part }) {
  return (
    <span className={styles.part} data-tone={part.tone} data-basis={part.basis.kind}>
      {part.tone !== 'plain' && (
        <>
          <span className={styles.sign}>
            <Icon name={part.tone === 'good' ? 'check' : 'cross'} size={14} />
          </span>
          <span className="visually-hidden">{part.tone === 'good' ? t('comparing.good') : t('comparing.bad')}</span>
        </>
      )}
      <span>
        <Rich message={part.message} plain />
      </span>
    </span>
  );
}
