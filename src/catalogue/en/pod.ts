/** A Pod and its containers (S5.7, S14.4). */
export const pod = {
  'pod.verb': 'Deliver',
} as const;
