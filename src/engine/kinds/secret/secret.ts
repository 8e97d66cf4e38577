/**
 * Secrets as far as a request cares: is there a certificate and a key, and for which names (S2.7). The payload was
 * dropped when the text was read; only its facts are here.
 * https://kubernetes.io/docs/concepts/configuration/secret/#tls-secrets
 */
import { msg } from '../../../catalogue/message.ts';
import { secretFactsOf } from '../../manifests/secret-facts.ts';
import type { Kind } from '../kind.ts';
import { readObject } from '../metadata.ts';
import type { Secret } from './secret-spec.ts';

const TLS = 'kubernetes.io/tls';

export const secret: Kind<Secret> = {
  kind: 'Secret',
  plural: 'secrets',
  apiVersions: ['v1'],
  removed: {},
  namespaced: true,
  role: 'none',
  docs: 'https://kubernetes.io/docs/concepts/configuration/secret/',
  template: `apiVersion: v1
kind: Secret
metadata:
  name: shop-tls
  annotations:
    podpath.dev/certificate-names: shop.example.com
type: kubernetes.io/tls
stringData:
  tls.crt: given
  tls.key: given
`,
  read: (manifest) => {
    const facts = secretFactsOf(manifest.value);
    return readObject(manifest, 'dns1123-subdomain', (root, base): Secret => {
      const type = root.get('type').filledText() ?? root.get('type').default('Opaque', 'S2.7');
      if (type === TLS) {
        for (const key of ['tls.crt', 'tls.key']) {
          if (facts.keys.includes(key)) continue;
          const field = root.get('data').get(key);
          field.reject('Required', 'S2.7', msg('manifests.secret.tls-key-missing', { path: field.name }));
        }
      }
      return {
        ...base,
        type,
        keys: facts.keys,
        certificate: facts.certificate,
        usableForTls: ['tls.crt', 'tls.key'].every((key) => facts.filled.includes(key)),
      };
    });
  },
  references: () => [],
};
