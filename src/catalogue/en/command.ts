/** What a command for a real cluster shows. */
export const command = {
  'command.endpoints': 'The Pods behind the Service',
} as const;
