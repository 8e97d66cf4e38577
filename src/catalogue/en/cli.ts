/** The command: usage, errors of its arguments. */
export const cli = {
  'cli.usage': 'Usage: podpath trace [-f FILE]… [--from WHO] [--partial] [--json] URL',
} as const;
