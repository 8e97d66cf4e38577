/** Which sentence says what a field means. Kinds share parts (Pod specs, probes, backends), so their fields share sentences. */
import { learnWords } from '../../../catalogue/known-words.ts';
import { field as sentences } from '../../../catalogue/en/field.ts';
import { msg, type Message } from '../../../catalogue/message.ts';

learnWords(sentences);

type FieldId = keyof typeof sentences;

/** A part that several kinds hold, by the beginning of its path; the first that fits. */
const SHARED: readonly (readonly [RegExp, string])[] = [
  [/^.*\.(?:readiness|liveness|startup)Probe\./, 'probe.'],
  [/^(?:spec\.(?:jobTemplate\.spec\.)?template\.)?spec\.initContainers\[\]/, 'pod.containers[]'],
  [/^spec\.(?:jobTemplate\.spec\.)?template\.metadata\./, 'template.'],
  [/^spec\.(?:jobTemplate\.spec\.)?template\.spec\./, 'pod.'],
  [/^spec\.jobTemplate\.spec\./, 'workload.'],
  [/^spec\.(?:rules\[\]\.http\.paths\[\]\.backend|defaultBackend)\./, 'backend.'],
  [/^.*\.targetRef(?=$|\.)/, 'target'],
  [/^subsets\[\]\.(?:notReadyA|a)ddresses\[\]\./, 'endpoint.'],
  [/^(?:subsets\[\]\.)?ports\[\]\./, 'endpoint.ports[].'],
  [/^metadata\./, 'metadata.'],
  [/^.*\.parametersRef(?=$|\.)/, 'parameters'],
  [/^spec\.tls\.frontend\..*validation(?=$|\.(?!caCertificateRefs\[))/, 'clientValidation'],
  [/^.*\.(?:caCertificateRefs\[\]|certificateRefs\[\]|clientCertificateRef)\./, 'named.'],
  [/^.*[sS]elector\.(?=match)/, 'selector.'],
  [/^spec\.listeners/, 'listeners'],
  [/^spec\.(?=parentRefs|hostnames|rules)/, 'route.'],
  [/^.*\.backendRefs?(?:\[\])?\.(?!filters)/, 'backendRef.'],
  [/^.*\.filters\[\]\.(?:request|response)HeaderModifier\./, 'headers.'],
  [/^.*\.filters\[\]\.\w+\.path\./, 'filter.path.'],
  [/^.*\.filters\[\]\./, 'filter.'],
  [/^spec\.(?:ingress|egress)\[\]\.(?=ports)/, 'rule.'],
  [/^spec\.(?:ingress|egress)\[\]\.(?:from|to)\[\]\./, 'peer.'],
];
const OF_PODS = /^(?:Deployment|ReplicaSet|StatefulSet|DaemonSet|Job|ReplicationController)$/;
const AFFINITY = 'affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms';

/** Fields that no form shows, although they are read. */
const NOT_IN_FORMS: readonly RegExp[] = [
  // Written by the API server or by a controller, never by a person. The addresses of a Node are stated by hand, as nobody else is there to do it.
  /^metadata\.(?:creationTimestamp|deletionTimestamp|ownerReferences)/,
  /^status\.(?!addresses)/,
  // One label or annotation: the form shows all of them at once.
  /^(?:.*\.)?(?:labels|annotations|selector|matchLabels|nodeSelector)\.(?!match)[^[]+$/,
  /^(?:data|binaryData)\./,
  // One text of a list of texts: the form shows all of them at once. Numbers have rows of their own.
  /(?<!codes)\[\]$/,
  // The form of Ingresses before version v1, which is read only to say what it is now.
  /\.service(?:Name|Port)$/,
  // The older name of serviceAccountName.
  /\.serviceAccount$/,
];

/** Null for a field that no form shows. */
export function meaningOf(kind: string, pattern: string): Message | null {
  if (isLeftOut(pattern)) return null;
  const id = idOf(kind, pattern);
  return id === null ? null : msg(id);
}

/** True where a field is left out of forms on purpose. */
export function isLeftOut(pattern: string): boolean {
  return pattern !== 'spec.serviceName' && NOT_IN_FORMS.some((one) => one.test(pattern));
}

function idOf(kind: string, pattern: string): FieldId | null {
  const candidates = [`${kind}.${pattern}`, ...SHARED.filter(([start]) => start.test(pattern)).map(([start, by]) => pattern.replace(start, by))];
  if (OF_PODS.test(kind) || kind === 'CronJob') candidates.push(pattern.replace(/^spec\./, 'workload.'));
  if (kind === 'Pod') candidates.push(pattern.replace(/^spec\./, 'pod.'));
  for (const candidate of candidates) {
    const id = `field.${candidate.replace(AFFINITY, 'affinity')}`;
    if (isKnown(id)) return id;
  }
  return null;
}

function isKnown(id: string): id is FieldId {
  return Object.hasOwn(sentences, id);
}
