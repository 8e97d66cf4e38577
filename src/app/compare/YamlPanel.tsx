import { msg, type Message } from '../../catalogue/message.ts';
import { refKey, withChanges, type Column } from '../../engine/index.ts';
import { changeWorkspace } from '../store/document-actions.ts';
import { goToPage } from '../store/link-actions.ts';
import { editDraft, send } from '../store/request-actions.ts';
import controls from '../ui/controls.module.css';
import { CopyButton } from '../ui/CopyButton.tsx';
import { t, text } from '../ui/locale.ts';
import { Rich } from '../ui/Rich.tsx';
import { Panel } from './Panel.tsx';
import styles from './YamlPanel.module.css';

/** What a way needs in texts: shown, copied, inserted. */
export function YamlPanel({ column, onClose }: { readonly column: Column; readonly onClose: () => void }) {
  return (
    <Panel title={t('comparing.yaml.title', { name: text(column.title) })} kicker={text(column.detail)} onClose={onClose}>
      <WhatIfText column={column} />
    </Panel>
  );
}

export function WhatIfText({ column }: { readonly column: Column }) {
  const { yaml, environment, changes } = column.whatIf;
  const isPasted = column.origin === 'pasted';
  return (
    <div className={styles.text}>
      <p>
        <Rich message={isPasted ? msg('comparing.yaml.pasted', { object: refKey(column.object) }) : msg('comparing.yaml.made')} />
      </p>
      {yaml !== '' && (
        <div className={styles.yaml}>
          <pre>{yaml}</pre>
          <CopyButton value={yaml} label={t('comparing.yaml.copy')} />
        </div>
      )}
      {environment.length > 0 && (
        <>
          <p>{t('comparing.yaml.environment')}</p>
          <ul className={styles.sentences}>
            {environment.map((message: Message) => (
              <li key={text(message)}>
                <Rich message={message} />
              </li>
            ))}
          </ul>
        </>
      )}
      {!isPasted && changes.length > 0 && (
        <p>
          <button
            type="button"
            className={controls.primary}
            onClick={() => {
              insert(column);
              goToPage('path');
              playOffered(column);
            }}
          >
            {t('comparing.yaml.insert')}
          </button>
        </p>
      )}
    </div>
  );
}

/** Shows the way at work: where it does not take the request that was asked, the one that its clients would send. */
function playOffered({ views, best }: Column): void {
  const offered = views[best];
  if (offered === undefined || views.asked.result === 'good') return;
  editDraft(offered.request);
  send();
}

/** One step of the history, with the new file on screen. */
function insert({ object, whatIf: { changes } }: Column): void {
  changeWorkspace((workspace) => {
    const made = changes.find(({ name }) => workspace.every((file) => file.name !== name) && name !== 'scenario.yaml');
    return {
      workspace: withChanges(workspace, changes),
      said: msg('comparing.yaml.inserted', { object: refKey(object) }),
      ...(made !== undefined && { activeFile: made.name }),
    };
  });
}
