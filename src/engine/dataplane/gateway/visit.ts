/** One visit of a connection to a Gateway's Pod or to the proxy of a mesh client. */
import type { Visit } from '../proxy/proxy.ts';

export interface GatewayVisit extends Visit {
  /** Which of the two speaks. */
  readonly voice: 'gateway' | 'mesh';
  /** Key of the Gateway; null in a mesh. */
  readonly gateway: string | null;
  /** The port of the listener, or of the Service in a mesh. */
  readonly port: number;
  /** Features that the implementation lacks, in upstream's spelling. */
  readonly lacks: ReadonlySet<string>;
}
