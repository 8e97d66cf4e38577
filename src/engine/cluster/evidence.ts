/**
 * Signs that an object was read out of a running cluster: an API server accepted it as it stands there, so ranges that
 * nobody stated are what the object shows.
 */
import type { ApiObject } from '../kinds/kind.ts';
import type { JsonObject, Json } from '../manifests/document.ts';
import type { Objects } from './objects.ts';

/** True when the text holds what only an API server or a controller writes. */
export function isReadFromCluster(object: ApiObject): boolean {
  if (object.manifest === null) return false;
  const { metadata, status } = object.manifest.value;
  if (isRecord(metadata) && ('uid' in metadata || 'resourceVersion' in metadata)) return true;
  if (!isRecord(status)) return false;
  const { loadBalancer } = status;
  return isRecord(loadBalancer) && Array.isArray(loadBalancer['ingress']) && loadBalancer['ingress'].length > 0;
}

/** Nobody writes addresses of Nodes or Pods by hand: they come from a running cluster, and so does what stands beside them. */
export function showsRunningCluster(objects: Objects): boolean {
  for (const node of objects.nodes.values()) if (node.manifest !== null && node.addresses.length > 0) return true;
  for (const pod of objects.pods.values()) if (pod.manifest !== null && pod.status.podIPs.length > 0) return true;
  return false;
}

function isRecord(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
