/** What controllers made of the objects, and what they could not (S5, S8.1, S9.2). */
export const cluster = {
  // Pods and nodes
  'cluster.too-many-pods': 'Podpath makes {made} of the {wanted} Pods of `{workload}`.',
  'cluster.node-missing': 'The Pod names the node `{node}`, which does not exist.',
  'cluster.pod-pending': 'The Pod waits for a node, as its status says.',
  'cluster.no-node-fits': 'No node fits the Pod: its node selector or affinity matches none that is ready.',
  'cluster.host-port-taken': 'No node has the host port `{ports}` free, so the Pod waits.',

  // Endpoints
  'cluster.excluded.port-name': 'No container of `{pod}` names a port `{name}` with this protocol.',
  'cluster.excluded.ended': '`{pod}` has ended: its phase is `{phase}`.',
  'cluster.excluded.node-missing': '`{pod}` names the node `{node}`, which does not exist.',
  'cluster.excluded.no-address': '`{pod}` has no address yet: its phase is `{phase}`.',
  'cluster.excluded.family': '`{pod}` has no address of the family `{families}`.',

  // Allocation
  'cluster.rejected.cluster-ip-range': '`{ip}` is outside the range of Service addresses, `{range}`.',
  'cluster.rejected.cluster-ip-taken': '`{ip}` is already allocated.',
  'cluster.rejected.cluster-ips-used-up': 'Every address of `{range}` is allocated.',
  'cluster.rejected.node-port-range': '`{port}` is outside the range of node ports, `{range}`.',
  'cluster.rejected.node-port-taken': 'The node port `{port}` is already allocated to `{holder}`.',
  'cluster.rejected.node-ports-used-up': 'Every node port is allocated.',
  'cluster.rejected.family': 'This cluster has no `{family}` Service addresses, only `{families}`.',
  'cluster.rejected.dual-stack': 'This cluster is not dual-stack: its Services have `{families}` addresses only.',
} as const;
