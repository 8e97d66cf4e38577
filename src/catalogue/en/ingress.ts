/** Ingress controllers (S9, S10). */
export const ingress = {
  // Headlines
  'ingress.title.rule': 'The Ingress controller picks path `{path}` of Ingress `{ingress}`, then a Pod',
  'ingress.title.rule.external': 'The Ingress controller picks path `{path}` of Ingress `{ingress}`, then host `{name}`',
  'ingress.title.rule.endpoint': 'The Ingress controller picks path `{path}` of Ingress `{ingress}`, then an endpoint',
  'ingress.title.default-backend': 'No rule matches, so the default backend of Ingress `{ingress}` answers',
  'ingress.title.no-match': 'No rule matches `{host}{path}`',
  'ingress.title.empty': 'Path `{path}` matches, but nobody stands behind it',
  'ingress.title.default-empty': 'No rule matches, and nobody stands behind the default backend',
  'ingress.title.plain-on-tls': 'Plain HTTP arrives where TLS is spoken',
  'ingress.title.proxy-unexpected': 'A PROXY protocol header arrives unexpected',
  'ingress.title.opened': 'The Ingress controller takes the connection',
  'ingress.title.stream': 'The Ingress controller passes the connection on to Service `{service}`',
  'ingress.title.closed': 'The Ingress controller ends the connection',

  // What is in an Ingress
  'ingress.entry': '{pathType} `{path}` for host `{host}` in Ingress `{ingress}`',
  'ingress.entry.all-hosts': '{pathType} `{path}` for all hosts in Ingress `{ingress}`',
  'ingress.entry.whole': 'Ingress `{ingress}`',

  // Why this rule
  'ingress.why.host': 'The Host header is `{host}`, and a rule names exactly that host.',
  'ingress.why.wildcard-host': 'The host matches `{host}`: a wildcard stands for exactly one label.',
  'ingress.why.all-hosts': 'The rule names no host, so it is for all hosts.',
  'ingress.why.exact': 'The path is equal to `{path}`, and an Exact path goes before a Prefix of the same length.',
  'ingress.why.prefix': 'Of the paths that match, `{path}` is the longest. Prefix compares whole elements between slashes.',
  'ingress.why.no-host': 'No rule is for host `{host}`.',
  'ingress.why.no-path': 'No rule for host `{host}` has a path that matches `{path}`.',
  'ingress.why.default-backend': 'Ingress `{ingress}` has a default backend for requests that no rule matches.',
  'ingress.why.plain-on-tls': 'Port `{port}` expects a TLS handshake. An HTTP request arrives there, and the answer is an error.',
  'ingress.why.not-tcp': 'The Ingress controller listens for TCP here, not for {protocol}.',
  'ingress.why.proxy-missing': 'The Ingress controller expects each connection to begin with a PROXY protocol header. This one has none, so it is closed.',
  'ingress.why.proxy-unexpected': 'The connection begins with a PROXY protocol header, and the Ingress controller is not told to expect one.',
  'ingress.upstream.rule': 'It stands behind path `{path}`.',
  'ingress.upstream.default': 'It stands behind the default backend.',
  'ingress.generic.no-match': 'What this Ingress controller answers then is up to it. Status 404 is usual.',
  'ingress.generic.empty': 'What this Ingress controller answers then is up to it. Status 503 is usual.',

  // Why another one lost
  'ingress.lost.longer': 'It matches too, but `{path}` is longer.',
  'ingress.lost.exact': 'It matches too, but the Exact path `{path}` goes first.',
  'ingress.lost.host': 'It matches too, but a rule for host `{host}` is more specific.',
  'ingress.lost.same': 'Ingress `{ingress}` holds the same host and path and is older. This one is silently ignored.',
  'ingress.lost.same.second': 'Ingress `{ingress}` holds the same host and path. Both were created in the same second, and this one is silently ignored.',
  'ingress.lost.same.undated':
    'Ingress `{ingress}` holds the same host and path. Without creation times the order of the manifests stands for age, so this one is ignored.',
  'ingress.no-match.exact': 'Exact means equal to every character: `{path}` is not `{pattern}`.',
  'ingress.no-match.prefix': '`{path}` does not begin with `{pattern}`.',
  'ingress.no-match.query': '`{pattern}` holds a question mark. The query of a URL takes no part in matching, so it matches no such request.',
  'ingress.no-match.element': '`{path}` begins with `{pattern}` only in the middle of an element. Prefix compares whole elements.',

  // What does nothing here, and who is not here
  'ingress.foreign': '{product} does not read `{annotations}`: only {owner} does.',
  'ingress.stands-in': 'The environment has {product} run here instead of {replaced}, for the Ingresses that {replaced} would take.',

  // How a Pod is picked
  'ingress.pick.external': 'Service `{service}` is another name for `{name}`. The Ingress controller looks it up, connects there and sends `Host: {host}`.',

  // Why a backend is empty
  'ingress.empty.resource': 'The backend is `{what}`, not a Service. The Ingress controller cannot send requests to it.',
  'ingress.empty.no-service': 'Service `{service}` does not exist. A backend Service must be in the namespace of its Ingress.',
  'ingress.empty.no-port': 'Service `{service}` has no port `{port}`. It has {ports}.',
  'ingress.empty.no-ports': 'Service `{service}` has no ports.',
  'ingress.empty.no-endpoints': 'Service `{service}` has no ready endpoint.',
  'ingress.empty.unresolved': 'Service `{service}` is another name for `{name}`, and that name leads to no address.',
  'ingress.empty.unfollowed':
    'Service `{service}` is another name for `{name}`. The Ingress controller follows such Services only where its settings allow it.',

  // TLS
  'ingress.tls.secret': 'The Ingress controller shows the certificate of Secret `{secret}`, which is valid for {names}.',
  'ingress.tls.secret-unusable': 'The certificate for `{host}` should come from Secret `{secret}`, which does not exist or lacks its certificate or key.',
  'ingress.tls.none': 'No `tls` entry names `{host}`, so the Ingress controller shows a certificate of its own.',
  'ingress.tls.no-name': 'The client sends no server name, so the Ingress controller shows a certificate of its own.',
  'ingress.tls.rejected': 'No rule is for `{host}`, and the Ingress controller is told to refuse such handshakes.',
  'ingress.tls.plain-port': 'Port `{port}` speaks plain HTTP. Nobody answers a TLS handshake there.',

  // The ladder
  'ingress.ladder.server': '{product} `{controller}`',
  'ingress.ladder.server-alone': '{product}',
  'ingress.above.host': 'A rule for the more specific host goes first.',
  'ingress.above.longer': 'The longer path goes first.',
  'ingress.above.type': 'With paths of one length, {type} goes first.',
  'ingress.above.equal': 'Both paths are of one length and never match the same request.',

  // Commands
  'ingress.command.describe': 'The rules, and the endpoints behind each',
  'ingress.command.list': 'Every Ingress with its class and hosts',

  // ingress-nginx: headlines
  'ingress.nginx.title.redirect': 'The answer sends the client to `{location}`',
  'ingress.nginx.title.forbidden': 'The Ingress controller forbids the request',
  'ingress.nginx.title.unauthorized': 'The Ingress controller asks for a password',
  'ingress.nginx.title.unavailable': 'The rule matches, but nobody stands behind it',
  'ingress.nginx.title.bad-request': 'The Ingress controller cannot read the request',
  'ingress.nginx.title.preflight': 'The Ingress controller answers the preflight request',
  'ingress.nginx.title.closed': 'An annotation closes this path',
  'ingress.nginx.title.error-page': 'Service `{service}` writes the answer for status {status}',
  'ingress.nginx.title.auth-unreachable': 'The Ingress controller cannot ask whether the request may pass',
  'ingress.nginx.title.over-limit': 'The client sends more than it may',
  'ingress.nginx.title.too-large': 'The body is larger than allowed',
  'ingress.nginx.title.health': 'The Ingress controller reports that it is healthy',
  'ingress.nginx.title.rewrite-empty': 'The rewrite leaves an empty path',
  'ingress.nginx.title.default-service': 'No rule matches, so Service `{service}` answers',

  // ingress-nginx: where the request is
  'ingress.nginx.implicit': 'Path `/` that every host has, here `{host}`',
  'ingress.nginx.why.catch-all': 'No rule names host `{host}`, so the request belongs to the rules for all hosts.',
  'ingress.nginx.why.alias': 'Host `{host}` is an alias of `{server}`.',
  'ingress.nginx.why.implicit': 'No path of the rules matches `{path}`, so the default backend of this host takes it.',
  'ingress.nginx.why.as-prefix': 'ingress-nginx takes path type ImplementationSpecific as Prefix, unless paths of the host are regular expressions.',
  'ingress.nginx.why.regex': 'Paths of this host are regular expressions. Of those that match, `{pattern}` is the longest text, and case is ignored.',
  'ingress.nginx.why.regex-by-other': 'They are regular expressions because Ingress `{ingress}` on the same host uses them.',
  'ingress.why.plain-on-tls-closed': 'Port {port} of the Ingress controller expects a TLS handshake. It reads something else and closes the connection.',
  'ingress.nginx.why.believes-headers': 'With `use-forwarded-headers` it believes the X-Forwarded headers that the request brings, whoever wrote them.',
  'ingress.nginx.why.overwrites-headers': 'It believes no X-Forwarded headers, so it writes them anew from the connection that it sees.',
  'ingress.nginx.why.hsts': 'The answer carries Strict-Transport-Security (`{value}`): a browser then asks this host over HTTPS only.',
  'ingress.nginx.why.snippet': 'Annotation `{snippet}` holds nginx configuration and is not simulated. The default settings refuse it.',

  // ingress-nginx: what it does with the request
  'ingress.nginx.bad-request': 'It has no host, or its path `{path}` leaves the root or holds a broken escape.',
  'ingress.nginx.blocked': 'Entry `{entry}` of ConfigMap key `{key}` turns such clients away.',
  'ingress.nginx.twin': 'Annotation `from-to-www-redirect` sends requests for `{from}` to `{to}`.',
  'ingress.nginx.app-root': 'Annotation `app-root` sends requests for `/` to `{path}`.',
  'ingress.nginx.redirect': 'Annotation `{annotation}` answers every request of this path with a redirect.',
  'ingress.nginx.add-slash': 'Only `{path}` with a slash at the end is configured, so nginx adds the slash by a redirect.',
  'ingress.nginx.https.tls': 'The `tls` section covers `{host}`, and then plain HTTP is sent to HTTPS by default.',
  'ingress.nginx.https.tls-unnamed':
    'Ingress `{ingress}` has a `tls` section. It does not name `{host}`, but ingress-nginx sends plain HTTP for all its hosts to HTTPS.',
  'ingress.nginx.https.forced': 'Annotation or setting `force-ssl-redirect` sends every plain HTTP request to HTTPS.',
  'ingress.nginx.https.unheard':
    'A proxy in front ended TLS and says so in `X-Forwarded-Proto`. Without `use-forwarded-headers` that is not believed, so it redirects forever.',
  'ingress.nginx.preflight': 'The origin is allowed, so the browser gets its permission without asking the backend.',
  'ingress.nginx.rewrite': 'Annotation `rewrite-target` is `{target}`: path `{before}` becomes `{after}`.',
  'ingress.nginx.rewrite.redirect': 'Annotation `rewrite-target` is the URL `{target}`, so the client is sent there.',
  'ingress.nginx.rewrite.empty': 'Annotation `rewrite-target` is `{target}`, and nothing is left of the path.',
  'ingress.nginx.too-large': 'The body has `{size}` bytes, and `proxy-body-size` is `{limit}`.',
  'ingress.nginx.health': 'Path `/healthz` of the catch-all server is the health check of the Ingress controller itself.',
  'ingress.nginx.shaped': 'Annotation `{annotation}` does nothing here, because Ingress `{ingress}` names the same Service and port first, without it.',
  'ingress.nginx.stream': 'ConfigMap `{map}` leads {protocol} port {port} of the controller to Service `{service}`. No rule of an Ingress takes part.',
  'ingress.nginx.stream.closed':
    'ConfigMap `{map}` leads port {port} to Service `{service}`, where nobody is ready for it. ingress-nginx does not open the port then.',
  'ingress.nginx.mirror': 'A copy of the request also goes to `{target}`. Its answer is thrown away.',
  'ingress.nginx.target-port':
    '`{port}` is a targetPort of Service `{service}`, not its port. ingress-nginx takes it all the same, and other controllers do not.',
  'ingress.nginx.unavailable': 'The rule stays in place with no addresses behind it, so nginx answers with status 503.',
  'ingress.nginx.would-match': 'An entry of Ingress `{ingress}` would match, but the Ingress controller does not have it.',
  'ingress.nginx.not-found': 'Nothing is configured for it, so the built-in default backend answers with status 404.',
  'ingress.nginx.default-service': 'The Ingress controller runs with Service `{service}` for everything that no rule matches.',
  'ingress.nginx.stand-in': 'The Service of the rule has no ready endpoint. Annotation `default-backend` lets Service `{service}` answer instead.',

  // ingress-nginx: what it speaks to the backend
  'ingress.nginx.protocol.auto-http': 'Annotation `backend-protocol` is `AUTO_HTTP`: nginx speaks to the backend as the client speaks to it, plain HTTP.',
  'ingress.nginx.protocol.auto-https': 'Annotation `backend-protocol` is `AUTO_HTTP`: nginx speaks to the backend as the client speaks to it, HTTPS.',
  'ingress.nginx.protocol.https': 'Annotation `backend-protocol` is `HTTPS`: nginx speaks TLS to the backend and does not check its certificate by default.',
  'ingress.nginx.protocol.grpc': 'Annotation `backend-protocol` is `GRPC`: nginx speaks HTTP/2 without TLS to the backend.',
  'ingress.nginx.protocol.grpcs': 'Annotation `backend-protocol` is `GRPCS`: nginx speaks HTTP/2 over TLS to the backend.',
  'ingress.nginx.protocol.fcgi': 'Annotation `backend-protocol` is `FCGI`: nginx speaks the protocol `FastCGI` to the backend, which must not expect HTTP.',

  // ingress-nginx: errors that the default backend answers
  'ingress.nginx.error-page':
    'Status {status} is in `custom-http-errors`, so Service `{service}` writes the answer. It learns the status from header `X-Code`.',
  'ingress.nginx.error-page.none': 'Status {status} is in `custom-http-errors`, but no default backend writes the answer. The built-in one makes it 404.',
  'ingress.nginx.error-pages': 'Where the backend answers {statuses}, Service `{service}` writes the answer instead, by `custom-http-errors`.',
  'ingress.nginx.error-pages.none': 'Where the backend answers {statuses}, `custom-http-errors` makes it 404, because no default backend writes the answer.',

  // ingress-nginx: how much a client may send
  'ingress.nginx.limit.second':
    'Annotation `limit-rps` lets a client send {rate} requests per second and {burst} more in a burst. Each controller Pod counts for itself.',
  'ingress.nginx.limit.minute':
    'Annotation `limit-rpm` lets a client send {rate} requests per minute and {burst} more in a burst. Each controller Pod counts for itself.',
  'ingress.nginx.limit.connections': 'Annotation `limit-connections` lets a client hold {limit} connections at once. Each controller Pod counts for itself.',
  'ingress.nginx.limit.own': 'nginx counts by the address of the client, {client}.',
  'ingress.nginx.limit.shared': 'nginx counts by the address that it sees, {client}. That is not the address of the client: many clients share this count.',
  'ingress.nginx.limit.exempt': 'Requests from {client} are not counted, because the allowlist of the limit holds {range}.',
  'ingress.nginx.over-limit': 'More came from {client} than annotation `{annotation}` allows, so nginx answers with status {status}.',

  // ingress-nginx: who may pass
  'ingress.nginx.denied-range': 'The client is `{client}` for nginx, and `{range}` of `{name}` shuts it out.',
  'ingress.nginx.not-allowed': 'The client is `{client}` for nginx, and only {ranges} may pass.',
  'ingress.nginx.address-lost': 'nginx sees `{client}` in place of the client’s own address `{own}`, and only {ranges} may pass.',
  'ingress.nginx.address-hidden': 'nginx sees `{client}` in place of the client’s own address `{own}`, which its rules would keep out.',
  'ingress.nginx.auth.missing': 'The path asks for a user and a password, and the request holds none.',
  'ingress.nginx.auth.checked': 'The user and the password are checked against Secret `{secret}`.',
  'ingress.nginx.auth.wrong': 'The user or the password is wrong.',
  'ingress.nginx.auth.url': 'Before that, nginx asks `{url}` whether the request may pass.',
  'ingress.nginx.auth.unreachable':
    'nginx asks `{url}` whether the request may pass. Service `{service}` does not exist or has no ready endpoint, so nginx answers with status 500.',
  'ingress.nginx.auth.url-refused': 'nginx asks `{url}` whether the request may pass, and the answer is no.',

  // ingress-nginx: what is taken for granted
  'ingress.nginx.assume.stream': 'The Ingress controller runs with flag `{flag}`, which names ConfigMap `{map}`.',
  'ingress.nginx.assume.limit': 'Requests from {client} stay within what annotation `{annotation}` allows.',
  'ingress.nginx.assume.password': 'The user and the password for Ingress `{ingress}` are right.',
  'ingress.nginx.assume.auth-url': 'The service at `{url}` lets the request pass.',
  'ingress.nginx.assume.auth-service': 'Service `{service}` exists and answers.',
  'ingress.nginx.assume.users': 'Secret `{secret}` exists and holds users and passwords.',
  'ingress.nginx.assume.headers': 'ConfigMap `{name}` exists and holds headers that are allowed.',
  'ingress.nginx.assume.webhook': 'The admission webhook of ingress-nginx checks every new Ingress, as it does by default.',
  'ingress.nginx.assume.webhook-overlap': 'Ingresses without a creation time are new, so the admission webhook compares each with those before it.',

  // ingress-nginx: paths that are closed, Ingresses that are left out
  'ingress.nginx.closed.value': 'The value of annotation `{annotation}` cannot be used, so the path answers with status 503.',
  'ingress.nginx.closed.secret': 'Secret `{secret}` with the users does not exist, so the path answers with status 503.',
  'ingress.nginx.closed.config-map': 'ConfigMap `{name}` with the headers does not exist, so the path answers with status 503.',
  'ingress.nginx.closed.header': 'Header `{header}` is not in the setting `{key}`, so the path answers with status 503.',
  'ingress.nginx.inspected': 'It holds text that looks like nginx configuration, so the Ingress controller leaves it out.',
  'ingress.nginx.no-catch-all': 'It has a default backend, and the Ingress controller runs with `--disable-catch-all`.',
  'ingress.nginx.dropped': 'The value of annotation `{annotation}` is not allowed, so the Ingress controller leaves the whole Ingress out.',
  'ingress.nginx.dropped.risk':
    'Annotation `{annotation}` is riskier than `annotations-risk-level` {level} allows, so the Ingress controller leaves the whole Ingress out.',
  'ingress.nginx.dropped.word':
    'The value of annotation `{annotation}` holds a word of `annotation-value-word-blocklist`, so the Ingress controller leaves the whole Ingress out.',
  'ingress.nginx.snippet-refused':
    'Annotation `{annotation}` is a snippet, and snippets are off. The admission webhook rejects the Ingress, so it does not exist.',
  'ingress.nginx.overlap':
    'Ingress `{ingress}` already holds path `{path}` of host `{host}`. The admission webhook rejects this Ingress, so it does not exist.',
  'ingress.nginx.overlap.all-hosts':
    'Ingress `{ingress}` already holds path `{path}` for all hosts. The admission webhook rejects this Ingress, so it does not exist.',
  'ingress.nginx.strict-path': 'Path `{path}` has characters that {pathType} does not allow. The admission webhook rejects the Ingress, so it does not exist.',
  'ingress.nginx.other-host': 'It is for host `{other}`, and the request is for `{host}`.',

  'ingress.nginx.not-asked': 'It matches too, but the request is answered before paths are compared.',

  // ingress-nginx: regular expressions
  'ingress.nginx.regex.taken': 'Regular expression `{pattern}` is the first that matches, in order of length.',
  'ingress.nginx.regex.no-match': 'Regular expression `{pattern}` does not match `{path}`.',
  'ingress.nginx.regex.later': 'Regular expression `{pattern}` would match too, but a longer one is tried first.',
  'ingress.nginx.regex.broken': '`{pattern}` is no regular expression that nginx can read, so it never matches here.',
  'ingress.nginx.regex.gave-up': 'Regular expression `{pattern}` takes too many steps on this path, so it counts as no match.',

  // ingress-nginx: canaries
  'ingress.nginx.canary.header': 'Header `{header}` is `{value}`, so the canary takes the request.',
  'ingress.nginx.canary.header-never': 'Header `{header}` is `never`, so the canary does not take the request.',
  'ingress.nginx.canary.cookie-always': 'Cookie `{cookie}` is `always`, so the canary takes the request.',
  'ingress.nginx.canary.cookie-never': 'Cookie `{cookie}` is `never`, so the canary does not take the request.',
  'ingress.nginx.canary.weight': 'The canary takes `{weight}` of every `{total}` requests, by chance.',
  'ingress.nginx.canary.all': 'The weight of the canary is `{weight}` of `{total}`, so it takes every request.',
  'ingress.nginx.canary.none': 'Nothing in the request asks for the canary, and its weight is zero.',
  'ingress.nginx.canary.broken-pattern': '`{pattern}` is no regular expression that can be read, so the canary takes nothing.',
  'ingress.nginx.canary.shared': 'The canary joined Service `{service}` itself, so it shares the requests of every rule that leads there.',
  'ingress.nginx.canary.stands': 'It stands behind the canary Ingress `{ingress}`.',
  'ingress.nginx.canary.stray': 'This canary joins no rule with the same host, path and path type, so it takes nothing.',

  // ingress-nginx: certificates
  'ingress.nginx.tls.fake': 'That is the certificate ingress-nginx makes for itself at start, named `Kubernetes Ingress Controller Fake Certificate`.',
  'ingress.nginx.tls.default': 'That is the default certificate, from Secret `{secret}`.',
  'ingress.nginx.tls.not-named': 'The `tls` section names no certificate for `{host}`.',
  'ingress.nginx.tls.no-secret-name': 'The `tls` entry for `{host}` names no Secret.',
  'ingress.nginx.tls.not-covered': 'The certificate of Secret `{secret}` does not cover `{host}`, so it is not used.',
} as const;
