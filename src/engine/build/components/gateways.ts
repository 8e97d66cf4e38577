/** A Gateway, with the GatewayClass that says who serves it where none is there. */
import { msg } from '../../../catalogue/message.ts';
import { KNOWN_GATEWAY_CONTROLLERS } from '../../cluster/gateways/known.ts';
import type { JsonObject } from '../../manifests/document.ts';
import { objectName } from '../names.ts';
import type { Site } from '../site.ts';
import { manifest, type Component, type Placed } from './component.ts';

export const GATEWAY_API = 'gateway.networking.k8s.io/v1';

interface ClassInUse {
  readonly name: string;
  /** Its manifest; none where the class is there, stated, or taken for granted already. */
  readonly documents: readonly JsonObject[];
  /** Where the environment states all controllers, one that serves the class. */
  readonly scenario: NonNullable<Placed['scenario']>;
}

/** The class of the texts, else the one that the environment or a Gateway speaks of; else one of the first controller that is known. */
export function gatewayClassFor({ cluster }: Site): ClassInUse {
  const written = [...cluster.gatewayClasses.values()].find((one) => one.manifest !== null)?.ref.name;
  const stated = cluster.environment.controllers.find(({ kind, class: name }) => kind === 'gateway' && name !== undefined)?.class;
  const used = [...cluster.gateways.values()].find((one) => one.manifest !== null)?.gatewayClassName;
  const known = written ?? stated ?? used;
  const [usual] = KNOWN_GATEWAY_CONTROLLERS;
  const name = known ?? usual?.classes[0] ?? 'public';
  const { controllers } = cluster.environment;
  const isOpen = !cluster.environment.stated.includes('controllers') || controllers.some(({ kind }) => kind === 'gateway');
  const scenario = isOpen ? [] : [{ path: ['spec', 'environment', 'controllers', controllers.length], value: controllerOf(name) }];
  if (known !== undefined) return { name, documents: [], scenario };
  const spec = { controllerName: usual?.controllerName ?? 'example.com/gateway-controller' };
  return { name, documents: [manifest({ kind: 'GatewayClass', namespace: '', name }, GATEWAY_API, { spec })], scenario };
}

function controllerOf(className: string): JsonObject {
  return { kind: 'gateway', name: className, implementation: 'generic', class: className };
}

/**
 * Controllers that Gateways were taken to have until now. Once one controller is stated, all that are to be must be, so
 * these are stated with it: what is added changes nothing else.
 */
export function controllersTakenForGranted({ cluster }: Site): readonly JsonObject[] {
  if (cluster.environment.stated.includes('controllers')) return [];
  return [...new Set([...cluster.gateways.values()].map(({ gatewayClassName }) => gatewayClassName))].map(controllerOf);
}

/** It listens for plain HTTP and takes routes of its own namespace, as the API has it unless told otherwise. */
export function gatewayManifest(namespace: string, name: string, className: string): JsonObject {
  const spec = { gatewayClassName: className, listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }] };
  return manifest({ kind: 'Gateway', namespace, name }, GATEWAY_API, { spec });
}

export const GATEWAY_NAMES = ['public', 'edge'];

export const gateway: Component = {
  id: 'gateway',
  section: 'route',
  picture: 'Gateway',
  title: msg('build.gateway'),
  about: msg('build.gateway.about'),
  place: (site, { namespace }) => {
    const { name: className, documents, scenario } = gatewayClassFor(site);
    const name = objectName(site, 'Gateway', namespace, GATEWAY_NAMES);
    return { documents: [...documents, gatewayManifest(namespace, name, className)], scenario, object: { kind: 'Gateway', namespace, name } };
  },
};
