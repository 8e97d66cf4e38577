/**
 * The ladder: for a host and a path, every rule that could take the request, in the order in which the implementation
 * that serves it tries them, with the criterion that puts each rung above the next; and all rules that no request can
 * reach, with the rule that stands before them. It reads the same lists as the data plane does.
 */
import type { Message } from '../../catalogue/message.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { RuleId } from '../manifests/finding.ts';
import type { Evidence } from '../trace/hop.ts';
import type { ConsideredChoice } from './component.ts';
import { witnessOf } from './evidence.ts';
import { gatewayLadders } from './gateway/ladder.ts';
import { ingressLadders } from './ingress-controller/ladder.ts';

export interface LadderQuestion {
  readonly host: string;
  /** Path, with a query or without. */
  readonly path: string;
  /** GET unless stated. */
  readonly method?: string;
  readonly headers?: readonly (readonly [name: string, value: string])[];
}

/** The ladders of everything that would serve the host: one per Gateway listener or Ingress controller. */
export interface Ladder {
  /** Who serves it: `Gateway shop/public, listener http` or `ingress-nginx`. */
  readonly server: Message;
  /** Highest first. Empty where nothing it knows is for the host. */
  readonly rungs: readonly Rung[];
}

export interface Rung {
  readonly what: Message;
  /** `taken`: it serves the request; `lost`: it matches and stands lower; `excluded`: it does not match. */
  readonly result: 'taken' | 'lost' | 'excluded';
  readonly why: Message;
  /** By which criterion it stands above the next rung; null for the last. */
  readonly above: Message | null;
  readonly rules: readonly RuleId[];
  readonly evidence: readonly Evidence[];
}

/** A rule that no request can reach, whatever it asks for. */
export interface Shadowed {
  readonly what: Message;
  readonly by: Message;
  readonly why: Message;
  readonly rules: readonly RuleId[];
  readonly evidence: readonly Evidence[];
}

export interface Ladders {
  readonly ladders: readonly Ladder[];
  /** Of the whole cluster, whatever the host. */
  readonly shadowed: readonly Shadowed[];
}

/** What a room says of one of its lists, before fields become places in the texts. */
export interface LadderDraft {
  readonly server: Message;
  readonly rungs: readonly (ConsideredChoice & { readonly above: Message | null })[];
}

export interface ShadowedDraft extends Pick<ConsideredChoice, 'what' | 'why' | 'rules' | 'because'> {
  readonly by: Message;
}

export function laddersOf(cluster: Cluster, question: LadderQuestion): Ladders {
  const witness = witnessOf(cluster);
  const parts = [gatewayLadders(cluster, question), ingressLadders(cluster, question)];
  const placed = ({ rules = [], because = [] }: Pick<ConsideredChoice, 'rules' | 'because'>) => ({ rules, evidence: because.map(witness) });
  return {
    ladders: parts.flatMap(({ ladders }) =>
      ladders.map(({ server, rungs }) => ({
        server,
        rungs: rungs.map((rung): Rung => ({
          what: rung.what,
          result: rung.result === 'possible' ? 'lost' : rung.result,
          why: rung.why,
          above: rung.above,
          ...placed(rung),
        })),
      })),
    ),
    shadowed: parts.flatMap(({ shadowed }) => shadowed.map((one): Shadowed => ({ what: one.what, by: one.by, why: one.why, ...placed(one) }))),
  };
}
