import { useState } from 'react';
import type { FormField, Json } from '../../engine/index.ts';
import controls from '../ui/controls.module.css';
import { t } from '../ui/locale.ts';

interface Props {
  readonly id: string;
  readonly described: string;
  readonly field: FormField;
  readonly set: (value: Json | undefined) => void;
}

/** Takes effect when the field is left, or with Enter; Escape takes back what was typed. */
export function TextField({ id, described, field, set }: Props) {
  const written = printed(field.value);
  const [typed, setTyped] = useState<string | null>(null);
  const commit = () => {
    if (typed !== null && typed !== written) set(meant(typed, field.type));
    setTyped(null);
  };
  return (
    <input
      id={id}
      className={`${controls.field} ${controls.mono}`}
      aria-describedby={described}
      aria-invalid={field.problems.length > 0}
      value={typed ?? written}
      placeholder={field.default ?? (field.type === 'texts' ? t('hands.form.list') : t('hands.form.unset'))}
      spellCheck={false}
      inputMode={field.type === 'number' ? 'numeric' : 'text'}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
        if (event.key === 'Escape' && typed !== null) {
          event.stopPropagation();
          setTyped(null);
        }
      }}
    />
  );
}

function printed(value: Json): string {
  if (value === null) return '';
  if (Array.isArray(value)) return value.map((item: Json) => printed(item)).join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A number stays text where it is none: then the form says what is wrong. */
function meant(typed: string, type: FormField['type']): Json | undefined {
  const text = typed.trim();
  if (text === '') return undefined;
  if (type === 'texts') return text.split(',').flatMap((item) => item.trim() || []);
  return type !== 'text' && /^-?\d{1,15}$/.test(text) ? Number(text) : text;
}
