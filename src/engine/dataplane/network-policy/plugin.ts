/**
 * What upstream leaves to the network plugin, each with the behaviour taken here, and the assumption that changes it
 * (S13.4, S13.7, S13.8, S13.10, S13.12; U4).
 */
import { msg, type Message } from '../../../catalogue/message.ts';
import type { Environment } from '../../cluster/environment.ts';
import type { Json } from '../../manifests/document.ts';
import type { Assumption } from '../../trace/assumption.ts';

export interface Plugin {
  readonly enforces: boolean;
  /** An `ipBlock` may match the address of a Pod. */
  readonly rangesHoldPods: boolean;
  /** What a node's address stands for after masquerading: its own node is always let in, every node is, or it is an address like any other. */
  readonly nodeAddress: 'own-node' | 'any-node' | 'address';
  /** Selectors see Pods that share the network of their node. */
  readonly seesHostNetwork: boolean;
  /** A denied connection is refused instead of dropped. */
  readonly rejects: boolean;
  /** Isolation covers pings as well. */
  readonly isolatesPings: boolean;
}

/** The questions; `cniEnforcesNetworkPolicy` is a value of the environment and listed with those. */
export type PluginQuestion = Exclude<keyof Plugin, 'enforces'>;

const DEFAULTS: Omit<Plugin, 'enforces'> = {
  rangesHoldPods: true,
  nodeAddress: 'own-node',
  seesHostNetwork: false,
  rejects: false,
  isolatesPings: true,
};

const ID: Readonly<Record<PluginQuestion, string>> = {
  rangesHoldPods: 'network-policy:ip-block-holds-pods',
  nodeAddress: 'network-policy:node-address',
  seesHostNetwork: 'network-policy:sees-host-network',
  rejects: 'network-policy:rejects',
  isolatesPings: 'network-policy:isolates-pings',
};

/** As answered, else as most plugins do. An answer that is none of the choices counts as none. */
export function pluginOf({ assume, cniEnforcesNetworkPolicy }: Environment): Plugin {
  const yes = (question: PluginQuestion, otherwise: boolean) => {
    const answer = assume[ID[question]];
    return typeof answer === 'boolean' ? answer : otherwise;
  };
  const nodeAddress = assume[ID.nodeAddress];
  return {
    enforces: cniEnforcesNetworkPolicy,
    rangesHoldPods: yes('rangesHoldPods', DEFAULTS.rangesHoldPods),
    nodeAddress: nodeAddress === 'any-node' || nodeAddress === 'address' ? nodeAddress : DEFAULTS.nodeAddress,
    seesHostNetwork: yes('seesHostNetwork', DEFAULTS.seesHostNetwork),
    rejects: yes('rejects', DEFAULTS.rejects),
    isolatesPings: yes('isolatesPings', DEFAULTS.isolatesPings),
  };
}

/** The questions that nobody answered, as assumptions with their choices. */
export function assumptionsAbout({ assume }: Environment, questions: readonly PluginQuestion[]): readonly Assumption[] {
  return [...new Set(questions)]
    .filter((question) => assume[ID[question]] === undefined)
    .map((question) => ({ id: ID[question], origin: 'default', message: MESSAGE[question], choices: choicesOf(question) }));
}

const MESSAGE: Readonly<Record<PluginQuestion, Message>> = {
  rangesHoldPods: msg('network-policy.assume.ranges-hold-pods'),
  nodeAddress: msg('network-policy.assume.node-address'),
  seesHostNetwork: msg('network-policy.assume.host-network'),
  rejects: msg('network-policy.assume.drops'),
  isolatesPings: msg('network-policy.assume.pings'),
};

function choicesOf(question: PluginQuestion): Assumption['choices'] {
  const current = DEFAULTS[question];
  const choice = (label: Message, value: Json) => ({
    label,
    current: value === current,
    set: { path: ['spec', 'environment', 'assume', ID[question]], value },
  });
  switch (question) {
    case 'nodeAddress':
      return [
        choice(msg('network-policy.choice.own-node'), 'own-node'),
        choice(msg('network-policy.choice.any-node'), 'any-node'),
        choice(msg('network-policy.choice.address'), 'address'),
      ];
    case 'rejects':
      return [choice(msg('network-policy.choice.drop'), false), choice(msg('network-policy.choice.reject'), true)];
    case 'rangesHoldPods':
    case 'isolatesPings':
      return [choice(msg('assume.yes'), true), choice(msg('assume.no'), false)];
    case 'seesHostNetwork':
      return [choice(msg('network-policy.choice.host-unseen'), false), choice(msg('network-policy.choice.host-seen'), true)];
  }
}
