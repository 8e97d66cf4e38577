import { useState } from 'react';
import type { Environment, Json } from '../../engine/index.ts';
import { setScenario } from '../store/document-actions.ts';
import controls from '../ui/controls.module.css';
import { Icon } from '../ui/Icon.tsx';
import { t } from '../ui/locale.ts';
import styles from './Environment.module.css';

const IMPLEMENTATIONS = ['ingress-nginx', 'traefik', 'haproxy', 'contour', 'istio', 'generic'];

/** Which Ingress controllers run, beside those that the manifests hold. */
export function Controllers({ environment }: { readonly environment: Environment }) {
  const [implementation, setImplementation] = useState(IMPLEMENTATIONS[0]!);
  const [className, setClassName] = useState('nginx');
  const { controllers } = environment;
  const set = (next: readonly unknown[]) => void setScenario(['spec', 'environment', 'controllers'], next.length > 0 ? (next as Json) : undefined);

  return (
    <div className={styles.setting}>
      <h3 className={styles.name}>{t('app.env.controllers')}</h3>
      <p className={styles.help}>{t('app.env.controllers.help')}</p>
      <ul className={styles.list}>
        {controllers.map((controller, index) => (
          <li key={controller.name} className={styles.controller}>
            <span>
              <code>{controller.name}</code> {controller.implementation !== controller.name && <code>{controller.implementation}</code>}{' '}
              {controller.class !== undefined && t('app.env.controllers.class', { name: controller.class })}
            </span>
            <button
              type="button"
              className={controls.icon}
              aria-label={t('app.env.controllers.remove', { name: controller.name })}
              onClick={() => set(controllers.filter((_, at) => at !== index))}
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
      <div className={styles.add}>
        <select
          className={controls.field}
          aria-label={t('app.env.controllers.implementation')}
          value={implementation}
          onChange={(event) => setImplementation(event.target.value)}
        >
          {IMPLEMENTATIONS.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
        <input
          className={`${controls.field} ${controls.mono}`}
          aria-label={t('app.env.controllers.class-field')}
          value={className}
          spellCheck={false}
          onChange={(event) => setClassName(event.target.value)}
        />
        <button
          type="button"
          className={controls.button}
          onClick={() => {
            const names = new Set(controllers.map((controller) => controller.name));
            const name = names.has(implementation) ? `${implementation}-${className}` : implementation;
            if (!names.has(name))
              set([...controllers, { kind: 'ingress', name, implementation, ...(className.trim() === '' ? {} : { class: className.trim() }) }]);
          }}
        >
          <Icon name="plus" />
          {t('app.env.controllers.add')}
        </button>
      </div>
    </div>
  );
}
