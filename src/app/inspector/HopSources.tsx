import { details as words } from '../../catalogue/en/details.ts';
import { learnWords } from '../../catalogue/page-words.ts';
import type { Hop } from '../../engine/index.ts';
import { Commands } from './Commands.tsx';
import { MadeBy } from './MadeBy.tsx';
import { Rules } from './Rules.tsx';

learnWords(words);

/** Where a decision comes from beyond the texts: who made what was read, how to see it on a cluster, where the rules are written. */
export function HopSources({ hop }: { readonly hop: Hop }) {
  return (
    <>
      <MadeBy objects={[hop.object, ...hop.consulted.map((consulted) => consulted.object)]} />
      <Commands commands={hop.commands} />
      <Rules rules={hop.rules} />
    </>
  );
}
