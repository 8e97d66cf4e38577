/**
 * Asks the engine every case of the suites in a folder, by the door of `podpath trace --batch`, so that it is as right
 * here as for anybody else, and prints how many came out as the suites state. Each is asked on the page's door too,
 * as a person would type it there, on no certain day, as the command has none: both must answer the same.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { analyse, type Derived } from '../app/worker/analyse.ts';
import { draftOfQuestion } from '../cli/batch-question.ts';
import { answerLines, worldOf } from '../cli/batch.ts';
import { readQuestion } from '../cli/question-shape.ts';
import { resultOf } from '../cli/result.ts';
import { statusOf } from '../cli/status.ts';
import type { Answer } from '../conformance/answer.ts';
import type { Suite } from '../conformance/case.ts';
import { compare } from '../conformance/compare.ts';
import type { Difference } from '../conformance/difference.ts';
import { NO_MEMORY } from '../engine/index.ts';
import { suiteFigures, unsupportedCases, type Figures, type Judged, type SuiteFigures } from '../conformance/figures.ts';

const USAGE = `Usage: npm run conformance -- DIR [options]

Compares the answers of the engine with suites of cases: DIR, or DIR/cases, holds one JSON file per suite.

  --suite NAME   only this suite
  --show N       print at most N misses in full, 20 if not given
  --json FILE    write the verdict of every case
  --write        write the figures that the page "How exact is this?" shows

Exit code: 0 every case came out as stated or is said to be unsupported, 1 some did not or the page answered otherwise, 2 wrong usage.
Without DIR there is nothing to compare: exit code 0.`;

const EXIT = { agreed: 0, missed: 1, usage: 2 } as const;

const OPTIONS = {
  suite: { type: 'string' },
  show: { type: 'string', default: '20' },
  json: { type: 'string' },
  write: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** Returns the exit code. `figuresFile` is where `--write` writes. */
export function conformance(argv: readonly string[], figuresFile: string): number {
  const read = readArgs(argv);
  if (typeof read === 'string') {
    console.error(`${read}\n\n${USAGE}`);
    return EXIT.usage;
  }
  const { values, folder } = read;
  if (values.help) {
    console.log(USAGE);
    return EXIT.agreed;
  }
  if (folder === undefined) {
    console.log('Name a folder with suites of cases: npm run conformance -- DIR');
    return EXIT.agreed;
  }

  const cases = existsSync(path.join(folder, 'cases')) ? path.join(folder, 'cases') : folder;
  const suites = readSuites(cases).filter(({ suite }) => values.suite === undefined || suite === values.suite);
  if (suites.length === 0) {
    console.error(values.suite === undefined ? `${cases} holds no suite of cases.` : `${cases} holds no suite ${values.suite}.`);
    return EXIT.usage;
  }
  let left = Number(values.show);
  const judged = suites.map((suite) => ({ suite, judged: judge(suite, cases) }));
  const figures: Figures = { suites: judged.map(({ suite, judged }) => suiteFigures(suite, judged)) };
  for (const suite of figures.suites) {
    console.log(suiteLines(suite, left).join('\n'));
    left = Math.max(0, left - suite.misses.length);
  }
  console.log(totalLine(figures.suites));
  const apart = judged.flatMap(({ suite, judged }) => judged.filter(({ page }) => !page).map(({ id, case: { name } }) => `    ${suite.suite}#${id} ${name}`));
  console.log([`the page answers as --batch does: all but ${apart.length}`, ...apart].join('\n'));
  if (values.json !== undefined) {
    const verdicts = judged.flatMap(({ suite, judged }) => judged.map(({ id, case: { name }, verdict }) => ({ suite: suite.suite, id, name, ...verdict })));
    writeFileSync(values.json, `${JSON.stringify(verdicts, null, 2)}\n`);
  }
  if (values.write) writeFileSync(figuresFile, `${JSON.stringify(figures, null, 2)}\n`);
  return figures.suites.some(({ misses }) => misses.length > 0) || apart.length > 0 ? EXIT.missed : EXIT.agreed;
}

