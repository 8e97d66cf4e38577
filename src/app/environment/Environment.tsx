import { environment as words } from '../../catalogue/en/environment.ts';
import { learnWords } from '../../catalogue/page-words.ts';
import type { Assumption } from '../../engine/index.ts';
import { SCENARIO_FILE } from '../../engine/index.ts';
import { flip } from '../store/document-actions.ts';
import { useStore } from '../store/store.ts';
import { openFile, setTab } from '../store/view-actions.ts';
import { AssumptionChoices } from '../ui/AssumptionChoices.tsx';
import controls from '../ui/controls.module.css';
import { t } from '../ui/locale.ts';
import { Answers } from './Answers.tsx';
import { Controllers } from './Controllers.tsx';
import styles from './Environment.module.css';
import { Nodes } from './Nodes.tsx';
import { SettingField } from './SettingField.tsx';
import { settings } from './settings.ts';

learnWords(words);

const NO_ASSUMPTIONS: readonly Assumption[] = [];

/** What manifests cannot say: first what this request rests on, then everything else. Each change is an edit of `scenario.yaml`. */
export function Environment() {
  const environment = useStore((state) => state.analysis?.environment);
  const ofRequest = useStore((state) => state.analysis?.trace?.assumptions ?? NO_ASSUMPTIONS);
  const all = useStore((state) => state.analysis?.assumptions ?? NO_ASSUMPTIONS);
  const hasScenario = useStore((state) => state.workspace.some((file) => file.name === SCENARIO_FILE));
  const uncertain = ofRequest.filter((assumption) => assumption.origin === 'inferred');
  const usual = ofRequest.filter((assumption) => assumption.origin === 'default');
  const others = all.filter((assumption) => assumption.origin === 'inferred' && !ofRequest.some((used) => used.id === assumption.id));

  return (
    <div className={styles.environment}>
      <section>
        <h2>{t('app.env.of-request')}</h2>
        {uncertain.length === 0 && <p className={styles.note}>{t('app.env.of-request.none')}</p>}
        {uncertain.map((assumption) => (
          <AssumptionChoices key={assumption.id} assumption={assumption} onChoose={flip} />
        ))}
        {usual.length > 0 && (
          <>
            <h3 className={styles.usual}>{t('app.env.usual')}</h3>
            <p className={styles.note}>{t('app.env.usual.note')}</p>
            {usual.map((assumption) => (
              <AssumptionChoices key={assumption.id} assumption={assumption} onChoose={flip} />
            ))}
          </>
        )}
      </section>

      {others.length > 0 && (
        <section>
          <h2>{t('app.env.other-assumptions')}</h2>
          {others.map((assumption) => (
            <AssumptionChoices key={assumption.id} assumption={assumption} onChoose={flip} />
          ))}
        </section>
      )}

      {environment && <Answers environment={environment} />}

      {environment && (
        <section>
          <h2>{t('app.env.settings')}</h2>
          <p className={styles.note}>
            {t('app.env.settings.note')}{' '}
            {hasScenario && (
              <button
                type="button"
                className={controls.link}
                onClick={() => {
                  openFile(SCENARIO_FILE);
                  setTab('manifests');
                }}
              >
                {t('app.env.open-scenario')}
              </button>
            )}
          </p>
          <Nodes environment={environment} />
          <Controllers environment={environment} />
          {settings.map((setting) => (
            <SettingField key={setting.key} setting={setting} environment={environment} />
          ))}
        </section>
      )}
    </div>
  );
}
