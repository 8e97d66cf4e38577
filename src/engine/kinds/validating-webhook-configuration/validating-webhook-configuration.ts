/**
 * Validating webhooks as far as a request cares: which of them must agree before an object exists, and where they are
 * asked (S10.8). https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/
 */
import type { Field } from '../field.ts';
import type { Kind } from '../kind.ts';
import { readObject } from '../metadata.ts';
import type { ValidatingWebhook, ValidatingWebhookConfiguration } from './validating-webhook-configuration-spec.ts';

const HTTPS = 443;

export const validatingWebhookConfiguration: Kind<ValidatingWebhookConfiguration> = {
  kind: 'ValidatingWebhookConfiguration',
  plural: 'validatingwebhookconfigurations',
  apiVersions: ['admissionregistration.k8s.io/v1'],
  removed: { 'admissionregistration.k8s.io/v1beta1': '1.22' },
  namespaced: false,
  role: 'none',
  docs: 'https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/',
  template: `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata:
  name: ingress-nginx-admission
webhooks:
- name: validate.nginx.ingress.kubernetes.io
  admissionReviewVersions: [v1]
  sideEffects: None
  rules:
  - apiGroups: [networking.k8s.io]
    apiVersions: [v1]
    operations: [CREATE, UPDATE]
    resources: [ingresses]
  clientConfig:
    service: { namespace: ingress-nginx, name: ingress-nginx-controller-admission, path: /networking/v1/ingresses }
`,
  read: (manifest) =>
    readObject(manifest, 'dns1123-subdomain', (root, base): ValidatingWebhookConfiguration => ({
      ...base,
      webhooks: root.get('webhooks').items().map(readWebhook),
    })),
  references: (object) =>
    object.webhooks.flatMap(({ service }, index) =>
      service === null
        ? []
        : [
            {
              path: ['webhooks', index, 'clientConfig', 'service', 'name'],
              to: { kind: 'Service', namespace: service.namespace, name: service.name },
            },
          ],
    ),
};

function readWebhook(field: Field): ValidatingWebhook {
  const service = field.at('clientConfig', 'service');
  const texts = (rule: Field, name: string) =>
    rule
      .get(name)
      .items()
      .flatMap((item) => item.text() ?? []);
  return {
    name: field.get('name').text() ?? '',
    service: service.isSet
      ? {
          namespace: service.get('namespace').text() ?? '',
          name: service.get('name').text() ?? '',
          port: service.get('port').integer() ?? HTTPS,
        }
      : null,
    failurePolicy: field.get('failurePolicy').text() === 'Ignore' ? 'Ignore' : 'Fail',
    rules: field
      .get('rules')
      .items()
      .map((rule) => ({ apiGroups: texts(rule, 'apiGroups'), resources: texts(rule, 'resources'), operations: texts(rule, 'operations') })),
    isSelective: ['namespaceSelector', 'objectSelector'].some((name) => field.get(name).entries().length > 0),
  };
}
