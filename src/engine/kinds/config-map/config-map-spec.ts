import type { ApiObject } from '../kind.ts';

/** As far as a request cares: whether it holds a bundle of certificate authorities (S2.7). */
export interface ConfigMap extends ApiObject {
  readonly keys: readonly string[];
  /** Common names of the authorities in `ca.crt`; empty where they cannot be read. */
  readonly caNames: readonly string[];
  /** `missing`: there is no `ca.crt`; `unreadable`: it holds no certificate in PEM form. */
  readonly caCertificate: 'readable' | 'unreadable' | 'missing';
}
