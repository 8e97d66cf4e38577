import { formatFieldPath, nameKey, type Lane, type LanePort } from '../../engine/index.ts';
import { goToPage } from '../store/link-actions.ts';
import { editDraft, send } from '../store/request-actions.ts';
import { reveal } from '../store/view-actions.ts';
import controls from '../ui/controls.module.css';
import { Icon } from '../ui/Icon.tsx';
import { t } from '../ui/locale.ts';
import { Rich } from '../ui/Rich.tsx';
import { verdictName } from './peer-name.ts';
import styles from './PortReasons.module.css';
import { Sign } from './Sign.tsx';

/** Why a connection passes or does not, port by port, and the way to the rule and to the request that shows it. */
export function PortReasons({ lane }: { readonly lane: Lane }) {
  const { ports, request } = lane;
  return (
    <div className={styles.reasons}>
      <ul className={styles.ports}>
        {ports.map((port) => (
          <li key={`${port.protocol} ${port.port}`}>
            <p className={styles.port}>
              <Sign verdict={port.verdict} />
              <code>{t('policies.port', { protocol: port.protocol, port: port.port })}</code>
              <span>
                {verdictName(port.verdict)}
                {port.verdict === 'denied' && port.side !== null && ` ${t(`policies.side.${port.side}`)}`}
              </span>
            </p>
            <Reason port={port} />
          </li>
        ))}
      </ul>
      {request === null ? (
        <p className={styles.quiet}>{t('policies.no-request')}</p>
      ) : (
        <button
          type="button"
          className={controls.button}
          onClick={() => {
            editDraft({ from: request.from, method: 'GET', url: request.url, headers: [], connectTo: '' });
            goToPage('path');
            send();
          }}
        >
          <Icon name="send" />
          {t('policies.send')}
        </button>
      )}
    </div>
  );
}

function Reason({ port }: { readonly port: LanePort }) {
  const { verdict, rule, range, why } = port;
  const args = rule === null ? null : { path: formatFieldPath(rule.path), policy: nameKey(rule.policy.namespace, rule.policy.name) };
  return (
    <div className={styles.why}>
      {verdict === 'open' && <p>{t('policies.open-both')}</p>}
      {verdict === 'allowed' && args !== null && <p>{t('policies.allowed', args)}</p>}
      {why.map((message, index) => (
        // The order of sentences never changes within one answer.
        // oxlint-disable-next-line react/no-array-index-key
        <p key={index}>
          <Rich message={message} />
        </p>
      ))}
      {verdict !== 'exempt' && args !== null && range !== null && (
        <button
          type="button"
          className={controls.link}
          onClick={() => {
            goToPage('path');
            reveal(range);
          }}
        >
          {t('policies.rule.show')}
          <span className="visually-hidden"> {t('policies.rule', args)}</span>
        </button>
      )}
    </div>
  );
}
