/** Headers and options of a request. Loaded with their panel. */
export const headers = {
  'app.headers.title': 'Headers',
  'app.headers.name': 'Name of header {number}',
  'app.headers.value': 'Value of header {number}',
  'app.headers.remove': 'Remove header {number}',
  'app.headers.add': 'Add a header',
  'app.headers.host-note': 'A Host header changes what rules see. The name to resolve and the TLS server name still come from the URL.',
  'app.options.title': 'Options',
  'app.options.follow': 'Follow redirects',
  'app.options.insecure': 'Accept any certificate',
  'app.options.connect-to': 'Connect to',
  'app.options.connect-note': 'Connects to this host and port instead of those of the URL, like `curl --connect-to`.',
} as const;
