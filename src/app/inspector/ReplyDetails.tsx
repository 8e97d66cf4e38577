import { useEffect, useState } from 'react';
import { details as words } from '../../catalogue/en/details.ts';
import { learnWords } from '../../catalogue/page-words.ts';
import { msg } from '../../catalogue/message.ts';
import { formatSocket, type Packet, type Trace } from '../../engine/index.ts';
import { engine } from '../store/analysis-actions.ts';
import { useStore } from '../store/store.ts';
import { t, text } from '../ui/locale.ts';
import { Rich } from '../ui/Rich.tsx';
import { CommandLine } from './Commands.tsx';
import { VerdictCard } from './VerdictCard.tsx';
import styles from './Inspector.module.css';

learnWords(words);

const arrow = (packet: Packet) => `${formatSocket(packet.src)} → ${formatSocket(packet.dst)}`;

/** The way back: every translation undone, last hop first, and what the client prints. */
export function ReplyDetails({ trace }: { readonly trace: Trace }) {
  const branch = trace.branches[trace.taken];
  // The player's own word: a request that nobody answers has no reply.
  const verb = useStore((state) => state.analysis?.scene?.stops.at(-1)?.verb);
  return (
    <>
      <header>
        <p className={styles.kicker}>{t('app.reply.kicker')}</p>
        <h2 className={styles.title}>{verb ? text(verb) : t('app.reply')}</h2>
      </header>
      <VerdictCard trace={trace} />
      {branch && branch.reply.length > 0 && (
        <section>
          <h3>{t('app.reply.translations')}</h3>
          <ol>
            {branch.reply.map((step) => (
              <li key={step.hop} className={styles.replyStep}>
                <span className={styles.stationNumber}>{branch.hops.indexOf(step.hop) + 1}</span>
                <div>
                  <p className={styles.sentence}>
                    <Rich message={step.why} />
                  </p>
                  <p className={styles.addresses}>
                    {arrow(step.before) === arrow(step.after) ? (
                      arrow(step.after)
                    ) : (
                      <>
                        <del>{arrow(step.before)}</del>
                        <ins>{arrow(step.after)}</ins>
                      </>
                    )}
                  </p>
                </div>
              </li>
            ))}
          </ol>
          {branch.reply.some((step) => `${arrow(step.before)} ${arrow(step.after)}`.includes(':*')) && (
            <p className={styles.replyNote}>
              <Rich message={msg('app.reply.any-port')} />
            </p>
          )}
        </section>
      )}
      <RequestAsCurl />
    </>
  );
}

/** The request on screen as a command. */
function RequestAsCurl() {
  const sent = useStore((state) => state.sent);
  const [command, setCommand] = useState<string | null>(null);
  useEffect(() => {
    if (!sent) return;
    let isCurrent = true;
    engine()
      .ask('formatCurl', sent)
      .then((line) => isCurrent && setCommand(line))
      // A worker that died has been reported already.
      .catch(() => isCurrent && setCommand(null));
    return () => {
      isCurrent = false;
    };
  }, [sent]);
  if (command === null) return null;
  return (
    <section>
      <h3>{t('app.request-as-curl')}</h3>
      <CommandLine line={command} />
    </section>
  );
}
