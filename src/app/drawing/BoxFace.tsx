import { msg, type MessageId } from '../../catalogue/message.ts';
import type { Box, BoxState, Words } from '../../scene/scene.ts';
import { t, text } from '../ui/locale.ts';
import styles from './BoxFace.module.css';

const say = (words: Words): string => (typeof words === 'string' ? words : text(words));

interface Props {
  readonly box: Box;
  readonly isCurrent: boolean;
  /** A picture beside a text leads nowhere: its boxes are no buttons. */
  readonly as: 'button' | 'div';
}

/** One thing on the map: what it is, its name, its facts. */
export function BoxFace({ box, isCurrent, as: Element }: Props) {
  const kicker = say(box.kicker);
  return (
    <Element
      {...(Element === 'button' && { type: 'button' })}
      className={styles.box}
      data-state={box.state}
      data-outline={box.outline}
      data-lane={box.lane}
      data-current={isCurrent || undefined}
      data-inline={box.kickerInline || undefined}
      aria-current={isCurrent ? 'step' : undefined}
    >
      {box.rules.map((rule) => (
        <span key={rule} className={styles.rule}>
          {rule}
        </span>
      ))}
      {kicker !== '' && (
        <span className={styles.kicker}>
          {kicker}
          {!box.kickerInline && <Assumed box={box} />}
        </span>
      )}
      <span className={styles.title}>
        {box.titleLines.length < 2 ? (
          <span className={styles.line}>{say(box.title)}</span>
        ) : (
          <>
            <span aria-hidden="true">
              {box.titleLines.map((line) => (
                <span key={line} className={styles.line}>
                  {line}
                </span>
              ))}
            </span>
            <span className="visually-hidden">{say(box.title)}</span>
          </>
        )}
        {(box.kickerInline || kicker === '') && <Assumed box={box} />}
      </span>
      {box.facts.map((fact) => (
        <span key={say(fact)} className={styles.fact} data-word={typeof fact !== 'string' || undefined} data-bad={isBad(fact) || undefined}>
          {say(fact)}
        </span>
      ))}
      <span className="visually-hidden">
        {[
          ...(kicker === '' && box.object !== null ? [box.object.kind] : []),
          text(STATES[box.state]),
          ...(box.assumptions.length > 0 && box.state !== 'assumed' ? [t('scene.assumed')] : []),
        ].join(', ')}
      </span>
    </Element>
  );
}

const isBad = (fact: Words): boolean => typeof fact !== 'string' && BAD.has(fact.id);
const BAD: ReadonlySet<string> = new Set<MessageId>([
  'scene.fact.selects-none',
  'scene.fact.none-ready',
  'scene.fact.missing',
  'scene.fact.no-controller',
  'scene.fact.pending',
  'scene.fact.listener-idle',
  'scene.fact.grant-missing',
  'scene.fact.no-parent',
  'scene.fact.parent-missing',
  'scene.fact.no-listener',
  'scene.fact.not-allowed',
  'scene.fact.no-host',
  'scene.fact.not-accepted',
  'scene.fact.no-service',
  'scene.fact.no-port',
  'scene.fact.protocol',
  'scene.fact.shadowed',
]);

/** A question mark beside what nobody stated. */
function Assumed({ box }: { readonly box: Box }) {
  if (box.assumptions.length === 0) return null;
  return (
    <span className={styles.assumed} title={t('scene.assumed')} aria-hidden="true">
      ?
    </span>
  );
}

const STATES: Readonly<Record<BoxState, ReturnType<typeof msg>>> = {
  quiet: msg('scene.state.quiet'),
  possible: msg('scene.state.possible'),
  taken: msg('scene.state.taken'),
  arrived: msg('scene.state.arrived'),
  failed: msg('scene.state.failed'),
  excluded: msg('scene.state.excluded'),
  assumed: msg('scene.state.assumed'),
};
