/** Words of the status that controllers would write, in the details of an object. */
export const status = {
  'status.title': 'What the controller writes into its status',
  'status.nobody': 'No controller answers for this object, so its status stays empty.',
  'status.listener': 'Listener {name}, {count|route|routes} attached',
  'status.parent': 'For {name}',
} as const;
