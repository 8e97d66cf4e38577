/** The network outside components: routes, firewalls, addresses nobody owns (S1.6, S7.4). */
export const network = {
  'network.verb': 'Carry',
} as const;
