/** The page: buttons, headings, empty and error states. */
export const app = {
  'app.send': 'Send',
} as const;
