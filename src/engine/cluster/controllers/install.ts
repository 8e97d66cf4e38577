/**
 * Installs a controller that was stated or inferred but not pasted: its usual Deployment of two Pods behind its usual
 * Service, as real objects that scheduling, allocation and load balancers treat like any other.
 */
import { msg } from '../../../catalogue/message.ts';
import type { Cloud } from '../../kinds/scenario/scenario-spec.ts';
import type { LoadBalancerIngress, ServicePort } from '../../kinds/service/service-spec.ts';
import { nameKey, refKey } from '../../manifests/object-ref.ts';
import type { Environment } from '../environment.ts';
import { type Ledger, recordProvenance } from '../ledger.ts';
import type { Objects } from '../objects.ts';
import type { Labels } from '../selectors.ts';
import { syntheticDeployment, syntheticNamespace, syntheticPodSpec, syntheticService } from '../synthetic.ts';
import type { Installation } from './known.ts';
import type { RunningController } from './running.ts';

export interface Order {
  /** Name on the map, for messages. */
  readonly name: string;
  readonly class: string;
  readonly installation: Installation;
  /** `namespace/name` of the Service to make; undefined: the usual one; null: none, the Pods share their nodes' network. */
  readonly service: string | null | undefined;
  readonly args: readonly string[];
  /** The address that Ingresses of its class show in their status: its load balancer's. */
  readonly published?: readonly LoadBalancerIngress[];
  readonly assumption: string | null;
}

const REPLICAS = 2;

export function install(order: Order, objects: Objects, environment: Environment, ledger: Ledger): Pick<RunningController, 'service' | 'pods' | 'listens'> {
  const { installation, assumption } = order;
  const { namespace, deployment, service } = namesFor(order, objects);
  const labels = deployment === installation.deployment ? installation.labels : { ...installation.labels, 'app.kubernetes.io/instance': deployment };
  const onNodes = order.service === null;
  // Without load balancers the usual installations take ports 80 and 443 of the nodes themselves (S8.5.6).
  const { published = [] } = order;
  const onHostPorts = !onNodes && environment.cloud === 'none' && published.length === 0;
  const container = (port: Installation['http'], hostPort: number) => ({
    ...port,
    protocol: 'TCP' as const,
    hostPort: onNodes ? port.containerPort : onHostPorts ? hostPort : null,
  });
  const http = onNodes ? { ...installation.http, containerPort: 80 } : installation.http;
  const https = onNodes ? { ...installation.https, containerPort: 443 } : installation.https;
  const spec = syntheticPodSpec('controller', installation.image, [container(http, 80), container(https, 443)], order.args, onNodes);
  const why =
    assumption === null
      ? msg('provenance.stated-controller', { name: order.name, class: order.class })
      : msg('provenance.inferred-controller', { name: order.name, class: order.class });
  const record = (object: { readonly kind: string; readonly namespace: string; readonly name: string }) =>
    recordProvenance(ledger, { object }, 'Podpath', why, null, assumption);

  if (!objects.namespaces.has(namespace)) {
    objects.namespaces.set(namespace, syntheticNamespace(namespace));
    record({ kind: 'Namespace', namespace: '', name: namespace });
  }
  const workload = syntheticDeployment(namespace, deployment, REPLICAS, labels, spec);
  objects.workloads.set(refKey(workload.ref), workload);
  record(workload.ref);
  const running = {
    pods: { namespace, labels },
    listens: [
      { containerPort: http.containerPort, scheme: 'http' as const },
      { containerPort: https.containerPort, scheme: 'https' as const },
    ],
  };
  if (onNodes) return { ...running, service: null };
  const made = syntheticService(namespace, service, {
    type: onHostPorts ? 'NodePort' : 'LoadBalancer',
    selector: labels,
    ports: [servicePort('http', 80), servicePort('https', 443)],
    annotations: USUAL_ANNOTATIONS[environment.cloud] ?? {},
    externalTrafficPolicy: installation.externalTrafficPolicy,
  });
  const key = nameKey(namespace, service);
  objects.services.set(key, published.length === 0 ? made : { ...made, statusIngress: published });
  record(made.ref);
  return { ...running, service: key };
}

/** The usual names, or ones with the class in them where another controller already has those. */
function namesFor(
  { class: className, installation, service: stated }: Order,
  objects: Objects,
): { readonly namespace: string; readonly deployment: string; readonly service: string } {
  if (stated !== undefined && stated !== null) {
    const [namespace = installation.namespace, service = installation.service] = stated.includes('/') ? stated.split('/') : [installation.namespace, stated];
    return { namespace, deployment: freeName(objects, namespace, installation.deployment, className), service };
  }
  const { namespace } = installation;
  const deployment = freeName(objects, namespace, installation.deployment, className);
  const service = objects.services.has(nameKey(namespace, installation.service)) ? `${className}-${installation.service}` : installation.service;
  return { namespace, deployment, service };
}

function freeName(objects: Objects, namespace: string, usual: string, className: string): string {
  return objects.workloads.has(refKey({ kind: 'Deployment', namespace, name: usual })) ? `${className}-${usual}` : usual;
}

function servicePort(name: string, port: number): ServicePort {
  return { name, protocol: 'TCP', appProtocol: name, port, targetPort: name, nodePort: 0 };
}

const AWS = 'service.beta.kubernetes.io/aws-load-balancer-';

/** What the installation guides add for each cloud, so that the controller is reachable from the Internet (S8.2.5). */
const USUAL_ANNOTATIONS: Partial<Record<Cloud, Labels>> = {
  'aws-intree': { [`${AWS}type`]: 'nlb' },
  'aws-lbc': { [`${AWS}type`]: 'external', [`${AWS}nlb-target-type`]: 'instance', [`${AWS}scheme`]: 'internet-facing' },
};
