/** The client and the network between it and the cluster (S1.6). */
export const client = {
  'client.no-route': 'Nothing on this network answers for `{ip}`.',
} as const;
