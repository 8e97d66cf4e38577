/** Load balancers, in clouds and on bare metal (S8). */
export const loadBalancer = {
  'load-balancer.verb': 'Balance',
} as const;
