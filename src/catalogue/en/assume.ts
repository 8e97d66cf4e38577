/** Assumptions: what nobody stated, and its alternatives (S1.3, S1.3a). */
export const assume = {
  'assume.yes': 'yes',
  'assume.no': 'no',
} as const;
