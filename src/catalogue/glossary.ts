/**
 * Every Kubernetes and network term that a sentence uses, in one plain sentence each. Shown on hover.
 * Keys are spelled as the field spells them; plurals are found by themselves.
 */
export const glossary = {
  Pod: 'One or more containers that run together on one node and share one IP address.',
  Service: 'A stable name and address for a set of Pods.',
  ClusterIP: 'A virtual address of a Service. No interface holds it: the kernel of each node translates it to a Pod.',
  DNS: 'The Domain Name System: it tells the address that belongs to a name.',
  TLS: 'Transport Layer Security: encryption of a connection, with a certificate that proves the server’s name.',
  TCP: 'The protocol of connections: both ends agree before data flows.',
  UDP: 'A protocol of single datagrams: nothing tells the sender whether one arrived.',
  ICMP: 'The protocol of pings, and of reports that a packet could not be delivered.',
  CoreDNS: 'The DNS server that most clusters run for the names of Services.',
  ExternalName: 'A type of Service that is only an alias of another name.',
  IP: 'The Internet Protocol: every packet carries the address of its sender and its receiver.',
  ClusterFirst: 'The usual DNS policy of a Pod: it asks the DNS of the cluster.',
  'kube-proxy': 'The component on every node that makes its kernel translate Service addresses to Pods.',
  EndpointSlice: 'A list of the addresses and ports behind a Service, kept by a controller or written by hand.',
  InternalIP: 'The address by which the other nodes of a cluster know a node.',
  IPVS: 'A load balancer inside the Linux kernel that kube-proxy can use instead of packet filter rules.',
  eBPF: 'Small programs inside the Linux kernel; some networks use them instead of kube-proxy.',
  PROXY: 'The PROXY protocol: a short header in front of a connection that carries the address of the client.',
  AWS: 'Amazon Web Services, a cloud.',
  'node port': 'A port that every node opens for a Service, usually between 30000 and 32767.',
  'load balancer': 'A machine or rule outside the nodes that spreads connections over nodes or Pods.',
  endpoint: 'One address and port behind a Service, usually of a Pod.',
  Ingress: 'A set of rules that an Ingress controller reads: which host and path belong to which Service.',
  'API server': 'The component that every object of a cluster is sent to: it checks, completes and stores them.',
  selector: 'The labels by which a Service or a workload finds its Pods.',
  workload: 'An object that makes Pods from a template, such as a Deployment.',
  annotation: 'A named text on an object, read by whoever knows the name.',
  IngressClass: 'An object that names a class of Ingresses and the controller that serves it.',
  MetalLB: 'A program that provides load balancers in clusters without a cloud.',
  BGP: 'The Border Gateway Protocol: routers tell each other which addresses they lead to.',
  CPU: 'A processor: what a node has, and what topology hints are shared out by.',
  targetPort: 'The port of the Pods that a Service port leads to, as a number or as a name.',
  Secret: 'An object for confidential data, such as a certificate and its key.',
  namespace: 'A part of a cluster with names of its own.',
  StatefulSet: 'A workload whose Pods have numbers and names that stay.',
} as const satisfies Readonly<Record<string, string>>;

export type Term = keyof typeof glossary;
