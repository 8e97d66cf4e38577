/** What a person switches in the environment of one thing: a Pod, a node, a load balancer. */
import { msg } from '../../catalogue/message.ts';
import type { PodOverride } from '../kinds/scenario/scenario-spec.ts';
import { isDown } from '../cluster/nodes.ts';
import { isObject } from '../manifests/json.ts';
import { nameKey, type ObjectRef } from '../manifests/object-ref.ts';
import { setScenarioField } from '../manifests/scenario-text.ts';
import type { FieldPath } from '../manifests/source.ts';
import type { Workspace } from '../manifests/workspace.ts';
import { nodesStated } from './nodes.ts';
import { scenarioValue } from './scenario.ts';
import type { Site } from './site.ts';

export type Switch = 'pod-not-ready' | 'pod-gone' | 'pod-localhost' | 'pod-slow' | 'pod-closes' | 'node-down' | 'load-balancer-pending';

export interface Toggle {
  readonly switch: Switch;
  readonly isOn: boolean;
}

/** Milliseconds: longer than proxies usually wait. */
const SLOW = 90_000;

/** What of an object can be switched, and how it stands. */
export function togglesOf({ cluster }: Site, { kind, namespace, name }: ObjectRef): readonly Toggle[] {
  const key = nameKey(namespace, name);
  const pod: PodOverride = cluster.environment.pods[key] ?? {};
  switch (kind) {
    case 'Pod':
      return cluster.pods.has(key) || pod.gone === true
        ? [
            { switch: 'pod-not-ready', isOn: pod.ready === false },
            { switch: 'pod-localhost', isOn: pod.localhostOnly === true },
            { switch: 'pod-slow', isOn: pod.delay !== undefined },
            { switch: 'pod-closes', isOn: pod.failConnection === true },
            { switch: 'pod-gone', isOn: pod.gone === true },
          ]
        : [];
    case 'Node':
      return cluster.nodes.has(name) ? [{ switch: 'node-down', isOn: isDown(cluster, name) }] : [];
    case 'Service':
      return cluster.services.get(key)?.type === 'LoadBalancer'
        ? [{ switch: 'load-balancer-pending', isOn: cluster.environment.loadBalancers[key]?.pending === true }]
        : [];
    default:
      return [];
  }
}

/** Switched off again, nothing is left of it in the text. */
export function switchOver(site: Site, { namespace, name }: ObjectRef, which: Switch, isOn: boolean): Workspace {
  const key = nameKey(namespace, name);
  switch (which) {
    case 'pod-not-ready':
      return setOrClear(site, ['pods', key, 'ready'], isOn ? false : undefined);
    case 'pod-gone':
      return setOrClear(site, ['pods', key, 'gone'], isOn || undefined);
    case 'pod-localhost':
      return setOrClear(site, ['pods', key, 'localhostOnly'], isOn || undefined);
    case 'pod-slow':
      return setOrClear(site, ['pods', key, 'delay'], isOn ? SLOW : undefined);
    case 'pod-closes':
      return setOrClear(site, ['pods', key, 'failConnection'], isOn || undefined);
    case 'load-balancer-pending':
      return setOrClear(site, ['loadBalancers', key, 'pending'], isOn || undefined);
    case 'node-down': {
      const nodes = nodesStated(site.cluster);
      const index = nodes.findIndex((node) => node['name'] === name);
      const isStated = site.cluster.environment.stated.includes('nodes') && index !== -1;
      if (isStated) return setScenarioField(site.workspace, ['spec', 'environment', 'nodes', index, 'down'], isOn || undefined);
      const all = nodes.map((node) => (node['name'] === name && isOn ? { ...node, down: true } : node));
      return setScenarioField(site.workspace, ['spec', 'environment', 'nodes'], all);
    }
  }
}

/** Takes the mappings away that would be left empty. */
function setOrClear(site: Site, path: FieldPath, value: boolean | number | undefined): Workspace {
  const full = ['spec', 'environment', ...path];
  if (value !== undefined) return setScenarioField(site.workspace, full, value);
  let depth = full.length;
  const isOnly = (at: FieldPath) => {
    const holder = scenarioValue(site, at);
    return isObject(holder) && Object.keys(holder).length === 1;
  };
  while (depth > 3 && isOnly(full.slice(0, depth - 1))) depth--;
  return setScenarioField(site.workspace, full.slice(0, depth), undefined);
}

export const SWITCH_SAID = {
  'pod-not-ready': msg('build.switch.pod-not-ready'),
  'pod-gone': msg('build.switch.pod-gone'),
  'pod-localhost': msg('build.switch.pod-localhost'),
  'pod-slow': msg('build.switch.pod-slow'),
  'pod-closes': msg('build.switch.pod-closes'),
  'node-down': msg('build.switch.node-down'),
  'load-balancer-pending': msg('build.switch.load-balancer-pending'),
} as const satisfies Readonly<Record<Switch, unknown>>;
