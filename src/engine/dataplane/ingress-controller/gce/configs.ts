/** FrontendConfig and BackendConfig of an Ingress and its Services, as far as they change the path of a request. */
import { msg, type Message } from '../../../../catalogue/message.ts';
import { isObject, member, parseJson, textOf } from '../../../cluster/ingress-balancers/loose-json.ts';
import type { Cluster } from '../../../cluster/cluster.ts';
import type { Service, ServicePort } from '../../../kinds/service/service-spec.ts';
import type { Json, JsonObject, ManifestObject } from '../../../manifests/document.ts';
import type { Reason } from '../../component.ts';
import type { ControllerView } from '../implementation.ts';
import type { HttpsRedirect } from '../ranked/dialect.ts';
import { annotationReason, claimedIngresses } from '../route.ts';

const FRONTEND_CONFIG = 'networking.gke.io/v1beta1.FrontendConfig';
const BACKEND_CONFIG = ['cloud.google.com/backend-config', 'beta.cloud.google.com/backend-config'];
const APP_PROTOCOLS = ['service.alpha.kubernetes.io/app-protocols', 'cloud.google.com/app-protocols'];

const CODES: Readonly<Record<string, number>> = {
  MOVED_PERMANENTLY_DEFAULT: 301,
  FOUND: 302,
  SEE_OTHER: 303,
  TEMPORARY_REDIRECT: 307,
  PERMANENT_REDIRECT: 308,
};

function find({ manifests }: Cluster, kind: string, namespace: string, name: string): ManifestObject | null {
  return manifests.objects.find(({ ref }) => ref.kind === kind && ref.namespace === namespace && ref.name === name) ?? null;
}

/** The whole URL map for plain HTTP is then one redirect. */
export function frontendRedirect({ cluster, controller }: ControllerView): HttpsRedirect | null {
  for (const ingress of claimedIngresses(cluster, controller)) {
    const name = ingress.metadata.annotations[FRONTEND_CONFIG];
    const found = name === undefined ? null : find(cluster, 'FrontendConfig', ingress.ref.namespace, name);
    const redirect = member(member(found?.value, 'spec'), 'redirectToHttps');
    if (found === null || member(redirect, 'enabled') !== true) continue;
    const status = CODES[textOf(member(redirect, 'responseCodeName')) ?? ''] ?? 301;
    const why = msg('ingress.gce.redirect', { config: found.ref.name });
    return { status, why, because: [{ object: found.ref, path: ['spec', 'redirectToHttps'] }, annotationReason(ingress, FRONTEND_CONFIG)] };
  }
  return null;
}

export interface BackendConfig {
  readonly timeoutSec: number | null;
  readonly cookie: boolean;
  /** `spec.healthCheck`; null where it says nothing of it. */
  readonly healthCheck: JsonObject | null;
  readonly why: readonly Message[];
  readonly because: readonly Reason[];
}

/** Parts that change who gets a request or what it becomes, and are not followed. */
const NOT_SIMULATED = ['iap', 'cdn', 'securityPolicy', 'customRequestHeaders', 'customResponseHeaders'];

/** The one for this port, by name or number, else the default one; null where none is named or it was not pasted. */
export function backendConfig(cluster: Cluster, service: Service, port: ServicePort): BackendConfig | null {
  const annotation = BACKEND_CONFIG.find((name) => service.metadata.annotations[name] !== undefined);
  const stated = annotation === undefined ? undefined : parseJson(service.metadata.annotations[annotation]!);
  const ports = member(stated, 'ports');
  const name = textOf(member(ports, port.name)) ?? textOf(member(ports, String(port.port))) ?? textOf(member(stated, 'default'));
  const found = name === null ? null : find(cluster, 'BackendConfig', service.ref.namespace, name);
  if (found === null) return null;
  const spec = member(found.value, 'spec');
  const timeout: Json | undefined = member(spec, 'timeoutSec');
  const health = member(spec, 'healthCheck');
  const left = NOT_SIMULATED.filter((part) => member(spec, part) !== undefined);
  return {
    timeoutSec: typeof timeout === 'number' ? timeout : null,
    cookie: member(member(spec, 'sessionAffinity'), 'affinityType') === 'GENERATED_COOKIE',
    healthCheck: isObject(health) ? health : null,
    why: [
      ...(typeof timeout === 'number' ? [msg('ingress.gce.timeout', { config: found.ref.name, seconds: timeout })] : []),
      ...(left.length === 0 ? [] : [msg('ingress.gce.left-out', { config: found.ref.name, parts: left })]),
    ],
    because: typeof timeout === 'number' ? [{ object: found.ref, path: ['spec', 'timeoutSec'] }] : [],
  };
}

/** What is spoken to a port: HTTP unless an annotation says otherwise. */
export function protocolOf(service: Service, port: ServicePort): string {
  const annotation = APP_PROTOCOLS.find((name) => service.metadata.annotations[name] !== undefined);
  const stated = annotation === undefined ? undefined : parseJson(service.metadata.annotations[annotation]!);
  return textOf(member(stated, port.name)) ?? 'HTTP';
}
