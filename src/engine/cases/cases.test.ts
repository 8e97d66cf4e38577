/**
 * Golden cases: `<case>.yaml` holds manifests and a Scenario with requests, `<case>.trace.txt` what becomes of each.
 * A changed text is a changed behaviour; `vitest -u` writes the texts anew, and the diff is what to review.
 */
import { expect, it } from 'vitest';
import { buildCluster } from '../cluster/build-cluster.ts';
import { send } from '../dataplane/send.ts';
import { scenario } from '../kinds/scenario/scenario.ts';
import { parseManifests } from '../manifests/parse.ts';
import { formatTrace } from '../trace/format.ts';

const texts = import.meta.glob<string>('./*.yaml', { query: '?raw', import: 'default', eager: true });

for (const [path, text] of Object.entries(texts)) {
  const name = path.replace(/^\.\/|\.yaml$/g, '');
  it(name, async () => {
    const manifests = parseManifests([{ name: `${name}.yaml`, text }]);
    const cluster = buildCluster(manifests);
    const requests = manifests.objects.flatMap((object) => (object.ref.kind === 'Scenario' ? (scenario.read(object).object?.requests ?? []) : []));
    expect(requests.length).toBeGreaterThan(0);
    const traces = requests.map((request) => `# ${request.name}\n\n${formatTrace(send(cluster, request.flow).trace, cluster.manifests)}\n`);
    await expect(traces.join('\n\n')).toMatchFileSnapshot(`./${name}.trace.txt`);
  });
}
