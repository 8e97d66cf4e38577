/** Drawn from Pods to Pods that a policy isolates from them, a connection is one more rule that lets them in. */
import { msg } from '../../../catalogue/message.ts';
import type { NetworkPolicy } from '../../kinds/network-policy/network-policy-spec.ts';
import type { Pod } from '../../kinds/pod/pod-spec.ts';
import { selectorMatches } from '../../kinds/workload/label-selector.ts';
import { isolatedBy } from '../../dataplane/network-policy/isolation.ts';
import { nameKey, type ObjectRef, refKey } from '../../manifests/object-ref.ts';
import { peer, policyManifest } from '../components/policies.ts';
import { objectName } from '../names.ts';
import { podLabelsOf } from '../pod-labels.ts';
import type { Site } from '../site.ts';
import { appendDocuments, setObjectField } from '../text-edits.ts';
import type { Connected } from './connection.ts';

/** Null where nothing has to be allowed: no policy isolates the target, or a rule lets these Pods in. */
export function allow(site: Site, from: ObjectRef, to: ObjectRef): Connected | null {
  const [asking, asked] = [podsOf(site, from)[0], podsOf(site, to)[0]];
  if (asking === undefined || asked === undefined) return null;
  const isolating = isolatedBy(site.cluster, asked, 'ingress');
  if (isolating.length === 0 || isolating.some((policy) => letsIn(site, policy, asking))) return null;
  const [source, target] = [podLabelsOf(site, from), podLabelsOf(site, to)];
  if (source === null || target === null) return { refused: msg('build.refused.no-policy-labels', { target: source === null ? from.name : to.name }) };
  const rule = { from: [peer(source, from.namespace === to.namespace ? null : from.namespace)] };
  const args = { from: from.name, to: to.name };
  const own = isolating.find((policy) => policy.manifest !== null && isAboutOnly(site, policy, to));
  const text = own === undefined ? undefined : site.written.get(refKey(own.ref));
  if (own !== undefined && text !== undefined) {
    const workspace = setObjectField(site.workspace, text, ['spec', 'ingress', own.ingress.length], rule);
    return { workspace, said: msg('build.said.allowed', { ...args, policy: own.ref.name }) };
  }
  // A rule in a policy that is about other Pods as well would open those too.
  const ref = { kind: 'NetworkPolicy', namespace: to.namespace, name: objectName(site, 'NetworkPolicy', to.namespace, [`allow-${from.name}-to-${to.name}`]) };
  const file = site.written.get(refKey(isolating[0]!.ref))?.file ?? '';
  const document = policyManifest(ref, { ingress: [rule], podSelector: { matchLabels: { ...target } } });
  return { workspace: appendDocuments(site.workspace, file, [document]), said: msg('build.said.allowed', { ...args, policy: ref.name }) };
}

/** On some port at least: which one, the request will tell. */
function letsIn({ cluster }: Site, policy: NetworkPolicy, { ref, metadata }: Pod): boolean {
  return policy.ingress.some(
    ({ peers }) =>
      peers.length === 0 ||
      peers.some(
        (one) =>
          one.kind === 'selectors' &&
          (one.pods === null || selectorMatches(one.pods, metadata.labels)) &&
          (one.namespaces === null
            ? ref.namespace === policy.ref.namespace
            : selectorMatches(one.namespaces, cluster.namespaces.get(ref.namespace)?.metadata.labels ?? {})),
      ),
  );
}

function isAboutOnly(site: Site, { ref, podSelector }: NetworkPolicy, to: ObjectRef): boolean {
  const own = new Set(podsOf(site, to));
  return [...site.cluster.pods.values()].every(
    (pod) => pod.ref.namespace !== ref.namespace || own.has(pod) || !selectorMatches(podSelector, pod.metadata.labels),
  );
}

function podsOf({ cluster }: Site, ref: ObjectRef): readonly Pod[] {
  const own = cluster.pods.get(nameKey(ref.namespace, ref.name));
  if (ref.kind === 'Pod') return own === undefined ? [] : [own];
  return [...cluster.pods.values()].filter(({ workload }) => workload !== null && refKey(workload) === refKey(ref));
}
