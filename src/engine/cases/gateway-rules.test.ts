/** Every rule of S12 that a request can show has a golden case that shows it, or stands here with the reason why not. */
import { expect, it } from 'vitest';
import { buildCluster } from '../cluster/build-cluster.ts';
import { send } from '../dataplane/send.ts';
import { scenario } from '../kinds/scenario/scenario.ts';
import { parseManifests } from '../manifests/parse.ts';

const texts = import.meta.glob<string>('./gateway-*.yaml', { query: '?raw', import: 'default', eager: true });

/** Ids as the rules of this project are numbered: section 12, the Gateway API. */
const RULES = [
  'S12.1.1', 'S12.1.2', 'S12.1.3', 'S12.1.4', 'S12.2', 'S12.3',
  'S12.4.1', 'S12.4.2', 'S12.4.3', 'S12.4.4', 'S12.4.5', 'S12.5',
  'S12.6', 'S12.6.1', 'S12.6.2', 'S12.6.3', 'S12.6.4', 'S12.6.5', 'S12.6.6', 'S12.6.7', 'S12.6.8', 'S12.6.9',
  'S12.7', 'S12.8', 'S12.9.1', 'S12.9.2', 'S12.9.3', 'S12.9.4', 'S12.9.5', 'S12.10', 'S12.11',
  'S12.12.1', 'S12.12.2', 'S12.12.3', 'S12.12.4', 'S12.12.5', 'S12.13', 'S12.13.1', 'S12.13.2', 'S12.14', 'S12.15',
]; // prettier-ignore

/** Rules of the control plane: a status shows them, no request does. Tested in `cluster/gateways`. */
const SHOWN_BY_STATUS: Readonly<Record<string, string>> = {
  'S12.1.1': 'which controller claims a class',
  'S12.1.2': 'a Gateway of a class that does not exist',
  'S12.1.3': 'which routes attach; a request shows those that did not among what it considered',
  'S12.1.4': 'what the controller makes for a Gateway',
  'S12.4.1': 'which listeners are distinct',
  'S12.4.2': 'which protocols share a port',
  'S12.4.4': 'who wins between a Gateway and its ListenerSets',
  'S12.4.5': 'part of the choice of a listener, cited as S12.3',
  'S12.9.4': 'which protocols of a backend are supported; told in words at the hop',
  'S12.12.2': 'which kinds of routes a listener takes',
  'S12.13.1': 'a parent that gets no status',
  'S12.13.2': 'how many routes are attached',
  'S12.14': 'whose ListenerSets may add listeners',
};

it('every rule of the Gateway API that a request can show has a golden case', () => {
  const shown = new Set<string>();
  for (const [path, text] of Object.entries(texts)) {
    const manifests = parseManifests([{ name: path, text }]);
    const cluster = buildCluster(manifests);
    for (const object of manifests.objects.filter(({ ref }) => ref.kind === 'Scenario')) {
      for (const { flow } of scenario.read(object).object?.requests ?? []) {
        for (const { rules, considered } of send(cluster, flow).trace.hops) {
          for (const rule of [...rules, ...considered.flatMap((choice) => choice.rules)]) shown.add(rule);
        }
      }
    }
  }
  expect(RULES.filter((rule) => !shown.has(rule) && SHOWN_BY_STATUS[rule] === undefined)).toEqual([]);
  expect(Object.keys(SHOWN_BY_STATUS).filter((rule) => !RULES.includes(rule))).toEqual([]);
});
