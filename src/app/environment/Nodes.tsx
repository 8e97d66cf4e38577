import { useId } from 'react';
import type { Environment } from '../../engine/index.ts';
import { setScenario } from '../store/document-actions.ts';
import controls from '../ui/controls.module.css';
import { t } from '../ui/locale.ts';
import styles from './Environment.module.css';

const MOST = 26;
const letter = (index: number) => String.fromCharCode('a'.charCodeAt(0) + index);

/** How many nodes there are, and which of them are down. Nodes that stand in the manifests are counted there. */
export function Nodes({ environment }: { readonly environment: Environment }) {
  const id = useId();
  const { nodes } = environment;
  const isInTexts = !environment.stated.includes('nodes') && nodes.length === 0;

  const setCount = (count: number) => {
    if (!Number.isInteger(count) || count < 1 || count > MOST) return;
    const added = Array.from({ length: Math.max(0, count - nodes.length) }, (_, at) => {
      const index = nodes.length + at;
      return { name: `node-${letter(index)}`, zone: `zone-${letter(index)}` };
    });
    void setScenario(['spec', 'environment', 'nodes'], [...nodes.slice(0, count), ...added]);
  };

  return (
    <div className={styles.setting}>
      <label htmlFor={id} className={styles.name}>
        {t('app.env.nodes')}
      </label>
      <div className={styles.control}>
        <input
          id={id}
          type="number"
          className={controls.field}
          min={1}
          max={MOST}
          value={nodes.length}
          disabled={isInTexts}
          aria-describedby={`${id}-help`}
          onChange={(event) => setCount(event.target.valueAsNumber)}
        />
      </div>
      <p id={`${id}-help`} className={styles.help}>
        {isInTexts ? t('app.env.nodes.in-texts') : t('app.env.nodes.help')}{' '}
        {environment.stated.includes('nodes') && (
          <button type="button" className={controls.link} onClick={() => void setScenario(['spec', 'environment', 'nodes'], undefined)}>
            {t('app.env.reset')}
            <span className="visually-hidden"> {t('app.env.nodes')}</span>
          </button>
        )}
      </p>
      <ul className={styles.nodes}>
        {nodes.map((node, index) => (
          <li key={node.name}>
            <label className={styles.node}>
              <input
                type="checkbox"
                checked={node.down ?? false}
                onChange={(event) =>
                  void setScenario(
                    ['spec', 'environment', 'nodes'],
                    nodes.map((other, at) => ({ ...other, ...(at === index ? { down: event.target.checked } : {}) })),
                  )
                }
              />
              {t('app.env.node-down', { node: node.name })}
            </label>
          </li>
        ))}
      </ul>
    </div>
  );
}
