/** The points that upstream leaves open, as the page "How exact is this?" lists them. Those that a person can choose stand in `open.ts`. */
export const openRegister = {
  'exact.open.title': 'What Kubernetes leaves open',
  'exact.open.how': 'Upstream says nothing here, or leaves it to the implementation. Podpath takes the first answer and lists it where it acts.',
  'exact.open.choose': 'Choose another under Environment, or where it is listed as assumed:',
  'exact.open.U3': 'An HTTPRoute and a GRPCRoute for one host of a listener are both followed, and a warning says so.',
  'exact.open.U4':
    'How policies treat node addresses, `ipBlock`, the host network and denied connections depends on the network plugin. Each is an assumption of its own.',
  'exact.open.U6': 'AWS Load Balancer Controller takes every load balancer Service only where the environment says that it runs.',
  'exact.open.U9': 'The address that a node puts in place of a client’s is its InternalIP. Some overlay networks show another; the hop says so.',
  'exact.open.U10': 'An AWS load balancer whose targets are all unhealthy fails the request. The hop says that a real one may send to all.',
  'exact.open.U11': 'Containers listen on every port that a Service targets, declared or not. This is an assumption that can be denied.',
  'exact.open.U12': 'A client outside asks once and remembers no address.',
  'exact.open.U13': 'Names are looked up as glibc does it, unless the environment says which C library a Pod has.',
  'exact.open.U15': 'A Gateway with an HTTPS listener without `tls` is stored, and that listener serves nothing.',
  'exact.open.U16': 'HAProxy answers 503 where the backend names a port that the Service does not have.',
  'exact.open.U17': 'Health checks of Azure, and Google’s way when no node is healthy, follow their documentation. The hop marks them.',
  'exact.open.U18': 'Of Ingresses of one age, ingress-nginx reads the one first whose namespace and name sort last.',
  'exact.open.U19': 'A DNS answer with several addresses comes in random order, so each is as likely to be tried first.',
  'exact.open.U20': 'Topology hints divide endpoints by the CPUs of each zone. Where the CPUs are unknown, a finding says so.',
  'exact.open.U21': 'Prices in the comparison are assumptions that can be changed.',
  'exact.open.U22': 'Kubernetes takes about 50 seconds to give up a node that fails. Until then its endpoints stay.',
} as const;
