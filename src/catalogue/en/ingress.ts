/** Ingress controllers (S9, S10). */
export const ingress = {
  'ingress.verb': 'Route',
} as const;
