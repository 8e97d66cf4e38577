/**
 * ConfigMaps as far as a request cares: whether `ca.crt` holds a certificate that others may trust (S2.7). Controllers
 * that are configured by one read their own.
 * https://kubernetes.io/docs/concepts/configuration/configmap/
 */
import { readCertificate } from '../../manifests/certificate.ts';
import type { Kind } from '../kind.ts';
import { readObject } from '../metadata.ts';
import type { ConfigMap } from './config-map-spec.ts';

export const configMap: Kind<ConfigMap> = {
  kind: 'ConfigMap',
  plural: 'configmaps',
  apiVersions: ['v1'],
  removed: {},
  namespaced: true,
  role: 'none',
  docs: 'https://kubernetes.io/docs/concepts/configuration/configmap/',
  template: `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  greeting: hello
`,
  read: (manifest) =>
    readObject(manifest, 'dns1123-subdomain', (root, base): ConfigMap => {
      const data = root.get('data').textMap();
      const ca = data['ca.crt'];
      return {
        ...base,
        keys: [
          ...Object.keys(data),
          ...root
            .get('binaryData')
            .entries()
            .map(([key]) => key),
        ],
        caNames: ca === undefined ? [] : authoritiesIn(ca),
        caCertificate: ca === undefined ? 'missing' : readCertificate(ca) === null ? 'unreadable' : 'readable',
      };
    }),
  references: () => [],
};

function authoritiesIn(bundle: string): readonly string[] {
  return bundle.split(/(?=-----BEGIN)/).flatMap((pem) => readCertificate(pem)?.commonName ?? []);
}
