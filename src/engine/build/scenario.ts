/** What our own document says, as it is written. */
import type { Json } from '../manifests/document.ts';
import type { FieldPath } from '../manifests/source.ts';
import { SCENARIO_FILE } from '../manifests/workspace.ts';
import type { Site } from './site.ts';
import { valueAt } from './text-edits.ts';

/** The same document that `setScenarioField` writes to. */
export function scenarioValue({ manifests }: Site, path: FieldPath): Json | undefined {
  const all = manifests.objects.filter(({ apiVersion, ref }) => ref.kind === 'Scenario' && apiVersion === 'podpath.dev/v1');
  return valueAt((all.find(({ file }) => file === SCENARIO_FILE) ?? all[0])?.value, path);
}
