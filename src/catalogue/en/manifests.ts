/** Reading texts: syntax, templates, unknown kinds. */
export const manifests = {
  'manifests.syntax': '{reason}',
} as const;
