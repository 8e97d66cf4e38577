import { lazy, Suspense, type ReactNode } from 'react';
import { details as words } from '../../catalogue/en/details.ts';
import { learnWords } from '../../catalogue/page-words.ts';
import { glossary } from '../../catalogue/glossary.ts';
import { msg } from '../../catalogue/message.ts';
import { refKey, type ObjectRef } from '../../engine/index.ts';
import { useStore } from '../store/store.ts';
import { linesOf } from '../store/text-ranges.ts';
import { reveal, select } from '../store/view-actions.ts';
import controls from '../ui/controls.module.css';
import { Definition } from '../ui/Definition.tsx';
import { t } from '../ui/locale.ts';
import { Rich } from '../ui/Rich.tsx';
import { Commands } from './Commands.tsx';
import { MadeBy } from './MadeBy.tsx';
import styles from './Inspector.module.css';

// The kinds of the Gateway API have a status that explains much, and most people look at others.
const Status = lazy(async () => ({ default: (await import('./Status.tsx')).Status }));
const HAS_STATUS = /^(Gateway|GatewayClass|ListenerSet|BackendTLSPolicy|[A-Z]+Route)$/;

learnWords(words);

/** An object of the map: what it is, where it stands in the texts, who made it, what defaulting gave it. */
export function ObjectDetails({ object, children }: { readonly object: ObjectRef; readonly children: ReactNode }) {
  const key = refKey(object);
  const summary = useStore((state) => state.analysis?.objects.find((other) => refKey(other.ref) === key));
  const defaults = useStore((state) => state.analysis?.defaults[key]);
  const findings = useStore((state) => state.analysis?.findings)?.filter((finding) => finding.object && refKey(finding.object) === key) ?? [];
  const workspace = useStore((state) => state.workspace);
  const documents = useStore((state) => state.analysis?.documents);
  const range = summary?.range ?? null;
  const lines = range && documents ? linesOf(workspace, documents, range) : null;
  const namespace = object.namespace === '' ? '' : ` -n ${object.namespace}`;

  return (
    <div className={styles.inspector}>
      <button type="button" className={`${controls.link} ${styles.back}`} onClick={() => select(null)}>
        {t('app.object.back')}
      </button>
      <header>
        <p className={styles.kicker}>
          {object.kind in glossary ? <Definition term={object.kind} word={object.kind} focusable /> : object.kind}
          {object.namespace !== '' && <span className={styles.where}>{object.namespace}</span>}
        </p>
        <h2 className={styles.title}>{object.name}</h2>
        {summary && <p className={styles.sentence}>{t(`app.object.${summary.state}`)}</p>}
      </header>
      {range && lines && (
        <button type="button" className={`${controls.button} ${styles.start}`} onClick={() => reveal(range)}>
          {t('app.show-lines-of', { file: range.file, line: lines.first })}
        </button>
      )}
      {findings.map((finding) => (
        <p key={finding.code} className={styles.sentence}>
          <Rich message={finding.message} />
        </p>
      ))}
      {HAS_STATUS.test(object.kind) && (
        <Suspense fallback={null}>
          <Status object={object} />
        </Suspense>
      )}
      {children}
      <MadeBy objects={[object]} />
      {defaults && Object.keys(defaults).length > 0 && (
        <section>
          <h3>{t('app.object.defaults')}</h3>
          <dl className={styles.defaults}>
            {Object.entries(defaults).map(([field, value]) => (
              <div key={field}>
                <dt>{field}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      <Commands commands={[{ line: `kubectl get ${object.kind.toLowerCase()} ${object.name}${namespace} -o yaml`, shows: msg('app.object.command') }]} />
    </div>
  );
}
