import { useId } from 'react';
import type { Lane, PolicyGroup, PolicyView, SideView } from '../../engine/index.ts';
import { t } from '../ui/locale.ts';
import { Rich } from '../ui/Rich.tsx';
import { LaneItem } from './LaneItem.tsx';
import styles from './Lanes.module.css';
import { changeOptions } from './options.ts';

/** One group of Pods: who may reach it, and what it may reach. */
export function Lanes({ groups, view }: { readonly groups: readonly PolicyGroup[]; readonly view: PolicyView }) {
  const id = useId();
  const namespaces = [...new Set(groups.map(({ namespace }) => namespace))];
  const { subject, ingress, egress } = view;
  return (
    <div className={styles.lanes}>
      <p className={styles.subject}>
        <label htmlFor={id}>{t('policies.subject')}</label>
        <select id={id} value={subject.id} onChange={({ target }) => changeOptions({ of: target.value })}>
          {namespaces.map((namespace) => (
            <optgroup key={namespace} label={namespace}>
              {groups
                .filter((group) => group.namespace === namespace)
                .map((group) => (
                  <option key={group.id} value={group.id}>
                    {group.name}
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
        <span className={styles.count}>{t('policies.count', { count: subject.pods.length })}</span>
      </p>
      <div className={styles.sides}>
        <Side subject={subject} side={ingress} direction="ingress" />
        <Side subject={subject} side={egress} direction="egress" />
      </div>
    </div>
  );
}

interface SideProps {
  readonly subject: PolicyGroup;
  readonly side: SideView;
  readonly direction: 'ingress' | 'egress';
}

function Side({ subject, side, direction }: SideProps) {
  const id = useId();
  const isIn = direction === 'ingress';
  const stopped = side.lanes.filter(({ verdict }) => verdict === 'denied');
  const passing = side.lanes.filter(({ verdict }) => verdict !== 'denied');
  const list = (lanes: readonly Lane[]) => (
    <ul className={styles.list}>
      {lanes.map((lane) => (
        <LaneItem key={lane.peer.id} lane={lane} direction={direction} isItself={lane.peer.id === subject.id} />
      ))}
    </ul>
  );
  return (
    <section className={styles.side} aria-labelledby={id}>
      <h3 id={id}>{isIn ? t('policies.to', { name: subject.name }) : t('policies.from', { name: subject.name })}</h3>
      <p className={styles.isolation}>
        {side.isolation === null ? t(isIn ? 'policies.not-isolated-ingress' : 'policies.not-isolated-egress') : <Rich message={side.isolation} />}
      </p>
      <h4>{t('policies.passes')}</h4>
      {passing.length === 0 ? <p className={styles.nobody}>{t(isIn ? 'policies.nobody-passes' : 'policies.nothing-passes')}</p> : list(passing)}
      {stopped.length > 0 && (
        <>
          <h4>{t('policies.stopped')}</h4>
          {list(stopped)}
        </>
      )}
    </section>
  );
}
