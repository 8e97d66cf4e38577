/**
 * Recognises texts that a tool has still to turn into manifests: Helm templates and charts, kustomizations,
 * placeholders for envsubst. Reading them as they are would show a path that no cluster has.
 */
import { msg, type Message } from '../../catalogue/message.ts';
import type { Json, JsonObject } from './document.ts';
import { isList, isObject } from './json.ts';
import { formatFieldPath, type FieldPath } from './source.ts';

export interface Unrendered {
  readonly message: Message;
  /** The field to point at; empty for the whole document. */
  readonly path: FieldPath;
  /** The object means nothing before rendering; otherwise only this field does. */
  readonly fatal: boolean;
}

const HELM = 'helm template RELEASE CHART';

/** Offset of the first template action outside comments, or -1. For texts that are not readable as YAML. */
export function findTemplateAction(text: string): number {
  const match = /^[^#\n]*?(\{\{)[^\n]*?\}\}/m.exec(text);
  return match === null ? -1 : match.index + match[0].indexOf('{{');
}

export function helmTemplate(): Message {
  return msg('manifests.template.helm', { command: HELM });
}

/** A file that steers a tool: told by its name, or by what it holds. */
export function recogniseToolFile(value: JsonObject, file: string): Message | null {
  const base = file.slice(file.lastIndexOf('/') + 1);
  const folder = file.slice(0, file.length - base.length) || '.';
  const apiVersion = value['apiVersion'];
  const ofKustomize = typeof apiVersion === 'string' && apiVersion.startsWith('kustomize.config.k8s.io/');
  if (ofKustomize || (value['kind'] === undefined && (/^kustomization(\.ya?ml)?$/i.test(base) || looksLikeKustomization(value)))) {
    return msg('manifests.template.kustomization', { command: `kubectl kustomize ${folder}` });
  }
  if (value['kind'] !== undefined) return null;
  const isChart = (apiVersion === 'v1' || apiVersion === 'v2') && typeof value['name'] === 'string' && 'version' in value;
  if (isChart || /^values[\w.-]*\.ya?ml$/i.test(base)) return msg('manifests.template.chart', { command: `helm template RELEASE ${folder}` });
  return null;
}

function looksLikeKustomization(value: JsonObject): boolean {
  const files = value['resources'] ?? value['bases'];
  return isList(files) && files.length > 0 && files.every((item) => typeof item === 'string') && value['apiVersion'] === undefined;
}

/** Kubernetes itself, shells and template engines give `$(VAR)` and `{{ }}` a meaning in these fields. */
const FREE_TEXT = new Set(['annotations', 'args', 'command', 'data', 'env', 'exec', 'binaryData', 'stringData', 'script', 'values', 'description']);
const IDENTITY = new Set(['kind', 'apiVersion', 'metadata.name', 'metadata.namespace']);
const PLACEHOLDER = /\{\{.*?\}\}|\$\{[A-Za-z_]\w*(?::?[-=?+][^}]*)?\}|\$\([A-Za-z_]\w*\)|\$[A-Z][A-Z0-9_]+/s;

/** The first field that still holds a placeholder. Kinds whose text is free (ConfigMap, custom ones) are left alone. */
export function findPlaceholder(value: JsonObject): Unrendered | null {
  const kind = value['kind'];
  return search(value, [], typeof kind === 'string' && ROUTED.has(kind));
}

/** Kinds that take part in routing, where a placeholder changes the answer. Elsewhere only identities matter. */
const ROUTED = new Set([
  'CronJob',
  'DaemonSet',
  'Deployment',
  'Endpoints',
  'EndpointSlice',
  'Gateway',
  'GatewayClass',
  'GRPCRoute',
  'HTTPRoute',
  'Ingress',
  'IngressClass',
  'Job',
  'Namespace',
  'NetworkPolicy',
  'Node',
  'Pod',
  'ReferenceGrant',
  'ReplicaSet',
  'Service',
  'StatefulSet',
  'TCPRoute',
  'TLSRoute',
  'UDPRoute',
]);

function search(value: Json, path: FieldPath, everywhere: boolean): Unrendered | null {
  if (typeof value === 'string') {
    const placeholder = PLACEHOLDER.exec(value)?.[0];
    const field = formatFieldPath(path);
    if (placeholder === undefined || !(everywhere || IDENTITY.has(field))) return null;
    const command = placeholder.startsWith('{{') ? HELM : 'envsubst < FILE';
    return { message: msg('manifests.template.value', { path: field, placeholder, command }), path, fatal: IDENTITY.has(field) };
  }
  if (isList(value)) {
    for (const [index, item] of value.entries()) {
      const found = search(item, [...path, index], everywhere);
      if (found !== null) return found;
    }
    return null;
  }
  if (!isObject(value)) return null;
  for (const [key, item] of Object.entries(value)) {
    if (FREE_TEXT.has(key)) continue;
    const found = search(item, [...path, key], everywhere);
    if (found !== null) return found;
  }
  return null;
}
