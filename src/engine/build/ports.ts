/** What a Service listens on for a workload: the usual port outside, the container's port inside; nothing that would be the default. */
import type { JsonObject } from '../manifests/document.ts';
import type { ContainerPort } from '../kinds/pod/pod-spec.ts';
import type { ServicePort } from '../kinds/service/service-spec.ts';

const WEB_NUMBERS = new Set([80, 3000, 4200, 5000, 8000, 8080, 8081, 8888, 9898]);

/** One entry for each port the containers declare; port 80 where they declare none. */
export function portsFor(ports: readonly ContainerPort[], headless: boolean): readonly JsonObject[] {
  if (ports.length === 0) return [{ port: 80 }];
  const taken = new Set<string>();
  return ports.flatMap((port) => {
    const entry = portFor(port, headless);
    const key = `${port.protocol} ${entry['port'] as number}`;
    if (taken.has(key)) return [];
    taken.add(key);
    return [ports.length > 1 ? { name: port.name ?? `port-${port.containerPort}`, ...entry } : entry];
  });
}

function portFor({ name, containerPort, protocol }: ContainerPort, headless: boolean): JsonObject {
  const isWeb = protocol === 'TCP' && (WEB_NUMBERS.has(containerPort) || name === 'http' || name === 'web');
  // A headless Service gives out addresses of Pods: nothing translates the port.
  const port = isWeb && !headless ? 80 : containerPort;
  return { port, ...(protocol === 'TCP' ? {} : { protocol }), ...(headless ? {} : targetOf(name, containerPort, port)) };
}

function targetOf(name: string | null, containerPort: number, port: number): JsonObject {
  if (name !== null) return { targetPort: name };
  return containerPort === port ? {} : { targetPort: containerPort };
}

/** Whether a Service port ends at a port that the containers declare, or they declare none to compare with. */
export function reaches({ targetPort, protocol }: ServicePort, ports: readonly ContainerPort[]): boolean {
  return (
    ports.length === 0 || ports.some((port) => port.protocol === protocol && (typeof targetPort === 'number' ? port.containerPort : port.name) === targetPort)
  );
}
