/** Who made this: which controller, from which field (S1.4, S4.6). */
export const provenance = {
  'provenance.template': 'Made from the template of `{owner}`. A real cluster gives it another name.',
  'provenance.stateful-set': 'Made from the template of `{owner}`, which numbers its Pods.',
  'provenance.daemon-set': 'Made from the template of `{owner}`, one on each fitting node. A real cluster gives it another name.',
  'provenance.scheduler': 'Nothing asks for a certain node, so nodes take Pods in turn: `{node}`.',
  'provenance.host-network': 'The Pod uses the network of its node, so it has the address of its node.',
  'provenance.pod-ip': 'The next free address in the Pod range of `{node}`, `{range}`.',
  'provenance.endpoint-slice': 'The selector of `{service}` matches {pods|Pod|Pods}.',
  'provenance.cluster-ip': 'No `clusterIP` is stated, so this is the next free address of `{range}`.',
  'provenance.node-port': 'No `nodePort` is stated, so `{port}` is the next free one.',
  'provenance.health-check-port': 'With `externalTrafficPolicy: Local` load balancers ask node port `{port}` which nodes to use.',
} as const;
