import { open } from '../../catalogue/en/open.ts';
import { openRegister } from '../../catalogue/en/open-register.ts';
import { msg, type Message } from '../../catalogue/message.ts';
import { learnWords } from '../../catalogue/page-words.ts';
import { OPEN_POINTS } from '../../engine/index.ts';
import { t, text } from '../ui/locale.ts';
import { Rich } from '../ui/Rich.tsx';
import styles from './Exactness.module.css';

learnWords(open);
learnWords(openRegister);

/** Points whose answer shows in a hop, a finding or an assumption of its own. */
const TOLD = ['U3', 'U4', 'U6', 'U9', 'U10', 'U11', 'U12', 'U13', 'U15', 'U16', 'U17', 'U18', 'U19', 'U20', 'U21', 'U22'] as const;

interface Row {
  readonly point: string;
  readonly message: Message;
  readonly choices: readonly Message[];
}

const rows: readonly Row[] = [
  ...OPEN_POINTS.map(({ point, message, choices }) => ({ point, message, choices: choices.map(({ label }) => label) })),
  ...TOLD.map((point) => ({ point, message: msg(`exact.open.${point}`), choices: [] })),
].sort((a, b) => numberOf(a) - numberOf(b));

/** What upstream leaves open: the answer taken, and the others where a person can choose. */
export function OpenPoints() {
  return (
    <section>
      <h3>{t('exact.open.title')}</h3>
      <p>{t('exact.open.how')}</p>
      <ul className={styles.open}>
        {rows.map(({ point, message, choices }) => (
          <li key={message.id}>
            <span className={styles.point}>{point}</span>
            <div>
              <p>
                <Rich message={message} />
              </p>
              {choices.length > 0 && (
                <p className={styles.choices}>
                  {t('exact.open.choose')} {choices.map((label) => text(label)).join(' · ')}
                </p>
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function numberOf({ point }: Row): number {
  return Number(point.slice(1));
}
