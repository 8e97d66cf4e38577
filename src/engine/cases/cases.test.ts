/**
 * Golden cases: `<case>.yaml` holds manifests and a Scenario with requests, `<case>.trace.txt` what the API server and the
 * controllers say to the manifests, and what becomes of each request.
 * A changed text is a changed behaviour; `vitest -u` writes the texts anew, and the diff is what to review.
 */
import { expect, it } from 'vitest';
import { renderText } from '../../catalogue/render.ts';
import { buildCluster } from '../cluster/build-cluster.ts';
import { send } from '../dataplane/send.ts';
import { scenario } from '../kinds/scenario/scenario.ts';
import type { Finding } from '../manifests/finding.ts';
import { formatFieldPath } from '../manifests/source.ts';
import { refKey } from '../manifests/object-ref.ts';
import { parseManifests } from '../manifests/parse.ts';
import { formatTrace } from '../trace/format.ts';

const texts = import.meta.glob<string>('./*.yaml', { query: '?raw', import: 'default', eager: true });

for (const [path, text] of Object.entries(texts)) {
  const name = path.replace(/^\.\/|\.yaml$/g, '');
  it(name, async () => {
    const manifests = parseManifests([{ name: `${name}.yaml`, text }]);
    const cluster = buildCluster(manifests);
    const requests = manifests.objects.flatMap((object) => (object.ref.kind === 'Scenario' ? (scenario.read(object).object?.requests ?? []) : []));
    const findings = cluster.findings.filter(({ severity }) => severity !== 'info').map(formatFinding);
    expect(requests.length + findings.length).toBeGreaterThan(0);
    const traces = requests.map((request) => `# ${request.name}\n\n${formatTrace(send(cluster, request.flow).trace, cluster.manifests)}\n`);
    const said = findings.length === 0 ? [] : [`# What the manifests are told\n\n${findings.join('\n')}\n`];
    await expect([...said, ...traces].join('\n\n')).toMatchFileSnapshot(`./${name}.trace.txt`);
  });
}

/** The place, the sentence, and in brackets the code, the rules, and of a rejection what the API server calls it. */
function formatFinding({ severity, object, path, message, code, rules, refusal }: Finding): string {
  const place = [object && refKey(object), path && formatFieldPath(path)].filter(Boolean).join(' ');
  const said = refusal === undefined ? '' : `; ${refusal.category} ${formatFieldPath(refusal.path)}`;
  return `${severity}  ${place}\n    ${renderText(message)}\n    [${[code, ...rules].join(' ')}${said}]`;
}
