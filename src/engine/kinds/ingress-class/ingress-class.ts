/** Which controller an Ingress class means (S4.4.12). https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-class */
import { msg } from '../../../catalogue/message.ts';
import type { Field } from '../field.ts';
import { required, shown } from '../field-rules.ts';
import { refuseChanges } from '../immutable.ts';
import type { Kind } from '../kind.ts';
import { readObject } from '../metadata.ts';
import { isDomainPrefixedPath } from '../names.ts';
import type { IngressClass } from './ingress-class-spec.ts';

const MAX_LENGTH = 250;

/** Marks the class that Ingresses without one get. */
export const DEFAULT_CLASS = 'ingressclass.kubernetes.io/is-default-class';

export const ingressClass: Kind<IngressClass> = {
  kind: 'IngressClass',
  plural: 'ingressclasses',
  apiVersions: ['networking.k8s.io/v1'],
  removed: { 'networking.k8s.io/v1beta1': '1.22' },
  namespaced: false,
  role: 'controller',
  docs: 'https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-class',
  template: `apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata:
  name: nginx
spec:
  controller: k8s.io/ingress-nginx
`,
  read: (manifest) =>
    readObject(manifest, 'dns1123-subdomain', (root, base): IngressClass => ({
      ...base,
      controller: readController(root.at('spec', 'controller')),
      isDefault: base.metadata.annotations[DEFAULT_CLASS] === 'true',
    })),
  update: (before, after) => refuseChanges(after, [{ path: ['spec', 'controller'], before: before.controller, after: after.controller, rule: 'S4.4.12' }]),
  references: () => [],
};

function readController(field: Field): string {
  const controller = field.text() ?? '';
  if (controller === '') required(field, 'S4.4.12');
  else if (controller.length > MAX_LENGTH) field.reject('TooLong', 'S4.4.12', msg('rejection.too-long', { path: field.name, max: MAX_LENGTH }));
  else if (!isDomainPrefixedPath(controller)) {
    field.reject('Invalid', 'S4.4.12', msg('rejection.ingress-class.controller', { path: field.name, value: shown(controller) }));
  }
  return controller;
}
