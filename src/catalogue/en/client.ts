/** The client: who sends, and whether it can (S1.1, S1.6). */
export const client = {
  'client.verb': 'Send',
  'client.nothing-sent': 'No packet leaves the client',

  'client.no-pod': 'There is no Pod `{pod}`.',
  'client.no-pod-near': 'There is no Pod `{pod}`. The nearest name is `{near}`.',
  'client.pod-not-running': 'Pod `{pod}` is {phase}, so nothing in it can send a request.',
  'client.pod-without-address': 'Pod `{pod}` has no address yet.',
  'client.node-down': 'Pod `{pod}` runs on node `{node}`, which is down.',
  'client.no-workload': 'There is no {kind} `{name}`.',
  'client.workload-without-pods': '{kind} `{name}` has no Pod that could send a request.',
  'client.no-node': 'There is no node `{node}`.',
  'client.no-node-near': 'There is no node `{node}`. The nearest name is `{near}`.',
  'client.node-without-address': 'Node `{node}` has no address.',
  'client.no-ingress-address': 'No Ingress controller here has an address to connect to.',
  'client.gateway': 'Gateway `{gateway}` is not simulated, so there is no address to connect to.',
  'client.loopback': '`{ip}` is the client’s own computer, which knows nothing of the cluster.',
  'client.other-family': 'The client has the address `{own}` only, so it cannot reach `{ip}` of the other family.',

  'client.external.verb': 'Answer',
  'client.external.answered.title': '`{name}` answers',
  'client.external.host.title': '`{name}` does not know the host it is asked for',
  'client.external.certificate.title': 'The certificate of `{name}` is for another name',
  'client.assume.own-name': 'The host `{name}` serves its own name only.',
  'client.external.unknown': 'What `{name}` really does is not in these manifests.',
  'client.external.host': 'The client still says `Host: {host}`, which `{name}` usually answers with `404`.',
  'client.external.certificate': 'The client expects a certificate for `{sni}`, and `{name}` shows its own.',
} as const;
