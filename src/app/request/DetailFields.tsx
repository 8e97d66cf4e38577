import { useId, type ReactNode } from 'react';
import { msg, type Message } from '../../catalogue/message.ts';
import type { FlowDetails } from '../../engine/index.ts';
import { editDraft } from '../store/request-actions.ts';
import { useStore } from '../store/store.ts';
import controls from '../ui/controls.module.css';
import { t } from '../ui/locale.ts';
import { Rich } from '../ui/Rich.tsx';
import { HeaderRows } from './HeaderRows.tsx';
import styles from './HeadersPanel.module.css';

type Backend = NonNullable<FlowDetails['backend']>;

const VERSIONS = ['1.1', 'h2', 'h2c'] as const;

/** What few requests need: the TLS server name, the HTTP version, the node, the client's certificate, and an application that is slow or fails. */
export function DetailFields() {
  const details = useStore((state) => state.draft.details) ?? {};
  const backend = details.backend ?? {};
  const edit = (change: { readonly [Field in keyof FlowDetails]: FlowDetails[Field] | undefined }) => editDraft({ details: stated({ ...details, ...change }) });
  const behave = (change: { readonly [Field in keyof Backend]: Backend[Field] | undefined }) => {
    const next = stated<Backend>({ ...backend, ...change });
    edit({ backend: Object.keys(next).length === 0 ? undefined : next });
  };
  const fails = backend.failConnection === true ? 'connection' : backend.failStatus === undefined ? 'not' : 'status';
  return (
    <>
      <details className={styles.more} open={Object.keys(details).some((name) => name !== 'backend')}>
        <summary>{t('app.details.title')}</summary>
        <Line label={t('app.details.sni')}>
          {(id) => (
            <input
              id={id}
              className={`${controls.field} ${controls.mono}`}
              spellCheck={false}
              value={details.sni ?? ''}
              onChange={({ target }) => edit({ sni: target.value || undefined })}
            />
          )}
        </Line>
        <Line label={t('app.details.version')}>
          {(id) => (
            <select
              id={id}
              className={controls.field}
              value={details.httpVersion ?? ''}
              onChange={({ target }) => edit({ httpVersion: VERSIONS.find((version) => version === target.value) })}
            >
              <option value="">{t('app.details.version.any')}</option>
              {VERSIONS.map((version) => (
                <option key={version} value={version}>
                  {t(`app.details.version.${version}`)}
                </option>
              ))}
            </select>
          )}
        </Line>
        <Line label={t('app.details.certificate')} note={msg('app.details.certificate-note')}>
          {(id) => (
            <input
              id={id}
              aria-describedby={`${id}-note`}
              className={`${controls.field} ${controls.mono}`}
              spellCheck={false}
              value={details.clientCertificate ?? ''}
              onChange={({ target }) => edit({ clientCertificate: target.value || undefined })}
            />
          )}
        </Line>
        <Line label={t('app.details.node')} note={msg('app.details.node-note')}>
          {(id) => (
            <input
              id={id}
              aria-describedby={`${id}-note`}
              className={`${controls.field} ${controls.mono}`}
              spellCheck={false}
              value={details.viaNode ?? ''}
              onChange={({ target }) => edit({ viaNode: target.value || undefined })}
            />
          )}
        </Line>
      </details>
      <details className={styles.more} open={details.backend !== undefined}>
        <summary>{t('app.backend.title')}</summary>
        <Line label={t('app.backend.delay')}>{(id) => <Whole id={id} most={86_400_000} value={backend.delay} onChange={(delay) => behave({ delay })} />}</Line>
        <Line label={t('app.backend.fail-how')}>
          {(id) => (
            <select
              id={id}
              className={controls.field}
              value={fails}
              onChange={({ target: { value } }) =>
                behave({ failConnection: value === 'connection' ? true : undefined, failStatus: value === 'status' ? 503 : undefined })
              }
            >
              {(['not', 'status', 'connection'] as const).map((way) => (
                <option key={way} value={way}>
                  {t(`app.backend.fail-${way}`)}
                </option>
              ))}
            </select>
          )}
        </Line>
        {fails === 'status' && (
          <Line label={t('app.backend.status')}>
            {(id) => <Whole id={id} most={599} value={backend.failStatus} onChange={(status) => behave({ failStatus: status ?? 503 })} />}
          </Line>
        )}
        {fails !== 'not' && (
          <>
            <Line label={t('app.backend.fail-first')}>
              {(id) => <Whole id={id} most={100} value={backend.failFirstAttempts} onChange={(failFirstAttempts) => behave({ failFirstAttempts })} />}
            </Line>
            <Line label={t('app.backend.fail-delay')}>
              {(id) => <Whole id={id} most={86_400_000} value={backend.failDelay} onChange={(failDelay) => behave({ failDelay })} />}
            </Line>
          </>
        )}
        <p className={styles.note}>{t('app.backend.headers')}</p>
        <HeaderRows
          headers={Object.entries(backend.responseHeaders ?? {})}
          example={['set-cookie', 'session=1']}
          onChange={(headers) =>
            behave({ responseHeaders: headers.length === 0 ? undefined : Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])) })
          }
        />
      </details>
    </>
  );
}

/** The fields that have a value. */
function stated<T extends object>(fields: { readonly [Field in keyof T]: T[Field] | undefined }): T {
  // What has no value is left out, and everything else has the type of its field.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}

interface LineProps {
  readonly label: string;
  readonly note?: Message;
  readonly children: (id: string) => ReactNode;
}

function Line({ label, note, children }: LineProps) {
  const id = useId();
  return (
    <div className={styles.line}>
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {note !== undefined && (
        <p id={`${id}-note`} className={styles.note}>
          <Rich message={note} />
        </p>
      )}
    </div>
  );
}

interface WholeProps {
  readonly id: string;
  readonly most: number;
  readonly value: number | undefined;
  readonly onChange: (value: number | undefined) => void;
}

/** A whole number or nothing. */
function Whole({ id, most, value, onChange }: WholeProps) {
  return (
    <input
      id={id}
      type="number"
      min={0}
      max={most}
      className={`${controls.field} ${controls.mono}`}
      value={value ?? ''}
      onChange={({ target }) => onChange(target.value === '' ? undefined : Math.max(0, Math.min(most, Math.trunc(target.valueAsNumber))))}
    />
  );
}
