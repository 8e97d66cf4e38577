/** Who made this: which controller, from which field (S1.4, S4.6). */
export const provenance = {
  'provenance.replicaset': 'The ReplicaSet controller made this Pod from the template of {owner}.',
} as const;
