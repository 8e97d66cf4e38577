import { useState } from 'react';
import controls from './controls.module.css';
import { Icon } from './Icon.tsx';
import { t } from './locale.ts';

/** Copies one command; the check mark and the spoken word say that it worked. */
export function CopyButton({ value, label }: { readonly value: string; readonly label: string }) {
  const [state, setState] = useState<'ready' | 'copied' | 'refused'>('ready');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setState('copied');
    } catch {
      setState('refused');
    }
    setTimeout(() => setState('ready'), 2000);
  };
  return (
    <>
      <button type="button" className={controls.icon} aria-label={label} title={label} onClick={() => void copy()}>
        <Icon name={state === 'copied' ? 'check' : 'copy'} />
      </button>
      <span aria-live="polite" className="visually-hidden">
        {state === 'copied' ? t('app.copied') : state === 'refused' ? t('app.copy-refused') : ''}
      </span>
    </>
  );
}
