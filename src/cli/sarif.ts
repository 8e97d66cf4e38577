/** SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html): what code scanning reads. */
import type { Location, Log, ReportingDescriptor, Result, Fix as SarifFix } from 'sarif';
import { failures } from '../catalogue/en/failures.ts';
import { learnWords } from '../catalogue/known-words.ts';
import { meaningOf } from '../catalogue/meaning.ts';
import { renderText } from '../catalogue/render.ts';
import { addressOfCode, type Fix, type Problem } from '../engine/diagnosis.ts';
import { ruleSource, type Manifests } from '../engine/index.ts';
import type { Report } from './check.ts';
import { placeOf } from './place.ts';

learnWords(failures);

const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const;

export function checkAsSarif({ cluster, checked }: Report): Log {
  const codes = [...new Set(checked.map(({ problem }) => problem.code))];
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'podpath', rules: codes.map((code) => ruleOf(code, checked.find(({ problem }) => problem.code === code)!.problem)) } },
        columnKind: 'utf16CodeUnits',
        results: checked.map(({ problem, fixes }) => resultOf(problem, fixes, codes.indexOf(problem.code), cluster.manifests)),
      },
    ],
  };
}

/** The app stands wherever somebody put it, so its page is told relative to it; the address that SARIF wants whole is that of the rule. */
function ruleOf(code: Problem['code'], { rules, failure }: Problem): ReportingDescriptor {
  const source = rules.map((rule) => ruleSource(rule)).find((candidate) => candidate !== null);
  const text = renderText(meaningOf(code));
  const sources = source === undefined ? [] : [`${source.title}: ${source.url}`];
  return {
    id: code,
    shortDescription: { text },
    help: { text: [text, ...sources].join('\n') },
    ...(source && { helpUri: source.url }),
    properties: { page: addressOfCode(code), ...(failure !== null && { failure }) },
  };
}

function resultOf(problem: Problem, fixes: readonly Fix[], ruleIndex: number, manifests: Manifests): Result {
  const [first, ...others] = problem.ranges.flatMap((range) => locationOf(manifests, range));
  return {
    ruleId: problem.code,
    ruleIndex,
    level: LEVELS[problem.severity],
    message: { text: renderText(problem.message) },
    locations: first === undefined ? [] : [first],
    ...(others.length > 0 && { relatedLocations: others }),
    ...(fixes.length > 0 && { fixes: fixes.map(fixOf) }),
    suppressions: problem.suppressed === null ? [] : [{ kind: 'inSource', justification: problem.suppressed }],
  };
}

function locationOf(manifests: Manifests, range: Problem['ranges'][number]): readonly Location[] {
  const place = placeOf(manifests, range);
  if (place === null) return [];
  const { file, line, column, endLine, endColumn } = place;
  return [{ physicalLocation: { artifactLocation: { uri: uriOf(file) }, region: { startLine: line, startColumn: column, endLine, endColumn } } }];
}

function fixOf({ what, files }: Fix): SarifFix {
  return {
    description: { text: what.map((message) => renderText(message)).join(' ') },
    artifactChanges: files.map(({ file, edits }) => ({
      artifactLocation: { uri: uriOf(file) },
      replacements: edits.map(({ from, to, insert }) => ({ deletedRegion: { charOffset: from, charLength: to - from }, insertedContent: { text: insert } })),
    })),
  };
}

const uriOf = (file: string) => file.split(/[/\\]/).map(encodeURIComponent).join('/');
