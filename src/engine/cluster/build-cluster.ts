/**
 * What the control plane would settle on for these manifests (S1.5 phases A and B): objects are admitted, controllers
 * run, everything gets its address. Pure: equal manifests give equal clusters. Never looks at a request.
 */
import { admit } from '../kinds/admit.ts';
import type { Manifests } from '../manifests/document.ts';
import { addressOwners } from './address-owners.ts';
import type { Cluster } from './cluster.ts';
import { endpointSlices } from './endpoint-slices.ts';
import type { Ledger } from './ledger.ts';
import { clusterNodes } from './nodes.ts';
import { sortObjects } from './objects.ts';
import { runPods } from './pods.ts';
import { resolveEnvironment } from './resolve-environment.ts';
import { allocateServices } from './service-addresses.ts';

export function buildCluster(manifests: Manifests): Cluster {
  const admitted = admit(manifests);
  const ledger: Ledger = {
    manifests,
    provenance: new Map(),
    assumptions: new Map(),
    findings: [...admitted.findings],
    rejections: [...admitted.rejections],
    defaults: new Map(Object.entries(Object.fromEntries(admitted.defaults))),
  };
  const objects = sortObjects(admitted.objects);
  const environment = resolveEnvironment(objects, manifests);
  const allNodes = clusterNodes(objects, environment);
  const { pods, nodes } = runPods(objects.pods, objects.workloads, allNodes, environment, ledger);
  const services = allocateServices(objects.services, environment, ledger);
  const slices = endpointSlices(services, pods, nodes, objects.slices, ledger);
  const loadBalancers = new Map();
  return {
    environment,
    manifests,
    namespaces: objects.namespaces,
    nodes,
    pods,
    workloads: objects.workloads,
    services,
    ingresses: objects.ingresses,
    ingressClasses: objects.ingressClasses,
    secrets: objects.secrets,
    endpointSlices: slices.endpointSlices,
    excludedPods: slices.excludedPods,
    controllers: [],
    loadBalancers,
    addressOwners: addressOwners(nodes, pods, services, loadBalancers),
    publicRecords: new Map(),
    defaults: ledger.defaults,
    provenance: ledger.provenance,
    assumptions: ledger.assumptions,
    rejections: ledger.rejections,
    findings: ledger.findings,
  };
}
