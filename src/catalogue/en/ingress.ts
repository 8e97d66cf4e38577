/** Ingress controllers (S9, S10). */
export const ingress = {
  'ingress.verb': 'Route',
  'ingress.verb.tls': 'End TLS',

  // Headlines
  'ingress.title.rule': 'The Ingress controller picks path `{path}` of Ingress `{ingress}`, then a Pod',
  'ingress.title.default-backend': 'No rule matches, so the default backend of Ingress `{ingress}` answers',
  'ingress.title.no-match': 'No rule matches `{host}{path}`',
  'ingress.title.empty': 'Path `{path}` matches, but nobody stands behind it',
  'ingress.title.tls-failed': 'The client refuses the certificate for `{host}`',
  'ingress.title.plain-on-tls': 'Plain HTTP arrives where TLS is spoken',
  'ingress.title.opened': 'The Ingress controller takes the connection',
  'ingress.title.closed': 'The Ingress controller ends the connection',
  'ingress.title.passthrough': 'The server name leads to Service `{service}`, and TLS stays whole',

  // What is in an Ingress
  'ingress.entry': '{pathType} `{path}` for host `{host}` in Ingress `{ingress}`',
  'ingress.entry.all-hosts': '{pathType} `{path}` for all hosts in Ingress `{ingress}`',
  'ingress.entry.whole': 'Ingress `{ingress}`',
  'ingress.endpoint': '`{endpoint}` of Service `{service}`',
  'ingress.endpoint.pod': '`{endpoint}`, Pod `{pod}`',

  // Why this rule
  'ingress.why.host': 'The Host header is `{host}`, and a rule names exactly that host.',
  'ingress.why.wildcard-host': 'The host matches `{host}`: a wildcard stands for exactly one label.',
  'ingress.why.all-hosts': 'The rule names no host, so it is for all hosts.',
  'ingress.why.exact': 'The path is equal to `{path}`, and an Exact path goes before a Prefix of the same length.',
  'ingress.why.prefix': 'Of the paths that match, `{path}` is the longest. Prefix compares whole elements between slashes.',
  'ingress.why.no-host': 'No rule is for host `{host}`.',
  'ingress.why.no-path': 'No rule for host `{host}` has a path that matches `{path}`.',
  'ingress.why.default-backend': 'Ingress `{ingress}` has a default backend for requests that no rule matches.',
  'ingress.why.plain-on-tls': 'Port `{port}` of the Ingress controller expects a TLS handshake. It reads an HTTP request and answers with an error.',
  'ingress.why.opened': 'The connection holds no HTTP request. Without a host and a path there is no rule to pick.',
  'ingress.why.not-tcp': 'The Ingress controller listens for TCP here, not for {protocol}.',
  'ingress.why.passthrough': 'Service `{service}` gets the encrypted bytes as they are. The path is not visible and takes no part.',
  'ingress.upstream.rule': 'It stands behind path `{path}`.',
  'ingress.generic.no-match': 'What this Ingress controller answers then is up to it. Status 404 is usual.',
  'ingress.generic.empty': 'What this Ingress controller answers then is up to it. Status 503 is usual.',

  // Why another one lost
  'ingress.lost.longer': 'It matches too, but `{path}` is longer.',
  'ingress.lost.exact': 'It matches too, but the Exact path `{path}` goes first.',
  'ingress.lost.host': 'It matches too, but a rule for host `{host}` is more specific.',
  'ingress.lost.same': 'Ingress `{ingress}` holds the same host and path and is older.',
  'ingress.no-match.exact': 'Exact means equal to every character: `{path}` is not `{pattern}`.',
  'ingress.no-match.prefix': '`{path}` does not begin with `{pattern}`.',
  'ingress.no-match.element': '`{path}` begins with `{pattern}` only in the middle of an element. Prefix compares whole elements.',

  // How a Pod is picked
  'ingress.pick.only': 'Service `{service}` is read for its endpoints: only `{endpoint}` is ready. The new connection goes there directly.',
  'ingress.pick.equal':
    'Service `{service}` is read for its endpoints. Each of the {endpoints|ready endpoint|ready endpoints} gets the same share, without the ClusterIP.',
  'ingress.pick.sticky': 'Cookie `{cookie}` keeps a client at one endpoint of Service `{service}`. Without it, any ready endpoint is picked.',
  'ingress.pick.cluster-ip': 'The new connection goes to Service `{service}` at `{address}`. The kernel of this node picks the Pod.',
  'ingress.pick.external': 'Service `{service}` is another name for `{name}`. The Ingress controller looks it up and connects there.',

  // Why a backend is empty
  'ingress.empty.resource': 'The backend is `{what}`, not a Service. The Ingress controller cannot send requests to it.',
  'ingress.empty.no-service': 'Service `{service}` does not exist. A backend Service must be in the namespace of its Ingress.',
  'ingress.empty.no-port': 'Service `{service}` has no port `{port}`. It has {ports}.',
  'ingress.empty.no-ports': 'Service `{service}` has no ports.',
  'ingress.empty.no-endpoints': 'Service `{service}` has no ready endpoint.',
  'ingress.empty.unresolved': 'Service `{service}` is another name for `{name}`, and that name leads to no address.',

  // TLS
  'ingress.tls.secret': 'It shows the certificate of Secret `{secret}`, valid for {names}.',
  'ingress.tls.unread': 'The certificate in Secret `{secret}` cannot be read here. It is taken as valid for `{host}`.',
  'ingress.tls.secret-unusable': 'The certificate for `{host}` should come from Secret `{secret}`, which does not exist or lacks its certificate or key.',
  'ingress.tls.none': 'No `tls` entry names `{host}`, so the Ingress controller shows a certificate of its own.',
  'ingress.tls.no-name': 'The client sends no server name, so the Ingress controller shows a certificate of its own.',
  'ingress.tls.untrusted': 'The client does not trust who signed the certificate for `{host}`. It ends the handshake.',
  'ingress.tls.mismatch': 'The client asked for `{host}`, but the certificate is for {names}. It ends the handshake.',
  'ingress.tls.nameless': 'The client asked for `{host}`, but the certificate holds no name at all. It ends the handshake.',
  'ingress.tls.rejected': 'No rule is for `{host}`, and the Ingress controller is told to refuse such handshakes.',
  'ingress.tls.plain-port': 'Port `{port}` of the Ingress controller speaks plain HTTP. It does not answer a TLS handshake.',

  // Commands
  'ingress.command.describe': 'The rules, and the endpoints behind each',
  'ingress.command.endpoints': 'The addresses behind the Service, and which are ready',
  'ingress.command.curl': 'The same request to the same address',
  'ingress.command.certificate': 'The certificate that is really shown',
  'ingress.command.logs': 'What `{controller}` writes about this request',
} as const;
