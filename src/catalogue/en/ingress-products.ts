/** Traefik, HAProxy, Contour and Istio as Ingress controllers (S11). */
export const ingressProducts = {
  // What they have in common
  'ingress.ranked.title.redirect': 'The answer sends the client to `{location}`',
  'ingress.ranked.match.exact': 'The path is equal to `{path}`.',
  'ingress.ranked.match.elements': 'The path begins with `{path}`, compared by whole elements between slashes.',
  'ingress.ranked.match.characters': 'The path begins with `{path}`, compared character by character.',
  'ingress.ranked.match.regex': 'The whole path matches the regular expression `{path}`.',
  'ingress.ranked.no-match.regex': 'Regular expression `{pattern}` does not match the whole of `{path}`.',
  'ingress.ranked.no-match': '{product} answers with status 404 when nothing matches.',
  'ingress.ranked.unavailable': '{product} keeps the rule without endpoints and answers with status 503.',
  'ingress.ranked.no-rule': '{product} makes no rule of path `{path}`.',
  'ingress.ranked.resource': 'The backend is `{what}`, not a Service, so {product} makes no rule of this path.',
  'ingress.ranked.without.service': '{product} makes no rule of it: Service `{service}` does not exist in the namespace of its Ingress.',
  'ingress.ranked.without.port': '{product} makes no rule of it: Service `{service}` has no port `{port}`.',
  'ingress.ranked.without.endpoints': '{product} makes no rule of it: Service `{service}` has no ready endpoint.',
  'ingress.ranked.without.name': '{product} makes no rule of it: Service `{service}` is another name for `{name}`, and that is not followed here.',
  'ingress.ranked.closest': '{product} asks the rules for host `{host}` alone, whether one of them matches or not.',
  'ingress.ranked.wildcard-any': 'The host matches `{host}`: here a wildcard stands for one label or more.',
  'ingress.ranked.lost': 'It matches too, but {product} tries `{path}` first.',
  'ingress.ranked.unfollowed': 'Annotation `{annotation}` is not simulated: the path is shown without what it does.',

  // Traefik
  'ingress.traefik.first': 'Traefik takes the rule with the highest priority, which is the length of its text: {priority} for `{rule}`.',
  'ingress.traefik.first.stated': 'Traefik takes the rule with the highest priority. An annotation sets it to {priority}.',
  'ingress.traefik.entry-point': 'Traefik serves this rule on other entry points than `{name}`.',
  'ingress.traefik.tls-only': 'Annotation `router.tls` makes Traefik serve this rule over HTTPS only.',
  'ingress.traefik.no-tls': 'Traefik serves a rule over HTTPS only where its entry point has TLS or annotation `router.tls` is `true`.',
  'ingress.traefik.redirect-all': 'Entry point `{name}` of Traefik sends every request to HTTPS.',
  'ingress.traefik.redirect': 'Middleware `{middleware}` sends plain HTTP to HTTPS.',
  'ingress.traefik.rewrite': 'Middleware `{middleware}` makes path `{before}` into `{after}`.',
  'ingress.traefik.middleware': 'Middleware `{middleware}` is not simulated: the path is shown without what it does.',
  'ingress.traefik.native': 'Traefik sends the request to the address of Service `{service}`, not to a Pod.',
  'ingress.traefik.https':
    'Traefik speaks TLS to the backend: the port of Service `{service}` is 443, or its name begins with `https`, or an annotation says so.',
  'ingress.traefik.certificate': 'Traefik picks among all certificates by the names in them, not by the hosts of `tls`.',
  'ingress.traefik.default-certificate': 'No certificate has the name `{host}`, so Traefik shows one it made for itself, `TRAEFIK DEFAULT CERT`.',

  // HAProxy
  'ingress.haproxy.first': 'HAProxy looks for an equal path first, then for the longest path that the request begins with.',
  'ingress.haproxy.redirect.tls': 'The Ingress has a `tls` section, and then HAProxy sends plain HTTP to HTTPS by default.',
  'ingress.haproxy.redirect.stated': 'Annotation or setting `ssl-redirect` sends plain HTTP to HTTPS.',
  'ingress.haproxy.rewrite': 'Annotation `path-rewrite` makes path `{before}` into `{after}`.',
  'ingress.haproxy.default-certificate': 'No certificate has the name `{host}`, so HAProxy shows the first that it has.',

  // Contour
  'ingress.contour.first': 'Contour puts Exact paths first, then regular expressions, then prefixes; of each kind, the longest goes first.',
  'ingress.contour.redirect': 'Annotation `force-ssl-redirect` sends plain HTTP to HTTPS.',
  'ingress.contour.no-http': 'Annotation `kubernetes.io/ingress.allow-http` keeps this rule off plain HTTP.',
  'ingress.contour.no-tls': 'Contour serves a rule over HTTPS only where a `tls` entry names exactly its host and the Secret is usable.',
  'ingress.contour.no-host': 'No usable `tls` entry names `{host}`, so Contour has configured no TLS for it and closes the connection.',

  // Istio
  'ingress.istio.first': 'Istio puts the longest path first, and an Exact path before a Prefix of the same length.',
  'ingress.istio.no-tls': 'Istio serves a rule over HTTPS only where a `tls` entry of its Ingress covers the host.',
  'ingress.istio.no-host': 'No `tls` entry covers `{host}`, so the gateway of Istio has no TLS for it and closes the connection.',
  'ingress.istio.secret': 'The gateway looks for Secret `{secret}` in its own namespace, and finds none that is usable. It closes the connection.',
} as const;
