import { useEffect, useId, useState, type ReactNode } from 'react';
import { PRESETS, refKey, type Comparison, type Origin, type RequestDraft } from '../../engine/index.ts';
import { editDraft, send } from '../store/request-actions.ts';
import { useStore } from '../store/store.ts';
import controls from '../ui/controls.module.css';
import { Icon } from '../ui/Icon.tsx';
import { t, text } from '../ui/locale.ts';
import { Popover } from '../ui/Popover.tsx';
import { PHONE, useMedia } from '../ui/use-media.ts';
import { changeOptions, type Options } from './options.ts';
import { onBeat, pauseAll, resume, type Beat } from './playhead.ts';
import { PricesForm, ServicesField } from './Settings.tsx';
import styles from './Toolbar.module.css';

interface Props {
  readonly comparison: Comparison | null;
  readonly request: RequestDraft;
  readonly options: Options;
  readonly onPlay: () => void;
  readonly onDecide: () => void;
  readonly exports: ReactNode;
}

/** What is compared and how it is shown. On a phone the request stays in sight and the rest opens below it. */
export function Toolbar({ comparison, request, options, onPlay, onDecide, exports }: Props) {
  const isPhone = useMedia(PHONE);
  const preset = (
    <Choose
      label={t('comparing.preset')}
      value={options.preset}
      onChoose={(id) => changeOptions({ preset: PRESETS.find((each) => each.id === id)?.id ?? 'all' })}
    >
      {PRESETS.map(({ id, title }) => (
        <option key={id} value={id}>
          {text(title)}
        </option>
      ))}
    </Choose>
  );
  const what = (
    <>
      <WorkloadField comparison={comparison} />
      <OriginField request={request} />
    </>
  );
  const isOfWays = PRESETS.find(({ id }) => id === options.preset)?.shows === 'ways';
  const how = isOfWays && (
    <>
      {comparison !== null && <ServicesField services={comparison.services} />}
      <label className={styles.check}>
        <input type="checkbox" checked={options.onlyDiffering} onChange={({ target }) => changeOptions({ onlyDiffering: target.checked })} />
        {t('comparing.differ')}
      </label>
    </>
  );
  const settings = (
    <Popover label={t('comparing.settings')} title={t('comparing.settings')} buttonClass={controls.button} align="end">
      {() => (
        <div className={styles.settings}>
          {isPhone && (
            <div className={styles.stack}>
              {what}
              {how}
              {exports}
            </div>
          )}
          <PricesForm prices={options.prices} />
        </div>
      )}
    </Popover>
  );
  return (
    <div className={styles.bar}>
      <div className={styles.line}>
        {preset}
        {!isPhone && what}
        <RequestField request={request} onPlay={onPlay} />
      </div>
      <div className={styles.line}>
        {!isPhone && how}
        <span className={styles.space} />
        <button type="button" className={controls.button} onClick={onDecide}>
          {t('comparing.decide')}
        </button>
        {!isPhone && exports}
        {settings}
      </div>
    </div>
  );
}

function Choose({
  label,
  value,
  onChoose,
  children,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChoose: (value: string) => void;
  readonly children: ReactNode;
}) {
  const id = useId();
  return (
    <div className={styles.choose}>
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={({ target }) => onChoose(target.value)}>
        {children}
      </select>
    </div>
  );
}

function WorkloadField({ comparison }: { readonly comparison: Comparison | null }) {
  if (comparison === null || comparison.workload === null) return null;
  return (
    <Choose label={t('comparing.workload')} value={refKey(comparison.workload)} onChoose={(workload) => changeOptions({ workload })}>
      {comparison.workloads.map((ref) => (
        <option key={refKey(ref)} value={refKey(ref)}>
          {ref.kind} {ref.namespace}/{ref.name}
        </option>
      ))}
    </Choose>
  );
}

/** Choices of a list, not of a search: those that the manifests offer, and the one that asks now. */
const MOST_ORIGINS = 200;
const NO_ORIGINS: readonly Origin[] = [];

function OriginField({ request }: { readonly request: RequestDraft }) {
  const origins = useStore((state) => state.analysis?.origins ?? NO_ORIGINS);
  const here = nameOf(request.from);
  const known = origins.slice(0, MOST_ORIGINS);
  const all = known.some((origin) => nameOf(origin) === here) ? known : [request.from, ...known];
  return (
    <Choose
      label={t('comparing.from')}
      value={here}
      onChoose={(name) => {
        const from = all.find((origin) => nameOf(origin) === name);
        if (from === undefined) return;
        editDraft({ ...request, from });
        send();
      }}
    >
      {all.map((origin) => (
        <option key={nameOf(origin)} value={nameOf(origin)}>
          {nameOf(origin)}
        </option>
      ))}
    </Choose>
  );
}

function nameOf(origin: Origin): string {
  switch (origin.kind) {
    case 'external':
      return t('comparing.from.internet', { ip: origin.ip });
    case 'pod':
      return t('comparing.from.pod', { name: `${origin.namespace}/${origin.name}` });
    case 'workload':
      return t('comparing.from.workload', { kind: origin.workloadKind, name: `${origin.namespace}/${origin.name}` });
    case 'node':
      return t('comparing.from.node', { name: origin.name });
  }
}

/** The URL as it is typed; sent by Enter or the button, and then every way is tried with it. */
function RequestField({ request, onPlay }: { readonly request: RequestDraft; readonly onPlay: () => void }) {
  const id = useId();
  const suggestions = useStore((state) => state.analysis?.suggestions);
  const [typed, setTyped] = useState<string | null>(null);
  const [beat, setBeat] = useState<Beat['status']>('ended');
  useEffect(() => onBeat(({ status }) => setBeat(status)), []);

  const sendAll = () => {
    if (typed !== null && typed !== request.url) {
      editDraft({ ...request, url: typed });
      send();
    } else onPlay();
    setTyped(null);
  };
  const isPlaying = beat === 'playing';
  return (
    <form
      className={styles.request}
      aria-label={t('comparing.request')}
      onSubmit={(event) => {
        event.preventDefault();
        sendAll();
      }}
    >
      <label className="visually-hidden" htmlFor={id}>
        {t('comparing.url')}
      </label>
      <input
        id={id}
        type="text"
        className={`${controls.field} ${controls.mono} ${styles.url}`}
        list={`${id}-list`}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        value={typed ?? request.url}
        onChange={({ target }) => setTyped(target.value)}
      />
      <datalist id={`${id}-list`}>
        {[...new Set((suggestions ?? []).map(({ draft }) => draft.url))].map((url) => (
          <option key={url} value={url}>
            {url}
          </option>
        ))}
      </datalist>
      <button type="submit" className={controls.primary}>
        <Icon name="send" />
        {t('comparing.send')}
      </button>
      {beat !== 'ended' && (
        <button type="button" className={controls.button} onClick={isPlaying ? pauseAll : resume}>
          {isPlaying ? t('comparing.pause') : t('player.play')}
        </button>
      )}
    </form>
  );
}
