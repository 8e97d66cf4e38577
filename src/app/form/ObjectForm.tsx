import { useState } from 'react';
import { formatFieldPath, type Form, type FormField } from '../../engine/index.ts';
import controls from '../ui/controls.module.css';
import { t } from '../ui/locale.ts';
import { Rich } from '../ui/Rich.tsx';
import { FieldRow } from './FieldRow.tsx';
import styles from './InHand.module.css';

/** Every field that is read of an object; at first those that are written, and those a person most likely wants. */
export function ObjectForm({ form }: { readonly form: Form }) {
  const [isWhole, setIsWhole] = useState(false);
  // What the object is comes first, what it is called by others after it. A part that is there shows itself by its fields.
  const isMetadata = ({ path }: FormField) => path[0] === 'metadata';
  const own = form.fields.filter(({ type, value }) => type !== 'mapping' || value === null);
  const fields = [...own.filter((field) => !isMetadata(field)), ...own.filter(isMetadata)];
  const shown = isWhole ? fields : fields.filter((field) => isUsual(field));
  return (
    <section className={styles.form}>
      <h3>{t('hands.form')}</h3>
      {form.problems.map((message) => (
        <p key={JSON.stringify(message)} className={styles.problem}>
          <Rich message={message} />
        </p>
      ))}
      <div className={styles.fields}>
        {shown.map((field) => (
          <FieldRow key={formatFieldPath(field.path)} object={form.object} field={field} />
        ))}
      </div>
      {fields.some((field) => !isUsual(field)) && (
        <button type="button" className={controls.button} aria-expanded={isWhole} onClick={() => setIsWhole(!isWhole)}>
          {isWhole ? t('hands.form.fewer') : t('hands.form.all', { count: fields.length })}
        </button>
      )}
    </section>
  );
}

const USUAL = new Set(['spec.type', 'spec.replicas', 'spec.selector', 'spec.ingressClassName', 'spec.externalTrafficPolicy', 'targetPort', 'metadata.labels']);

function isUsual({ path, value, problems }: FormField): boolean {
  return value !== null || problems.length > 0 || USUAL.has(formatFieldPath(path)) || USUAL.has(String(path.at(-1)));
}
