import type { Command } from '../../engine/index.ts';
import { CopyButton } from '../ui/CopyButton.tsx';
import { t } from '../ui/locale.ts';
import { Rich } from '../ui/Rich.tsx';
import styles from './Commands.module.css';

/** Commands that show the same on a real cluster. */
export function Commands({ commands }: { readonly commands: readonly Command[] }) {
  if (commands.length === 0) return null;
  return (
    <section>
      <h3>{t('app.commands')}</h3>
      {commands.map((command) => (
        <div key={command.line} className={styles.command}>
          <p className={styles.shows}>
            <Rich message={command.shows} />
          </p>
          <CommandLine line={command.line} />
        </div>
      ))}
    </section>
  );
}

export function CommandLine({ line }: { readonly line: string }) {
  return (
    <div className={styles.line}>
      <pre>{line}</pre>
      <CopyButton value={line} label={t('app.copy')} />
    </div>
  );
}
