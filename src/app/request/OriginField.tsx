import { useMemo, useState } from 'react';
import type { Origin } from '../../engine/index.ts';
import { editDraft } from '../store/request-actions.ts';
import { useStore } from '../store/store.ts';
import { Combobox, type Choice } from '../ui/Combobox.tsx';
import { t, text } from '../ui/locale.ts';
import { isSameOrigin, originGroup, originLabel, originName, typedAddress } from './origins.ts';
import styles from './RequestBar.module.css';

/** A list longer than this is searched, not read. */
const MOST_SHOWN = 80;
const ORDER: Readonly<Record<Origin['kind'], number>> = { external: 0, workload: 1, pod: 2, node: 3 };
const NO_ORIGINS: readonly Origin[] = [];

/** Who asks: an address on the Internet, a workload, a Pod, a node. Typing searches; an address that is typed is taken. */
export function OriginField() {
  const from = useStore((state) => state.draft.from);
  const origins = useStore((state) => state.analysis?.origins ?? NO_ORIGINS);
  const [typed, setTyped] = useState<string | null>(null);

  const offered = useMemo(() => {
    const search = (typed ?? '').trim().toLowerCase();
    const address = typedAddress(search);
    const known = origins.some((origin) => isSameOrigin(origin, from)) ? origins : [from, ...origins];
    const all = [...(address && !known.some((origin) => isSameOrigin(origin, address)) ? [address] : []), ...known];
    return all
      .filter((origin) => search === '' || text(originLabel(origin)).toLowerCase().includes(search))
      .sort((a, b) => ORDER[a.kind] - ORDER[b.kind])
      .slice(0, MOST_SHOWN);
  }, [origins, from, typed]);

  const choices: Choice[] = offered.map((origin) => ({
    id: `${origin.kind} ${originName(origin)}`,
    group: text(originGroup(origin)),
    label: originName(origin),
    detail: origin.kind === 'workload' ? origin.workloadKind : '',
  }));

  const take = (origin: Origin | null | undefined) => {
    if (origin) editDraft({ from: origin });
    setTyped(null);
  };

  return (
    <div className={styles.from}>
      <span aria-hidden="true">{t('app.from')}</span>
      <Combobox
        label={t('app.from.label')}
        className={styles.fromBox}
        value={typed ?? text(originLabel(from))}
        choices={choices}
        onType={setTyped}
        onPick={(choice) => take(offered[choices.findIndex((other) => other.id === choice.id)])}
        onEnter={() => take(typedAddress(typed ?? '') ?? (typed ? offered[0] : null))}
        onOpenChange={(open) => setTyped(open ? '' : null)}
      />
    </div>
  );
}
