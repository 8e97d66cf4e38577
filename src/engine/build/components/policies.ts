/** NetworkPolicies: each isolates some Pods in one direction, and says what may pass all the same. */
import { msg, type Message } from '../../../catalogue/message.ts';
import type { Json, JsonObject } from '../../manifests/document.ts';
import type { ObjectRef } from '../../manifests/object-ref.ts';
import { inKubectlOrder, objectName } from '../names.ts';
import { podLabelsOf } from '../pod-labels.ts';
import { behind, workloadsIn, type Site } from '../site.ts';
import { manifest, type Component, type Spot } from './component.ts';

/** Pods with these labels, of the policy's own namespace where none is named. */
export function peer(labels: Readonly<Record<string, string>>, namespace: string | null): JsonObject {
  const namespaces: JsonObject = namespace === null ? {} : { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } };
  return inKubectlOrder({ ...namespaces, podSelector: { matchLabels: { ...labels } } });
}

export function policyManifest(ref: ObjectRef, spec: JsonObject): JsonObject {
  return manifest(ref, 'networking.k8s.io/v1', { spec });
}

function policy(
  id: string,
  title: Message,
  about: Message,
  make: (site: Site, at: Spot) => { readonly wishes: readonly string[]; readonly spec: JsonObject },
): Component {
  return {
    id,
    section: 'policy',
    picture: 'NetworkPolicy',
    title,
    about,
    place: (site, at) => {
      const { wishes, spec } = make(site, at);
      const ref = { kind: 'NetworkPolicy', namespace: at.namespace, name: objectName(site, 'NetworkPolicy', at.namespace, wishes) };
      return { documents: [policyManifest(ref, spec)], object: ref };
    },
  };
}

/** An empty selector is every Pod of the namespace. That a policy without rules for the way out is about the way in is the default. */
const denyIngress = policy('policy-deny-ingress', msg('build.policy.deny-ingress'), msg('build.policy.deny-ingress.about'), () => ({
  wishes: ['default-deny-ingress'],
  spec: { podSelector: {} },
}));

/** To the workload it was dropped on, else the first; from another one that a selector can name. */
const allowIngress = policy('policy-allow', msg('build.policy.allow'), msg('build.policy.allow.about'), (site, { namespace, onto }) => {
  const selectable = workloadsIn(site, namespace).flatMap(({ ref }) => labelled(site, ref) ?? []);
  const dropped = onto === null ? null : labelled(site, behind(site, onto));
  const target = dropped ?? selectable[0] ?? { name: 'web', labels: { app: 'web' } };
  const source = selectable.find(({ name }) => name !== target.name) ?? { name: 'client', labels: { app: 'client' } };
  return {
    wishes: [`allow-${source.name}-to-${target.name}`],
    spec: { ingress: [{ from: [peer(source.labels, null)] }], podSelector: { matchLabels: { ...target.labels } } },
  };
});

function labelled(site: Site, ref: ObjectRef) {
  const labels = podLabelsOf(site, ref);
  return labels === null ? null : { name: ref.name, labels };
}

const DNS_PORTS: Json = [{ port: 53, protocol: 'UDP' }, { port: 53 }];

const allowDns = policy('policy-allow-dns', msg('build.policy.allow-dns'), msg('build.policy.allow-dns.about'), () => ({
  wishes: ['allow-dns'],
  spec: { egress: [{ ports: DNS_PORTS, to: [peer({ 'k8s-app': 'kube-dns' }, 'kube-system')] }], podSelector: {}, policyTypes: ['Egress'] },
}));

export const policies: readonly Component[] = [denyIngress, allowIngress, allowDns];
