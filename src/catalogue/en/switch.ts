/** Switching Ingress controllers on the page: in the environment, and at the controller's station. Loaded with them. */
export const controllerSwitch = {
  'switch.done': '`{implementation}` serves here now.',
  'switch.open': 'Through another controller…',
  'switch.lead': 'The same request and the same manifests, with another controller in the place of this one.',
  'switch.waiting': 'Trying each of them…',
  'switch.failed': 'This could not be worked out. The map still can.',
  'switch.same': 'The answer is the same.',
  'switch.runs': 'Runs here',
  'switch.to': 'Switch to {implementation}',
  'switch.share': '{share} % {end}',
  'switch.headers': '{count|header differs|headers differ}',
  'switch.by': '{product}:',
} as const;
