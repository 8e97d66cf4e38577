/** What the API server would not take (S4). */
export const rejection = {
  'rejection.required': '`{path}` is required.',
} as const;
