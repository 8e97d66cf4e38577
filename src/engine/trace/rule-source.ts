import type { RuleId } from '../manifests/finding.ts';

/**
 * Where a rule comes from upstream. Rule ids name the rules this project follows, section by section: S3 defaults,
 * S4 validation, S5 endpoints, S6 DNS, S7 kube-proxy, S8 load balancers, S9 Ingress, S10 ingress-nginx, S11 other Ingress controllers,
 * S13 NetworkPolicy, S14 TLS.
 */
export interface RuleSource {
  /** Title of the page or file, as upstream calls it. */
  readonly title: string;
  readonly url: string;
}

const docs = (path: string) => `https://kubernetes.io/docs/${path}/`;
const SERVICE = docs('concepts/services-networking/service');
const VIRTUAL_IPS = docs('reference/networking/virtual-ips');
const INGRESS = docs('concepts/services-networking/ingress');
const DNS = docs('concepts/services-networking/dns-pod-service');
const GATEWAY = 'https://gateway-api.sigs.k8s.io';
const NGINX = 'https://kubernetes.github.io/ingress-nginx/user-guide';

/** Longest matching prefix counts: `S7.5.4` is found under `S7.5`. */
const SOURCES: Readonly<Record<string, RuleSource>> = {
  S1: { title: 'Services, Load Balancing, and Networking', url: docs('concepts/services-networking') },
  'S1.4': { title: 'Workload Management', url: docs('concepts/workloads/controllers') },
  'S2.8': { title: 'Gateway API: versioning', url: `${GATEWAY}/concepts/versioning/` },
  'S2.12': { title: 'Deprecated API Migration Guide', url: docs('reference/using-api/deprecation-guide') },
  S3: { title: 'Service API reference', url: docs('reference/kubernetes-api/service-resources/service-v1') },
  'S3.14': { title: 'Ingress: path types', url: `${INGRESS}#path-types` },
  'S3.15': { title: 'Ingress: default IngressClass', url: `${INGRESS}#default-ingress-class` },
  S4: { title: 'Object Names and IDs', url: docs('concepts/overview/working-with-objects/names') },
  'S4.2': { title: 'Service API reference', url: docs('reference/kubernetes-api/service-resources/service-v1') },
  'S4.3': { title: 'Pod API reference', url: docs('reference/kubernetes-api/workload-resources/pod-v1') },
  'S4.4': { title: 'Ingress API reference', url: docs('reference/kubernetes-api/service-resources/ingress-v1') },
  'S4.5': { title: 'NetworkPolicy API reference', url: docs('reference/kubernetes-api/policy-resources/network-policy-v1') },
  'S4.7': { title: 'Gateway API reference', url: `${GATEWAY}/reference/spec/` },
  'S4.6': { title: 'Service ClusterIP allocation', url: docs('concepts/services-networking/cluster-ip-allocation') },
  S5: { title: 'EndpointSlices', url: docs('concepts/services-networking/endpoint-slices') },
  'S5.4': { title: 'Pod Lifecycle', url: docs('concepts/workloads/pods/pod-lifecycle') },
  'S5.6': { title: 'Services without selectors', url: `${SERVICE}#services-without-selectors` },
  'S5.9': { title: 'StatefulSets', url: docs('concepts/workloads/controllers/statefulset') },
  S6: { title: 'DNS for Services and Pods', url: DNS },
  'S6.1': { title: 'Kubernetes DNS-Based Service Discovery', url: 'https://github.com/kubernetes/dns/blob/master/docs/specification.md' },
  'S6.2': { title: 'CoreDNS: kubernetes plugin', url: 'https://coredns.io/plugins/kubernetes/' },
  'S6.5': { title: 'Pods: A/AAAA records', url: `${DNS}#pods` },
  'S6.7': { title: 'resolv.conf(5)', url: 'https://man7.org/linux/man-pages/man5/resolv.conf.5.html' },
  'S6.15': { title: 'CoreDNS: kubernetes plugin', url: 'https://coredns.io/plugins/kubernetes/' },
  'S6.8': { title: 'Pod’s DNS policy', url: `${DNS}#pod-s-dns-policy` },
  'S6.9': { title: 'ExternalDNS', url: 'https://kubernetes-sigs.github.io/external-dns/' },
  'S6.11': { title: 'Service type ExternalName', url: `${SERVICE}#externalname` },
  'S6.14': { title: 'Virtual IPs and Service Proxies', url: VIRTUAL_IPS },
  S7: { title: 'Virtual IPs and Service Proxies', url: VIRTUAL_IPS },
  'S7.2': { title: 'kube-proxy: topology.go', url: 'https://github.com/kubernetes/kubernetes/blob/master/pkg/proxy/topology.go' },
  'S7.3': { title: 'Virtual IPs: traffic policies', url: `${VIRTUAL_IPS}#traffic-policies` },
  'S7.4': { title: 'Service type NodePort', url: `${SERVICE}#type-nodeport` },
  'S7.5': { title: 'Using Source IP', url: docs('tutorials/services/source-ip') },
  'S7.7': { title: 'Virtual IPs: session affinity', url: `${VIRTUAL_IPS}#session-affinity` },
  'S7.9': { title: 'Service: load balancer IP mode', url: `${SERVICE}#load-balancer-ip-mode` },
  S8: { title: 'Service type LoadBalancer', url: `${SERVICE}#loadbalancer` },
  'S8.2': { title: 'AWS Load Balancer Controller', url: 'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/' },
  'S8.3': { title: 'GKE: LoadBalancer Services', url: 'https://cloud.google.com/kubernetes-engine/docs/concepts/service-load-balancer' },
  'S8.4': { title: 'Cloud Provider Azure: load balancer', url: 'https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/' },
  'S8.5': { title: 'MetalLB concepts', url: 'https://metallb.io/concepts/' },
  S9: { title: 'Ingress', url: INGRESS },
  'S9.1': { title: 'Ingress Controllers', url: docs('concepts/services-networking/ingress-controllers') },
  'S9.2': { title: 'Ingress class', url: `${INGRESS}#ingress-class` },
  'S9.4': { title: 'Ingress: path types', url: `${INGRESS}#path-types` },
  'S9.5': { title: 'Ingress: multiple matches', url: `${INGRESS}#multiple-matches` },
  'S9.8': { title: 'Ingress: TLS', url: `${INGRESS}#tls` },
  S10: { title: 'ingress-nginx: annotations', url: `${NGINX}/nginx-configuration/annotations/` },
  'S10.6': { title: 'ingress-nginx: path matching', url: `${NGINX}/ingress-path-matching/` },
  'S10.7': { title: 'ingress-nginx: path matching', url: `${NGINX}/ingress-path-matching/` },
  'S10.13': { title: 'ingress-nginx: TLS', url: `${NGINX}/tls/` },
  'S10.15': { title: 'ingress-nginx: TLS', url: `${NGINX}/tls/` },
  'S11.2': { title: 'Traefik: Kubernetes Ingress', url: 'https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/ingress/' },
  'S11.3': { title: 'HAProxy Kubernetes Ingress Controller', url: 'https://www.haproxy.com/documentation/kubernetes-ingress/' },
  'S11.4': { title: 'Contour: Ingress', url: 'https://projectcontour.io/docs/main/config/ingress/' },
  'S11.5': { title: 'Istio: Kubernetes Ingress', url: 'https://istio.io/latest/docs/tasks/traffic-management/ingress/kubernetes-ingress/' },
  S11: { title: 'Ingress Controllers', url: docs('concepts/services-networking/ingress-controllers') },
  S12: { title: 'Gateway API', url: `${GATEWAY}/` },
  'S12.1': { title: 'Gateway API: Gateway', url: `${GATEWAY}/api-types/gateway/` },
  'S12.4': { title: 'Gateway API: Gateway', url: `${GATEWAY}/api-types/gateway/` },
  'S12.9.5': { title: 'Gateway API: ReferenceGrant', url: `${GATEWAY}/api-types/referencegrant/` },
  'S12.12.3': { title: 'Gateway API: BackendTLSPolicy', url: `${GATEWAY}/api-types/backendtlspolicy/` },
  'S12.13': { title: 'Gateway API reference', url: `${GATEWAY}/reference/spec/` },
  'S12.15': { title: 'Gateway API for service mesh', url: `${GATEWAY}/mesh/` },
  S13: { title: 'Network Policies', url: docs('concepts/services-networking/network-policies') },
  'S13.2': { title: 'Network Policies: default policies', url: `${docs('concepts/services-networking/network-policies')}#default-policies` },
  'S13.3': {
    title: 'Network Policies: to and from selectors',
    url: `${docs('concepts/services-networking/network-policies')}#behavior-of-to-and-from-selectors`,
  },
  'S13.12': { title: 'Network Plugins', url: docs('concepts/extend-kubernetes/compute-storage-net/network-plugins') },
  'S14.7': { title: 'cert-manager: HTTP-01', url: 'https://cert-manager.io/docs/configuration/acme/http01/' },
  'S14.8': { title: 'ingress-nginx: HSTS', url: `${NGINX}/tls/#http-strict-transport-security` },
  S14: { title: 'Ingress: TLS', url: `${INGRESS}#tls` },
  S16: { title: 'Ingress NGINX retirement', url: 'https://kubernetes.io/blog/2025/11/11/ingress-nginx-retirement/' },
  S17: { title: 'Service', url: SERVICE },
  'S17.4': { title: 'Nodes: heartbeats', url: docs('concepts/architecture/nodes') },
  F: { title: 'Debug Services', url: docs('tasks/debug/debug-application/debug-service') },
  U: { title: 'Services, Load Balancing, and Networking', url: docs('concepts/services-networking') },
};

/** Null for a rule whose section has no public page. */
export function ruleSource(rule: RuleId): RuleSource | null {
  const parts = rule.replace(/^([FU])-?\d+$/, '$1').split('.');
  for (let length = parts.length; length > 0; length -= 1) {
    const source = SOURCES[parts.slice(0, length).join('.')];
    if (source) return source;
  }
  return null;
}