function readArgs(argv: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
    if (positionals.length > 1) return 'One folder at a time, please.';
    if (!/^\d+$/.test(values.show)) return '--show takes a number.';
    if (values.write && values.suite !== undefined) return '--write writes the figures of all suites, so it cannot go with --suite.';
    return { values, folder: positionals[0] };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Every JSON file that is a suite, by name. */
function readSuites(folder: string): readonly Suite[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as Suite)
    .filter((suite) => Array.isArray(suite.cases));
}

interface JudgedTwice extends Judged {
  /** Whether the page answers the same. */
  readonly page: boolean;
}

function judge({ cases }: Suite, folder: string): readonly JudgedTwice[] {
  const lines = cases.map(({ manifestFile, environment = {}, request = null }, id) =>
    JSON.stringify({ id, manifestFile: path.resolve(folder, manifestFile), environment, request }),
  );
  const page = pageDoor();
  return [...answerLines(lines.join('\n'))].map(({ answer }, id) => {
    const asked = cases[id]!;
    // Only what would be printed counts.
    const printed = JSON.parse(JSON.stringify(answer)) as Answer;
    return { id, case: asked, verdict: compare(asked, printed), page: isDeepStrictEqual(printed, page(lines[id]!)) };
  });
}

/** Answers a question of `--batch` by what the worker of the page computes for the same texts and the same typed request. */
function pageDoor(): (line: string) => unknown {
  let derived: Derived | undefined;
  return (line) => {
    const read = readQuestion(line);
    if ('misfit' in read) return null;
    const { id, request } = read.question;
    const workspace = worldOf(read.question);
    const settled = analyse({ workspace, request: null, memory: NO_MEMORY }, derived, null).derived;
    derived = settled;
    const typed = request === undefined ? null : draftOfQuestion(request, settled.cluster);
    const draft = typed !== null && 'draft' in typed ? typed.draft : null;
    const { analysis } = analyse({ workspace, request: draft, memory: NO_MEMORY }, settled, null);
    const unsupported = typed !== null && 'unsupported' in typed ? typed.unsupported : [];
    const result = resultOf(analysis.trace, settled.cluster, settled.cluster.findings, unsupported);
    return JSON.parse(JSON.stringify({ id, ...result, ...(request === undefined && statusOf(settled.cluster)) }));
  };
}

function suiteLines(figures: SuiteFigures, show: number): readonly string[] {
  const { suite, cases, passed, unsupported, misses } = figures;
  return [
    countLine(suite, cases, passed, unsupportedCases(figures), misses.length),
    ...unsupported.map(({ reason, cases }) => `    unsupported in ${cases}: ${reason}`),
    ...misses.slice(0, show).flatMap(({ id, name, differences }) => [`    ${suite}#${id} ${name}`, ...differences.map((one) => `        ${inWords(one)}`)]),
    ...(misses.length > show ? [`    ${misses.length - show} misses not shown; see --show`] : []),
  ];
}

function totalLine(figures: readonly SuiteFigures[]): string {
  const sum = (count: (suite: SuiteFigures) => number) => figures.reduce((total, suite) => total + count(suite), 0);
  return countLine(
    'total',
    sum(({ cases }) => cases),
    sum(({ passed }) => passed),
    sum(unsupportedCases),
    sum(({ misses }) => misses.length),
  );
}

const countLine = (name: string, cases: number, passed: number, unsupported: number, missed: number) =>
  `${name.padEnd(24)} ${String(passed).padStart(5)} of ${String(cases).padEnd(5)} unsupported ${unsupported}, missed ${missed}`;

const inWords = ({ word, of, expected, came }: Difference) =>
  `${word}${of === null ? '' : ` ${of}`}: expected ${JSON.stringify(expected)}, came ${JSON.stringify(came)}`;
