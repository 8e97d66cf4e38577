/** Name resolution, in the cluster and public (S6). */
export const dns = {
  'dns.verb': 'Resolve',
} as const;
