/**
 * What the control plane would settle on for these manifests (S1.5 phases A and B): objects are admitted, what they
 * presuppose is added, controllers run, everything gets its address. Pure: equal manifests give equal clusters.
 * Never looks at a request, nor at a clock: `today` is the day that the caller's clock shows, `2026-11-29`, or null.
 */
import { admit } from '../kinds/admit.ts';
import type { ApiObject } from '../kinds/kind.ts';
import type { Manifests } from '../manifests/document.ts';
import { addressOwners } from './address-owners.ts';
import { addSolvers } from './acme-solver.ts';
import { issuancesIn } from './cert-manager.ts';
import type { Cluster } from './cluster.ts';
import { settleControllers } from './controllers.ts';
import { applyIngressWebhooks } from './controllers/admission-webhooks.ts';
import { applyDefaultIngressClass } from './controllers/ingress-class-defaults.ts';
import { whichRun } from './controllers/which-run.ts';
import { recordDefaults } from './default-assumptions.ts';
import { endpointSlices } from './endpoint-slices.ts';
import { reportAnnotations } from './findings/annotations.ts';
import { reportGateways } from './findings/gateways.ts';
import { reportIngresses } from './findings/ingresses.ts';
import { reportCloudIngresses, reportIngressBalancers, reportLoadBalancers, reportRejections, reportStatefulSets } from './findings/others.ts';
import { reportNetworkPolicies } from './findings/network-policies.ts';
import { reportHandMadeEndpoints, reportServices } from './findings/services.ts';
import { applyChannel } from './gateways/channel.ts';
import { gatewayControllers } from './gateways/controllers.ts';
import { installGateways } from './gateways/infrastructure.ts';
import { inferParents } from './gateways/parents.ts';
import { inferAuthorities } from './gateways/presupposed.ts';
import { settleGateways } from './gateways/settle.ts';
import { inferBackends, inferNamespaces, inferPods, inferSecrets } from './inference.ts';
import type { Ledger } from './ledger.ts';
import { loadBalancers } from './load-balancers.ts';
import { localEndpoints } from './local-endpoints.ts';
import { byNamespaceAndName } from './name-order.ts';
import { clusterNodes, recordNodes } from './nodes.ts';
import { sortObjects } from './objects.ts';
import { runPods } from './pods.ts';
import { publicRecords } from './public-dns.ts';
import { resolveEnvironment } from './resolve-environment.ts';
import { allocateServices } from './service-addresses.ts';
import { withSightings } from './sightings.ts';
import { applyServiceNames } from './service-names.ts';

export function buildCluster(texts: Manifests, today: string | null = null): Cluster {
  const { manifests, balancers: seenBalancers, findings: unusedLines } = withSightings(texts);
  const admitted = admit(manifests);
  const ledger: Ledger = {
    manifests,
    provenance: new Map(),
    assumptions: new Map(),
    findings: [...manifests.findings, ...unusedLines, ...admitted.findings],
    rejections: [...admitted.rejections],
    defaults: new Map(admitted.defaults),
  };
  const objects = sortObjects(admitted.objects);
  const environment = resolveEnvironment(objects, manifests, today);

  applyServiceNames(objects, environment, ledger);
  applyChannel(objects, environment, ledger);
  inferParents(objects, environment, ledger);
  inferNamespaces(objects, environment, ledger);
  inferBackends(objects, environment, ledger);
  inferPods(objects, environment, ledger);
  const issuances = issuancesIn(manifests, objects.ingresses.values());
  inferSecrets(objects, environment, issuances, ledger);
  const waiting = issuances.filter(({ secret }) => objects.secrets.get(secret)?.usableForTls !== true);
  addSolvers(waiting, objects, ledger);
  inferAuthorities(objects, environment, ledger);
  applyDefaultIngressClass(objects, environment, ledger);
  applyIngressWebhooks(objects, environment, ledger);
  const running = whichRun(objects, environment, ledger);
  const gatewaysRun = gatewayControllers(objects, environment, ledger);
  const installed = installGateways(gatewaysRun.running, objects, environment, ledger);

  const allNodes = clusterNodes(objects, environment);
  recordNodes(allNodes, ledger);
  const runningPods = runPods(objects.pods, inOrder(objects.workloads), allNodes, environment, ledger);
  const { pods, nodes } = runningPods;
  const services = allocateServices(inOrder(objects.services), environment, ledger);
  const slices = endpointSlices(services, runningPods, objects.slices, ledger);
  const local = localEndpoints(slices.endpointSlices);
  const balancers = loadBalancers(services, nodes, objects.namespaces, local, seenBalancers, environment, ledger);
  const { ingresses } = objects;
  const ingressClasses = inOrder(objects.ingressClasses);
  const controllers = settleControllers(
    running,
    { nodes, pods, services, secrets: objects.secrets, ingresses, ingressClasses, loadBalancers: balancers, manifests, environment },
    ledger,
  );
  const { complete } = environment;
  const gatewayApi = settleGateways(gatewaysRun, installed, { ...objects, manifests, complete, nodes, pods, services, loadBalancers: balancers });
  const cluster: Cluster = {
    environment,
    arrangement: Object.assign({}, ...objects.scenarios.map((scenario) => scenario.arrangement)) as Cluster['arrangement'],
    manifests,
    namespaces: inOrder(objects.namespaces),
    nodes,
    pods,
    workloads: inOrder(objects.workloads),
    services,
    ingresses,
    ingressClasses,
    networkPolicies: inOrder(objects.networkPolicies),
    secrets: inOrder(objects.secrets),
    configMaps: objects.configMaps,
    gatewayClasses: inOrder(objects.gatewayClasses),
    gateways: objects.gateways,
    listenerSets: objects.listenerSets,
    routes: objects.routes,
    referenceGrants: objects.referenceGrants,
    backendTLSPolicies: objects.backendTLSPolicies,
    gatewayApi,
    endpointSlices: slices.endpointSlices,
    excludedPods: slices.excludedPods,
    controllers,
    loadBalancers: balancers,
    addressOwners: addressOwners(nodes, pods, services, balancers, controllers),
    publicRecords: publicRecords(
      { nodes, services, ingresses, controllers, gatewayApi, loadBalancers: balancers, local, slices: slices.endpointSlices },
      environment,
      ledger,
    ),
    defaults: ledger.defaults,
    provenance: ledger.provenance,
    assumptions: ledger.assumptions,
    rejections: ledger.rejections,
    findings: ledger.findings,
  };
  recordDefaults(cluster, objects, allNodes, slices.selected, ledger);
  reportRejections(ledger);
  reportServices(cluster, slices.selected, ledger);
  reportHandMadeEndpoints(cluster, ledger);
  reportIngresses(cluster, waiting, ledger);
  reportAnnotations(cluster, ledger);
  reportGateways(cluster, ledger);
  reportNetworkPolicies(cluster, ledger);
  reportLoadBalancers(cluster, ledger);
  reportStatefulSets(cluster, ledger);
  reportCloudIngresses(cluster, ledger);
  reportIngressBalancers(cluster, ledger);
  return cluster;
}

/** What was added to a map goes to its place by namespace and name. */
function inOrder<T extends ApiObject>(map: ReadonlyMap<string, T>): Map<string, T> {
  return new Map([...map].sort(([, a], [, b]) => byNamespaceAndName(a, b)));
}
