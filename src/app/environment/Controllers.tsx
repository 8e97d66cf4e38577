import { useState } from 'react';
import type { Environment, Json } from '../../engine/index.ts';
import { switchController } from '../store/controller-actions.ts';
import { setScenario } from '../store/document-actions.ts';
import { useStore } from '../store/store.ts';
import type { ControllerSummary } from '../worker/analysis.ts';
import controls from '../ui/controls.module.css';
import { Icon } from '../ui/Icon.tsx';
import { t } from '../ui/locale.ts';
import styles from './Environment.module.css';

const IMPLEMENTATIONS = ['ingress-nginx', 'traefik', 'haproxy', 'contour', 'istio', 'aws-alb', 'gce', 'generic'];
const NONE: readonly ControllerSummary[] = [];

/** Which controllers run, with the implementation that serves in the place of each Ingress controller. */
export function Controllers({ environment }: { readonly environment: Environment }) {
  const running = useStore((state) => state.analysis?.controllers ?? NONE);
  const { controllers } = environment;
  const set = (next: readonly unknown[]) => void setScenario(['spec', 'environment', 'controllers'], next.length > 0 ? (next as Json) : undefined);
  const remove = (index: number) => set(controllers.toSpliced(index, 1));

  return (
    <div className={styles.setting}>
      <h3 className={styles.name}>{t('app.env.controllers')}</h3>
      <p className={styles.help}>{running.length === 0 ? t('app.env.controllers.none') : t('app.env.controllers.help')}</p>
      <ul className={styles.list}>
        {running.map((controller) => (
          <li key={controller.index} className={styles.controller}>
            <Running controller={controller} onSwitch={(implementation) => void switchController(controller.index, implementation)} />
            {controller.statement !== null && controller.standIn === null && <Remove name={controller.name} onRemove={() => remove(controller.statement!)} />}
          </li>
        ))}
        {controllers.map(
          ({ kind, name, class: className }, index) =>
            kind !== 'ingress' && (
              <li key={name} className={styles.controller}>
                <span>
                  <code>{name}</code> {className !== undefined && t('app.env.controllers.class', { name: className })}
                </span>
                <Remove name={name} onRemove={() => remove(index)} />
              </li>
            ),
        )}
      </ul>
      <Add environment={environment} onAdd={(controller) => set([...controllers, controller])} />
    </div>
  );
}

interface RunningProps {
  readonly controller: ControllerSummary;
  readonly onSwitch: (implementation: string) => void;
}

function Running({ controller: { name, implementation, classes, standIn, assumption, claims, choices }, onSwitch }: RunningProps) {
  const facts = [
    ...(standIn === null ? [] : [t('app.env.controllers.instead', { name: standIn.name })]),
    ...(classes.length === 0
      ? []
      : [classes.length === 1 ? t('app.env.controllers.class', { name: classes[0]! }) : t('app.env.controllers.classes', { names: classes })]),
    t('app.env.controllers.claims', { count: claims }),
    ...(assumption === null ? [] : [t('app.env.controllers.assumed')]),
  ];
  return (
    <>
      <span>
        <code>{name}</code> <span className={styles.facts}>{facts.join(' · ')}</span>
      </span>
      <select
        className={controls.field}
        aria-label={t('app.env.controllers.switch', { name: `${name} ${facts[0] ?? ''}` })}
        value={implementation}
        onChange={(event) => onSwitch(event.target.value)}
      >
        {choices.map((choice) => (
          <option key={choice}>{choice}</option>
        ))}
      </select>
    </>
  );
}

function Remove({ name, onRemove }: { readonly name: string; readonly onRemove: () => void }) {
  return (
    <button type="button" className={controls.icon} aria-label={t('app.env.controllers.remove', { name })} onClick={onRemove}>
      <Icon name="close" />
    </button>
  );
}

interface AddProps {
  readonly environment: Environment;
  readonly onAdd: (controller: Environment['controllers'][number]) => void;
}

function Add({ environment: { controllers }, onAdd }: AddProps) {
  const [implementation, setImplementation] = useState(IMPLEMENTATIONS[0]!);
  const [className, setClassName] = useState('nginx');
  return (
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
          if (!names.has(name)) onAdd({ kind: 'ingress', name, implementation, ...(className.trim() === '' ? {} : { class: className.trim() }) });
        }}
      >
        <Icon name="plus" />
        {t('app.env.controllers.add')}
      </button>
    </div>
  );
}
