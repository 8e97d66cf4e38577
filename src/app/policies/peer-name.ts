import type { PolicyGroup, ReachVerdict } from '../../engine/index.ts';
import { t } from '../ui/locale.ts';

/** What a group is called on the page. */
export function peerName({ kind, name }: PolicyGroup): string {
  switch (kind) {
    case 'pods':
      return name;
    case 'dns':
      return t('policies.peer.dns');
    case 'nodes':
      return t('policies.peer.nodes');
    case 'range':
      return t('policies.peer.range', { range: name });
    case 'outside':
      return t('policies.peer.outside');
  }
}

type Verdict = ReachVerdict | 'some' | 'none';

export const verdictName = (verdict: Verdict) => t(`policies.verdict.${verdict}`);

export const VERDICTS: readonly Verdict[] = ['allowed', 'open', 'exempt', 'some', 'denied', 'none'];
