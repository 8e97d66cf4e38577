/** A packet that nobody takes: the last hop of a way that ends on the network. */
import type { Message } from '../../../catalogue/message.ts';
import { msg } from '../../../catalogue/message.ts';
import type { RuleId } from '../../manifests/finding.ts';
import type { ObjectRef } from '../../manifests/object-ref.ts';
import type { Command } from '../../trace/hop.ts';
import type { Outcome } from '../../trace/outcome.ts';
import type { HopDecision, Reason } from '../component.ts';

interface Loss {
  readonly title: Message;
  readonly why: readonly Message[];
  readonly rules: readonly RuleId[];
  readonly outcome: Outcome;
  readonly because?: readonly Reason[];
  readonly object?: ObjectRef | null;
  readonly assumptions?: readonly string[];
  readonly commands?: readonly Command[];
}

export function lost({ title, why, rules, outcome, because = [], object = null, assumptions = [], commands = [] }: Loss): HopDecision {
  return {
    kind: 'hop',
    hop: 'network',
    actor: { component: 'network', instance: null, node: null, namespace: null },
    layer: 'L3',
    verb: msg('network.verb.lost'),
    title,
    why: [...why, msg(outcome.code === 'NO_ROUTE' ? 'network.why.no-route' : 'network.why.lost')],
    rules,
    because,
    object,
    assumptions,
    commands,
    becomes: { kind: 'end', outcome, stage: 'connect' },
  };
}
