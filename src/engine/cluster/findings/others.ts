/** Rejections, load balancers without an address, StatefulSets without their Service. */
import { msg } from '../../../catalogue/message.ts';
import type { ManifestObject } from '../../manifests/document.ts';
import { nameKey, refKey } from '../../manifests/object-ref.ts';
import type { Cluster } from '../cluster.ts';
import { KNOWN_CONTROLLERS } from '../controllers/known.ts';
import { type Ledger, recordFinding } from '../ledger.ts';
import { suggest } from '../../manifests/near-miss.ts';
import { rangesOf } from '../ranges.ts';
import { matchesLabels } from '../selectors.ts';

export function reportRejections(ledger: Ledger): void {
  if (ledger.rejections.length === 0) return;
  const byRef = new Map<string, ManifestObject>();
  for (const manifest of ledger.manifests.objects) byRef.set(refKey(manifest.ref), manifest);
  for (const { object, path, printed = path, category, message, rule } of ledger.rejections) {
    const ranges = rangesOf(ledger.manifests, { manifest: byRef.get(refKey(object)) ?? null }, path);
    ledger.findings.push({ code: 'rejected', severity: 'error', message, ranges, object, path, rules: [rule], refusal: { category, path: printed } });
  }
}

export function reportLoadBalancers(cluster: Cluster, ledger: Ledger): void {
  for (const [key, balancer] of cluster.loadBalancers) {
    const service = cluster.services.get(key);
    if (service === undefined || service.manifest === null) continue;
    const at = { object: service, path: balancer.decidedBy ?? ['spec', 'type'] };
    if (balancer.state === 'pending') recordFinding(ledger, 'load-balancer-pending', 'warning', at, balancer.why, balancer.rules);
    const type = service.metadata.annotations['service.beta.kubernetes.io/aws-load-balancer-type'];
    if (balancer.state === 'active' && balancer.product === 'AWS Classic ELB' && type !== undefined) {
      recordFinding(ledger, 'load-balancer-type-unknown', 'warning', at, balancer.why, ['S8.2.1', 'F-43']);
    }
  }
}

export function reportStatefulSets(cluster: Cluster, ledger: Ledger): void {
  for (const workload of cluster.workloads.values()) {
    const { serviceName } = workload;
    if (workload.ref.kind !== 'StatefulSet' || serviceName === null || serviceName === '') continue;
    const { namespace } = workload.ref;
    const key = nameKey(namespace, serviceName);
    const service = cluster.services.get(key);
    const at = { object: workload, path: ['spec', 'serviceName'] };
    if (service === undefined) {
      const near = suggest(
        serviceName,
        [...cluster.services.values()].filter(({ ref }) => ref.namespace === namespace).map(({ ref }) => ref.name),
      );
      // Of a part of a cluster the Service may just not have been pasted.
      const isUnseen =
        !cluster.environment.complete && ![...cluster.services.values()].some(({ ref, manifest }) => ref.namespace === namespace && manifest !== null);
      if (near === null && isUnseen) continue;
      const message = near === null ? msg('cluster.stateful-set.no-service', { service: key }) : msg('cluster.stateful-set.near', { service: key, near });
      recordFinding(ledger, 'stateful-set-service-missing', 'warning', at, message, ['S6.4', 'F-10']);
    } else if (service.selector !== null && !matchesLabels(workload.template.labels, service.selector)) {
      recordFinding(
        ledger,
        'stateful-set-service-missing',
        'warning',
        at,
        msg('cluster.stateful-set.not-selected', { service: key }),
        ['S6.4', 'F-10'],
        [{ object: service, path: ['spec', 'selector'] }],
      );
    }
  }
}

/** S8.2.16, S8.3.2: a mistake for which a controller of a cloud makes no load balancer, or leaves one as it is. */
export function reportIngressBalancers(cluster: Cluster, ledger: Ledger): void {
  for (const { balancer, claims } of cluster.controllers) {
    const trouble = balancer?.trouble;
    if (trouble == null) continue;
    const [at] = trouble.because;
    const object = at?.object.kind === 'Service' ? cluster.services.get(nameKey(at.object.namespace, at.object.name)) : undefined;
    const ingress = cluster.ingresses.get(at?.object.kind === 'Ingress' ? nameKey(at.object.namespace, at.object.name) : (claims[0] ?? ''));
    const where = object ?? ingress;
    if (where !== undefined)
      recordFinding(ledger, 'ingress-load-balancer-failed', 'error', { object: where, path: at?.path ?? [] }, trouble.why, trouble.rules);
  }
}

/** Controllers whose load balancer a cloud makes: a generic controller stands for it (S11.1). */
export function reportCloudIngresses(cluster: Cluster, ledger: Ledger): void {
  for (const controller of cluster.controllers) {
    if (controller.balancer !== null || !KNOWN_CONTROLLERS.some(({ name, installation }) => name === controller.name && installation === null)) continue;
    for (const key of controller.claims) {
      const ingress = cluster.ingresses.get(key);
      if (ingress === undefined) continue;
      recordFinding(
        ledger,
        'controller-not-simulated',
        'info',
        { object: ingress, path: ['spec', 'ingressClassName'] },
        msg('cluster.not-simulated', { controller: controller.name }),
        ['S11.1'],
      );
    }
  }
}
