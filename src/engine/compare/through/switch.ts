/**
 * Serving the same manifests by another Ingress controller: the edit of the Scenario that says so (`insteadOf`), or that
 * takes it back. Only what a person would write; nothing of their manifests changes.
 */
import { buildCluster } from '../../cluster/build-cluster.ts';
import type { Cluster, Controller } from '../../cluster/cluster.ts';
import type { Environment } from '../../cluster/environment.ts';
import { KNOWN_CONTROLLERS } from '../../cluster/controllers/known.ts';
import { implementations } from '../../dataplane/ingress-controller/implementations.ts';
import type { ControllerSpec } from '../../kinds/scenario/scenario-spec.ts';
import type { ManifestObject } from '../../manifests/document.ts';
import { isList, isObject } from '../../manifests/json.ts';
import { parseManifests } from '../../manifests/parse.ts';
import { setScenarioField } from '../../manifests/scenario-text.ts';
import type { Workspace } from '../../manifests/workspace.ts';

/** Implementations that can serve in a controller's place, its own among them; those that live in a cloud, where it is that cloud. */
export function standInsFor({ implementation }: Pick<Controller, 'implementation'>, { cloud }: Pick<Environment, 'cloud'>): readonly string[] {
  const elsewhere = KNOWN_CONTROLLERS.filter((known) => known.installation === null && known.balancers?.cloud !== cloud);
  const all = implementations.map(({ id }) => id).filter((id) => id === implementation || elsewhere.every((known) => known.implementation !== id));
  return all.includes(implementation) ? all : [implementation, ...all];
}

/** The texts with `implementation` serving what the controller at this index of `Cluster.controllers` serves. */
export function switchController(workspace: Workspace, index: number, implementation: string): Workspace {
  return switched(workspace, buildCluster(parseManifests(workspace)), index, implementation);
}

/** The same texts where it does so already, or where there is no such controller. `cluster` is that of the texts. */
export function switched(workspace: Workspace, cluster: Cluster, index: number, implementation: string): Workspace {
  const controller = cluster.controllers[index];
  if (controller === undefined || controller.implementation === implementation) return workspace;
  const { controllers } = cluster.environment;
  const { statement } = controller;
  if (statement === null || controller.standIn === null)
    return withControllers(workspace, cluster, controllers.length, standIn(cluster, controller, implementation));
  const without = withControllers(workspace, cluster, statement, undefined);
  // Without the statement the first one is back, unless nobody ran in that place.
  if (buildCluster(parseManifests(without, cluster.manifests)).controllers[index]?.implementation === implementation) return without;
  return withControllers(workspace, cluster, statement, { ...controllers[statement]!, name: implementation, implementation });
}

function standIn(cluster: Cluster, { name, implementation, classes, service }: Controller, by: string): ControllerSpec {
  const [className] = classes;
  const twins = cluster.controllers.filter(
    (other) => other.name === name && other.implementation === implementation && other.classes.includes(className ?? ''),
  );
  return {
    kind: 'ingress',
    name: by,
    implementation: by,
    insteadOf: name,
    ...(className !== undefined && { class: className }),
    ...(twins.length > 1 && service !== null && { service }),
  };
}

/** One statement set or taken away, in the text that holds the list which is in force. */
function withControllers(workspace: Workspace, { environment, manifests }: Cluster, at: number, value: ControllerSpec | undefined): Workspace {
  const { controllers } = environment;
  const path = ['spec', 'environment', 'controllers'];
  const next = value === undefined ? controllers.toSpliced(at, 1) : controllers.toSpliced(at, 1, value);
  const holder = manifests.objects.findLast((object) => listedIn(object) !== null);
  const set = (files: Workspace): Workspace => {
    // An empty list would say that no controller runs.
    if (next.length === 0) return setScenarioField(files, path, undefined);
    // What is wrong in the list does not count in `controllers`, and then the places are others.
    const isWhole = holder === undefined || listedIn(holder) === controllers.length;
    return isWhole
      ? setScenarioField(files, [...path, at], value === undefined ? undefined : { ...value })
      : setScenarioField(
          files,
          path,
          next.map((one) => ({ ...one })),
        );
  };
  return holder === undefined ? set(workspace) : workspace.flatMap((file) => (file.name === holder.file ? set([file]) : [file]));
}

/** How many controllers an object lists, those included that are wrong; null for all but a Scenario with such a list. */
function listedIn({ ref, value: { spec } }: ManifestObject): number | null {
  const environment = ref.kind === 'Scenario' && isObject(spec) ? spec['environment'] : undefined;
  const list = isObject(environment) ? environment['controllers'] : undefined;
  return isList(list) ? list.length : null;
}
