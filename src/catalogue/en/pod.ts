/** A Pod and its containers (S5.7, S14.4). */
export const pod = {
  'pod.verb': 'Deliver',
  'pod.verb.refuse': 'Refuse',
  'pod.verb.lose': 'Lose',

  'pod.answered.title': '`{pod}` answers `{status}`',
  'pod.accepted.title': '`{pod}` accepts the connection on port `{port}`',
  'pod.ping.title': '`{pod}` answers the ping',
  'pod.refused.title': '`{pod}` refuses the connection on port `{port}`',
  'pod.silent.title': '`{pod}` takes no datagram on port `{port}`',
  'pod.gone.title': 'Pod `{pod}` is gone',
  'pod.node-down.title': 'Node `{node}` is down',
  'pod.not-running.title': 'Pod `{pod}` does not run',
  'pod.tls-to-plain.title': 'Port `{port}` does not speak TLS',
  'pod.plain-to-tls.title': '`{pod}` answers `400`: it expects TLS',

  'pod.sees-client': 'Pod `{pod}` listens on port `{port}` and sees the address of the client, `{ip}`.',
  'pod.sees-client-host': 'Pod `{pod}` listens on port `{port}` of its node and sees the address of the client, `{ip}`.',
  'pod.sees-node': 'Pod `{pod}` listens on port `{port}` and sees the address of a node, `{ip}`, in place of the client’s.',
  'pod.sees-gateway': 'Pod `{pod}` listens on port `{port}` and sees the address of the Gateway’s proxy, `{ip}`, in place of the client’s.',
  'pod.sees-controller': 'Pod `{pod}` listens on port `{port}` and sees the address of the Ingress controller, `{ip}`, in place of the client’s.',
  'pod.sees-load-balancer': 'Pod `{pod}` listens on port `{port}` and sees the address of the load balancer, `{ip}`, in place of the client’s.',
  'pod.undeclared': 'No container declares port `{port}`. Declaring is only information, so this program takes it that Pod `{pod}` listens there.',
  'pod.ends-tls': 'Pod `{pod}` ends TLS itself. Its certificate is taken to be valid.',
  'pod.ping': 'The network of Pod `{pod}` answers pings, whatever its containers do.',

  'pod.gone': 'No Pod has the address `{ip}` any more, so nobody answers.',
  'pod.node-down': 'Pod `{pod}` runs on node `{node}`, which is down, so nobody answers.',
  'pod.not-running': 'Pod `{pod}` is {phase}, so none of its containers listens.',
  'pod.proxy-protocol.title': '`{pod}` answers `400`: it does not expect a PROXY header',
  'pod.proxy-protocol': 'The load balancer puts a PROXY header before the request, and the application in `{pod}` takes it for broken HTTP.',
  'pod.assume.proxy-protocol': 'The application in `{pod}` expects the PROXY header of the load balancer.',
  'pod.closed': 'Nobody in Pod `{pod}` listens on port `{port}`.',
  'pod.stopped': 'Container `{container}` of Pod `{pod}` does not run: its state is `{reason}`. Nobody listens, so its kernel refuses.',
  'pod.unmentioned': 'No container of Pod `{pod}` declares port `{port}`, and no Service targets it, so nobody is taken to listen there.',
  'pod.localhost-only': 'The application in Pod `{pod}` listens on `127.0.0.1` only, so only its own Pod reaches it.',
  'pod.other-protocol': 'Pod `{pod}` declares port `{port}` for {declared}, and the packet comes over {protocol}.',
  'pod.tls-to-plain': 'The client begins with TLS, and the application on port `{port}` of Pod `{pod}` answers in plain text.',
  'pod.plain-to-tls': 'The request comes in plain text, and the application on port `{port}` of Pod `{pod}` speaks TLS only.',
  'pod.tls-guess': 'Manifests do not say who speaks TLS: this program goes by the number and the name of port `{port}`.',

  'pod.assume.tls': 'The application behind `{pods}` speaks TLS on port `{port}`.',
  'pod.assume.plain': 'The application behind `{pods}` speaks plain text on port `{port}`.',
  'pod.assume.choice.tls': 'TLS',
  'pod.assume.choice.plain': 'plain text',

  // What a proxy that checks makes of its certificate
  'pod.certificate.title': 'The proxy does not believe the certificate of Pod `{pod}`',
  'pod.certificate.untrusted': 'The Pod shows the certificate of Secret `{secret}`, which no authority that the proxy trusts has signed.',
  'pod.certificate.names': 'The Pod shows the certificate of Secret `{secret}` for {names}, and the proxy wants one for {wanted}.',

  // How the application behaves when the question says so
  'pod.no-answer.title': 'Pod `{pod}` gives no answer in time',
  'pod.slow': 'The application takes {delay} ms to answer.',
  'pod.too-slow': 'The application takes {delay} ms, and its client waits {waits} ms only.',
  'pod.fails': 'The application fails attempt {attempt} with status {status}.',
  'pod.drops': 'The application closes the connection of attempt {attempt} without an answer.',
} as const;
