/** The manifest of a new Service in front of a target, with nothing that the API server would fill in itself. */
import type { Json, JsonObject } from '../../manifests/document.ts';
import type { ObjectRef } from '../../manifests/object-ref.ts';
import { freeName } from '../names.ts';
import { type ExposedPort, exposedPorts } from '../target.ts';
import { isHttp } from '../urls.ts';
import type { Situation } from './way.ts';

export function serviceManifest(
  situation: Situation,
  ref: ObjectRef,
  spec: { readonly annotations?: Readonly<Record<string, string>>; readonly spec?: JsonObject; readonly headless?: boolean },
): JsonObject {
  const { target } = situation;
  const ports = exposedPorts(target, situation.service, isHttp(situation.flow));
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata(ref, spec.annotations ?? {}),
    spec: {
      ...spec.spec,
      selector: { ...target.selector },
      ports: ports.map((port) => portManifest(port, ports.length > 1)),
    },
  };
}

export function metadata({ namespace, name }: ObjectRef, annotations: Readonly<Record<string, string>> = {}): JsonObject {
  return {
    name,
    ...(namespace !== 'default' && { namespace }),
    ...(Object.keys(annotations).length > 0 && { annotations: { ...annotations } }),
  };
}

function portManifest({ name, protocol, appProtocol, port, targetPort }: ExposedPort, needsName: boolean): Json {
  return {
    ...((needsName || name !== '') && { name }),
    ...(protocol !== 'TCP' && { protocol }),
    ...(appProtocol !== null && { appProtocol }),
    port,
    ...(targetPort !== port && { targetPort }),
  };
}

/** A name of its own: the workload’s, or what a StatefulSet expects of its headless Service. */
export function newService(situation: Situation, suffix: string, wanted: string = situation.target.ref.name): ObjectRef {
  const { namespace } = situation.target.ref;
  return { kind: 'Service', namespace, name: freeName(situation.cluster, 'Service', namespace, wanted, suffix) };
}
