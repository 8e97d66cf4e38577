/** What controllers made of the objects, and what they could not (S5, S8.1, S9.2). */
export const cluster = {
  'cluster.lb-pending': 'No controller in this cluster provides load balancers, so the address stays pending.',
} as const;
