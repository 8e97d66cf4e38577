/** One request in the hands of ingress-nginx: what its phases share. */
import type { Cluster } from '../../../cluster/cluster.ts';
import type { ControllerView, ReceivedRequest } from '../implementation.ts';
import type { Configuration } from './configuration.ts';
import type { Settings } from './settings.ts';

export interface Handling {
  readonly view: ControllerView;
  readonly cluster: Cluster;
  readonly configuration: Configuration;
  readonly settings: Settings;
  readonly request: ReceivedRequest;
  /** Host header without port, lower case. */
  readonly host: string;
  /** Path after normalisation, without query. */
  readonly uri: string;
  /** With its question mark, or empty. */
  readonly query: string;
  /** Address that allowlists and headers go by. */
  readonly client: string;
  /** Scheme, host and port as a trusted proxy in front says, else as nginx sees them (S10.14). */
  readonly forwarded: { readonly scheme: string; readonly host: string; readonly port: string };
  /** Request headers that the ConfigMap sets for all backends. */
  readonly proxyHeaders: Readonly<Record<string, string>>;
  /** Response headers that the ConfigMap sets for all answers. */
  readonly addHeaders: Readonly<Record<string, string>>;
}

/** `http_host` of nginx is as the client wrote it; redirects to HTTPS leave the port out. */
export function hostWithoutPort(host: string): string {
  return host.split(':')[0] ?? host;
}
