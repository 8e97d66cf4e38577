import type { ReactNode } from 'react';
import { failuresPage } from '../../catalogue/en/failures-page.ts';
import type { FailureCode } from '../../catalogue/meaning.ts';
import { msg } from '../../catalogue/message.ts';
import { learnWords } from '../../catalogue/page-words.ts';
import { goToPage } from '../store/link-actions.ts';
import { addressOf } from '../store/pages.ts';
import { Rich } from '../ui/Rich.tsx';

learnWords(failuresPage);

interface Props {
  /** Null leads to the list of all. */
  readonly code: FailureCode | null;
  readonly className?: string | undefined;
  readonly isCurrent?: boolean;
  readonly children?: ReactNode;
}

/** Leads to what the page "Failures" says of a code. */
export function FailureLink({ code, className, isCurrent = false, children }: Props) {
  const options = code === null ? {} : { code };
  return (
    <a
      href={addressOf('failures', options)}
      className={className}
      aria-current={isCurrent ? 'page' : undefined}
      onClick={(event) => {
        // A new tab or window stays the browser's business.
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        goToPage('failures', options);
      }}
    >
      {children ?? (code !== null && <Rich message={msg('failures.link', { code })} plain />)}
    </a>
  );
}
