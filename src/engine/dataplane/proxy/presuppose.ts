/** What a request takes for granted although no manifest says so, with the answers a person gave (S1.3a). */
import type { Message } from '../../../catalogue/message.ts';
import { answerTo, yesOrNo } from '../../cluster/assumptions.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { Assumption } from '../../trace/assumption.ts';

export interface Presupposed {
  readonly holds: boolean;
  /** Empty where a person settled it. */
  readonly assumes: readonly Assumption[];
}

/** An object that was not pasted: there all the same in a pasted part, missing in a closed world. */
export function presumeExists(cluster: Cluster, id: string, message: Message): Presupposed {
  switch (answerTo(cluster.environment, id)) {
    case 'refused':
      return { holds: false, assumes: [] };
    case 'stated':
      return { holds: true, assumes: [] };
    case 'assumed':
      return { holds: true, assumes: [{ id, origin: 'inferred', message, choices: yesOrNo(id) }] };
  }
}

/** What no manifest can say, such as a password: true unless a person says no. */
export function presume(cluster: Cluster, id: string, message: Message): Presupposed {
  return presumeAs(cluster.environment.complete ? 'default' : 'inferred', cluster, id, message);
}

/** What usually holds, so that the verdict stands with it: true unless a person says no. */
export function presumeUsual(cluster: Cluster, id: string, message: Message): Presupposed {
  return presumeAs('default', cluster, id, message);
}

function presumeAs(origin: Assumption['origin'], { environment: { assume } }: Cluster, id: string, message: Message): Presupposed {
  if (assume[id] === false) return { holds: false, assumes: [] };
  return { holds: true, assumes: assume[id] === undefined ? [{ id, origin, message, choices: yesOrNo(id) }] : [] };
}
