/** The page of rules: which one takes a request, and in which order they are tried. Loaded with the page. */
export const rulesPage = {
  'rules.title': 'Which rule takes it?',
  'rules.lead': 'Every Ingress rule and route for a host, in the order in which its controller or Gateway tries them.',
  'rules.host': 'Host',
  'rules.path': 'Path',
  'rules.method': 'Method',
  'rules.send': 'Send this request',
  'rules.waiting': 'Working it out…',
  'rules.failed': 'This could not be worked out. The map still can.',
  'rules.no-host': 'Type a host to see which rules there are for it.',
  'rules.none': 'No Ingress controller or Gateway here has a rule for `{host}`.',
  'rules.nothing': 'There is no Ingress and no route here yet. Paste some, or open an example.',

  'rules.taken': 'Takes it',
  'rules.lost': 'Fits, but stands lower',
  'rules.excluded': 'Does not fit',
  'rules.shadowed': 'Rules that no request can reach',
  'rules.shadowed.lead': 'Whatever a client asks for, another rule stands before these.',
  'rules.shadowed.by': 'Behind',
} as const;
