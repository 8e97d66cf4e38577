/** A Pod and its containers (S5.7, S14.4). */
export const pod = {
  'pod.verb': 'Deliver',

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
  'pod.sees-controller': 'Pod `{pod}` listens on port `{port}` and sees the address of the Ingress controller, `{ip}`, in place of the client’s.',
  'pod.sees-load-balancer': 'Pod `{pod}` listens on port `{port}` and sees the address of the load balancer, `{ip}`, in place of the client’s.',
  'pod.undeclared': 'No container declares port `{port}`. Declaring is only information, so this program takes it that Pod `{pod}` listens there.',
  'pod.ends-tls': 'Pod `{pod}` ends TLS itself. Its certificate is taken to be valid.',
  'pod.ping': 'The network of Pod `{pod}` answers pings, whatever its containers do.',

  'pod.gone': 'No Pod has the address `{ip}` any more, so nobody answers.',
  'pod.node-down': 'Pod `{pod}` runs on node `{node}`, which is down, so nobody answers.',
  'pod.not-running': 'Pod `{pod}` is {phase}, so none of its containers listens.',
  'pod.closed': 'Nobody in Pod `{pod}` listens on port `{port}`.',
  'pod.localhost-only': 'The application in Pod `{pod}` listens on `127.0.0.1` only, so only its own Pod reaches it.',
  'pod.other-protocol': 'Pod `{pod}` declares port `{port}` for {declared}, and the packet comes over {protocol}.',
  'pod.tls-to-plain': 'The client begins with TLS, and the application on port `{port}` of Pod `{pod}` answers in plain text.',
  'pod.plain-to-tls': 'The request comes in plain text, and the application on port `{port}` of Pod `{pod}` speaks TLS only.',
  'pod.tls-guess': 'Manifests do not say who speaks TLS: this program goes by the number and the name of port `{port}`.',
} as const;
