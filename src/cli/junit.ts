/** JUnit XML, the form that build servers read: a test case a problem, or a saved request. */
import { renderText } from '../catalogue/render.ts';
import type { Report } from './check.ts';
import { formatPlace, placeOf } from './place.ts';
import type { TestResult } from './test.ts';

interface Case {
  readonly name: string;
  readonly className: string;
  readonly failure: { readonly type: string; readonly message: string; readonly body: string } | null;
  readonly skipped: string | null;
}

export function checkAsJunit({ cluster, checked }: Report): string {
  const cases = checked.map(({ problem, fixes }): Case => {
    const [first] = problem.ranges.flatMap((range) => placeOf(cluster.manifests, range) ?? []);
    const message = renderText(problem.message);
    const lines = [first === undefined ? '' : formatPlace(first), ...fixes.flatMap(({ what }) => what.map((each) => renderText(each)))];
    return {
      name: message,
      className: problem.code,
      failure:
        problem.severity === 'error' && problem.suppressed === null
          ? { type: problem.code, message, body: lines.filter((line) => line !== '').join('\n') }
          : null,
      skipped: problem.suppressed,
    };
  });
  return suite('podpath check', cases);
}

export function testAsJunit(results: readonly TestResult[]): string {
  return suite(
    'podpath test',
    results.map(({ name, reasons, summary }) => ({
      name,
      className: 'request',
      failure:
        reasons.length === 0
          ? null
          : { type: 'expectation', message: renderText(reasons[0]!), body: [...reasons.map((reason) => renderText(reason)), summary].join('\n') },
      skipped: null,
    })),
  );
}

function suite(name: string, cases: readonly Case[]): string {
  const failures = cases.filter(({ failure }) => failure !== null).length;
  const skipped = cases.filter(({ failure, skipped: reason }) => failure === null && reason !== null).length;
  const counts = `tests="${cases.length}" failures="${failures}" errors="0" skipped="${skipped}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `  <testsuite name="${xml(name)}" ${counts}>`,
    ...cases.map(testCase),
    '  </testsuite>',
    '</testsuites>',
  ].join('\n');
}

function testCase({ name, className, failure, skipped }: Case): string {
  const head = `    <testcase name="${xml(name)}" classname="${xml(className)}"`;
  if (failure !== null) return `${head}><failure type="${xml(failure.type)}" message="${xml(failure.message)}">${xml(failure.body)}</failure></testcase>`;
  return skipped === null ? `${head}/>` : `${head}><skipped message="${xml(skipped)}"/></testcase>`;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** XML 1.0 knows no other control characters than tab and line breaks. */
function xml(text: string): string {
  return Array.from(text)
    .filter((character) => character >= ' ' || '\t\n\r'.includes(character))
    .map((character) => ESCAPES[character] ?? character)
    .join('');
}
