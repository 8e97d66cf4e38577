/**
 * Webhooks that must agree to every new Ingress and that nobody answers: then the API server takes none (S10.8). What a
 * webhook says of an Ingress is its controller's own; here only whether it can be asked.
 * https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#failure-policy
 */
import { msg, type Message } from '../../../catalogue/message.ts';
import type { ValidatingWebhook } from '../../kinds/validating-webhook-configuration/validating-webhook-configuration-spec.ts';
import { nameKey } from '../../manifests/object-ref.ts';
import type { Environment } from '../environment.ts';
import { isReadFromCluster } from '../evidence.ts';
import type { Ledger } from '../ledger.ts';
import type { Objects } from '../objects.ts';
import { matchesLabels } from '../selectors.ts';

export function applyIngressWebhooks(objects: Objects, environment: Environment, ledger: Ledger): void {
  for (const configuration of objects.validatingWebhookConfigurations.values()) {
    // Whether one that looks at labels would be asked is not followed.
    const asked = configuration.webhooks.filter((webhook) => webhook.failurePolicy === 'Fail' && !webhook.isSelective && isAboutIngresses(webhook));
    const why = asked.map((webhook) => whyUnanswered(webhook, objects, environment)).find((message) => message !== null);
    if (why === undefined || why === null) continue;
    for (const [key, ingress] of objects.ingresses) {
      if (isReadFromCluster(ingress)) continue;
      objects.ingresses.delete(key);
      ledger.rejections.push({ object: ingress.ref, path: ['metadata', 'name'], category: 'Forbidden', message: why, rule: 'S10.8' });
    }
  }
}

function isAboutIngresses({ rules }: ValidatingWebhook): boolean {
  const has = (list: readonly string[], ...names: readonly string[]) => list.some((item) => names.includes(item));
  return rules.some(
    ({ apiGroups, resources, operations }) =>
      has(apiGroups, 'networking.k8s.io', '*') && has(resources, 'ingresses', 'ingresses/*', '*', '*/*') && has(operations, 'CREATE', '*'),
  );
}

/** Null where somebody may answer: manifests do not show firewalls. */
function whyUnanswered({ name: webhook, service: asked }: ValidatingWebhook, objects: Objects, environment: Environment): Message | null {
  if (asked === null) return null;
  const { namespace, port } = asked;
  const key = nameKey(namespace, asked.name);
  const args = { webhook, service: key };
  const service = objects.services.get(key);
  if (service === undefined) {
    // Of a part of a cluster the Service may just not have been pasted.
    const isSeen = environment.complete || [...objects.services.values()].some(({ ref, manifest }) => ref.namespace === namespace && manifest !== null);
    return isSeen ? msg('cluster.rejected.webhook-service', args) : null;
  }
  if (!service.ports.some((own) => own.port === port)) return msg('cluster.rejected.webhook-port', { ...args, port });
  const { selector } = service;
  if (selector === null) return null;
  const templates = [...objects.workloads.values()].map(({ ref, template }) => ({ namespace: ref.namespace, labels: template.labels }));
  const pods = [...objects.pods.values()].map(({ ref, metadata }) => ({ namespace: ref.namespace, labels: metadata.labels }));
  const isBacked = [...templates, ...pods].some((candidate) => candidate.namespace === namespace && matchesLabels(candidate.labels, selector));
  return isBacked ? null : msg('cluster.rejected.webhook-pods', args);
}
