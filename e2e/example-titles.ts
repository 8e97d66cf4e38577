/** What a person reads in the Examples menu. */
export const examples: readonly string[] = [
  'Ingress with TLS and three paths',
  'ClusterIP: a Pod calls a Service',
  'Headless Service: a name for every Pod',
  'NodePort: a port on every node',
  'NodePort that keeps the client address',
  'LoadBalancer by node port',
  'LoadBalancer by IP target',
  'ExternalName: an alias in DNS',
  'A call into another namespace',
  'MetalLB on bare metal',
  'Your own NGINX before a NodePort',
  'LoadBalancer that stays pending',
  'Service without Pods',
  'Ingress without a controller',
  'A part of a cluster',
];
