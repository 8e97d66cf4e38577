import { describe, expect, it } from 'vitest';
import { checkAsJson, checkAsText } from './check-report.ts';
import { reportOn } from './check.ts';
import { checkAsJunit } from './junit.ts';
import { checkAsSarif } from './sarif.ts';

const BROKEN = `apiVersion: v1
kind: Service
metadata:
  name: menu
spec:
  selector:
    app: mneu   # a slip
  ports:
  - port: 80
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: menu }
spec:
  selector: { matchLabels: { app: menu } }
  template:
    metadata: { labels: { app: menu } }
    spec: { containers: [{ name: menu, image: menu:2, ports: [{ containerPort: 80 }] }] }
`;
const SCENARIO = `apiVersion: podpath.dev/v1
kind: Scenario
metadata: { name: s }
spec:
  requests:
  - { name: order, from: { deployment: default/menu }, url: http://menu/ }
`;
const files = [
  { name: 'menu & co.yaml', text: BROKEN },
  { name: 'scenario.yaml', text: SCENARIO },
];
const report = reportOn(files, false);

describe('podpath check', () => {
  it('names file, line and column, the request that fails, and a fix with what it does to the saved requests', () => {
    const text = checkAsText(report);
    expect(text).toContain('menu & co.yaml:7:5: error: app: mneu is 1 letter from app: menu on 1 Pod. [selector-matches-no-pods F-18]');
    expect(text).toContain('GET http://menu/ from Deployment default/menu');
    expect(text).toContain('Set spec.selector.app of Service/default/menu to menu. After this, 1 of 1 saved request does what is wanted.');
    expect(text).toContain('kubectl describe service menu -n default');
    expect(text).toContain('page     #failures/selector-matches-no-pods');
    expect(text.split('\n').at(-1)).toBe('1 error, 0 warnings, 0 notes, 0 left as they are.');
  });

  it('gives programs the same as JSON, with edits in offsets of the file', () => {
    const [problem] = checkAsJson(report)['problems'] as readonly Record<string, never>[];
    expect(problem).toMatchObject({
      code: 'selector-matches-no-pods',
      failure: 'F-18',
      places: [
        { file: 'menu & co.yaml', line: 7, column: 5 },
        { file: 'menu & co.yaml', line: 17 },
      ],
      request: { fails: true, saved: 'order' },
      fixes: [{ savedRequests: { asWanted: 1, of: 1 }, changes: [{ name: 'order' }] }],
    });
    const from = BROKEN.indexOf('mneu');
    expect(problem!['fixes']).toMatchObject([{ files: [{ file: 'menu & co.yaml', edits: [{ from, to: from + 4, insert: 'menu' }] }] }]);
  });

  it('is SARIF 2.1.0: every result names its rule, its region and its fix, and file names are URIs', () => {
    expect(checkAsSarif(report)).toMatchObject({
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: 'podpath',
              rules: [{ id: 'selector-matches-no-pods', properties: { page: '#failures/selector-matches-no-pods', failure: 'F-18' } }],
            },
          },
          columnKind: 'utf16CodeUnits',
          results: [
            {
              ruleId: 'selector-matches-no-pods',
              ruleIndex: 0,
              level: 'error',
              locations: [{ physicalLocation: { artifactLocation: { uri: 'menu%20%26%20co.yaml' }, region: { startLine: 7, startColumn: 5 } } }],
              fixes: [{ artifactChanges: [{ replacements: [{ deletedRegion: { charLength: 4 }, insertedContent: { text: 'menu' } }] }] }],
            },
          ],
        },
      ],
    });
  });

  it('names a rule of SARIF once, by what it means, with the address of its upstream page, which SARIF wants whole', () => {
    const [run] = checkAsSarif(report).runs;
    for (const { shortDescription, help, helpUri } of run!.tool.driver.rules!) {
      expect(shortDescription?.text).toBe('A Service finds its Pods by their labels. No Pod has the labels that this Service looks for.');
      expect(help?.text).toContain(shortDescription!.text);
      expect(helpUri).toMatch(/^https:\/\//);
    }
  });

  it('is JUnit XML, with what XML cannot hold escaped', () => {
    const xml = checkAsJunit(report);
    expect(xml).toContain('<testsuite name="podpath check" tests="1" failures="1" errors="0" skipped="0">');
    expect(xml).toContain('menu &amp; co.yaml:7:5');
  });
});
