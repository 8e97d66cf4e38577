import { msg, type Message } from '../../catalogue/message.ts';
import { unsupportedCases, type SuiteFigures } from '../../conformance/figures.ts';
import { sourceUrl } from '../../conformance/source.ts';
import { t } from '../ui/locale.ts';
import { Rich } from '../ui/Rich.tsx';
import { Bar } from './Bar.tsx';
import styles from './SuiteItem.module.css';
import { MissItem } from './MissItem.tsx';

/** What the suites are about; another suite is called by its name alone. */
const TOPICS: Readonly<Record<string, Message>> = {
  apps: msg('exact.suite.apps'),
  dns: msg('exact.suite.dns'),
  'docs-ingress': msg('exact.suite.docs-ingress'),
  'docs-network-policy': msg('exact.suite.docs-network-policy'),
  'docs-source-ip': msg('exact.suite.docs-source-ip'),
  'gateway-api-conditions': msg('exact.suite.gateway-api-conditions'),
  'gateway-api-extra': msg('exact.suite.gateway-api-extra'),
  'gateway-api-grpc': msg('exact.suite.gateway-api-grpc'),
  'gateway-api-http': msg('exact.suite.gateway-api-http'),
  'gateway-api-mesh': msg('exact.suite.gateway-api-mesh'),
  'gateway-api-tls-tcp': msg('exact.suite.gateway-api-tls-tcp'),
  'ingress-conformance': msg('exact.suite.ingress-conformance'),
  'ingress-nginx': msg('exact.suite.ingress-nginx'),
  'kube-proxy': msg('exact.suite.kube-proxy'),
  'netpol-analyzer': msg('exact.suite.netpol-analyzer'),
  'network-policy': msg('exact.suite.network-policy'),
};

/** One suite: how many of its cases come out as stated, where they were read, and every one that does not. */
export function SuiteItem({ figures }: { readonly figures: SuiteFigures }) {
  const { suite, cases, passed, unsupported, misses, oracles } = figures;
  const gaps = unsupportedCases(figures);
  const topic = TOPICS[suite];
  return (
    <li className={styles.suite}>
      <div className={styles.head}>
        <h4>{topic === undefined ? <code>{suite}</code> : <Rich message={topic} plain />}</h4>
        <span className={styles.count}>{t('exact.of', { passed, cases })}</span>
      </div>
      <Bar name={suite} cases={cases} passed={passed} unsupported={gaps} missed={misses.length} />
      <p className={styles.oracles}>
        {t('exact.read-from')}{' '}
        {oracles.map(({ repository, commit }, index) => (
          <span key={repository}>
            {index > 0 && ', '}
            <a href={sourceUrl({ repository, commit, path: null })} target="_blank" rel="noreferrer">
              {repository}
            </a>
          </span>
        ))}
      </p>
      {gaps > 0 && (
        <details>
          <summary>{t('exact.gaps', { count: gaps })}</summary>
          <ul className={styles.gaps}>
            {unsupported.map(({ reason, cases: count }) => (
              <li key={reason}>
                <Rich message={msg('exact.gap', { reason, count })} />
              </li>
            ))}
          </ul>
        </details>
      )}
      {misses.length > 0 && (
        <details>
          <summary>{t('exact.misses', { count: misses.length })}</summary>
          <ul className={styles.misses}>
            {misses.map((miss) => (
              <MissItem key={miss.id} suite={suite} miss={miss} />
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}
