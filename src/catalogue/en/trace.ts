/** A whole trace: verdict, reply. */
export const trace = {
  'trace.reply.verb': 'Reply',
} as const;
