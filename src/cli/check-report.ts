/** The problems as text for a terminal, and as JSON for programs. */
import { msg, type Message } from '../catalogue/message.ts';
import { renderText } from '../catalogue/render.ts';
import { failures } from '../catalogue/en/failures.ts';
import { learnWords } from '../catalogue/known-words.ts';
import { meaningOf } from '../catalogue/meaning.ts';
import { addressOfCode, type Fix, type Problem } from '../engine/diagnosis.ts';
import { formatFieldPath, formatFlow, formatOrigin, refKey, ruleSource, type Manifests } from '../engine/index.ts';
import type { Checked, Report } from './check.ts';
import { formatPlace, placeOf } from './place.ts';

learnWords(failures);

/** One block a problem: `FILE:LINE:COL: severity: cause [code]`, then what shows it, mends it and confirms it. */
export function checkAsText({ cluster, checked, savedRequests }: Report): string {
  const open = checked.filter(({ problem }) => problem.suppressed === null);
  const left = checked.filter(({ problem }) => problem.suppressed !== null);
  const count = (severity: Problem['severity']) => open.filter(({ problem }) => problem.severity === severity).length;
  const total = msg('cli.check.total', { errors: count('error'), warnings: count('warning'), notes: count('info'), suppressed: left.length });
  return [
    ...open.map((each) => block(each, cluster.manifests, savedRequests)),
    ...left.map(({ problem }) => suppressedLine(problem, cluster.manifests)),
    renderText(total),
  ].join('\n');
}

function block({ problem, fixes, usedBy }: Checked, manifests: Manifests, savedRequests: number): string {
  const { proof } = problem;
  const rows: readonly (readonly [Message, readonly string[]])[] = [
    [msg('cli.check.also'), problem.ranges.slice(1).flatMap((range) => placeText(manifests, range) ?? [])],
    [proof?.fails === true ? msg('cli.check.fails') : msg('cli.check.affects'), proof === null ? [] : proofLines(proof)],
    [msg('cli.check.fix'), fixes.map((fix) => fixLine(fix, savedRequests))],
    [msg('cli.check.cure'), fixes.length > 0 || problem.cure === null ? [] : [renderText(problem.cure)]],
    [msg('cli.check.used-by'), usedBy.slice(0, 5).map(({ by, path }) => `${refKey(by)} ${formatFieldPath(path)}`)],
    [msg('cli.check.confirm'), problem.confirm.slice(0, 3).map(({ line }) => line)],
    [msg('cli.check.rule'), [ruleLine(problem)].filter((line) => line !== '')],
    [msg('cli.check.page'), [addressOfCode(problem.code)]],
  ];
  const details = rows.flatMap(([label, lines]) => lines.map((line, index) => `    ${(index === 0 ? renderText(label) : '').padEnd(9)}${line}`));
  return [headline(problem, manifests), ...details].join('\n');
}

function headline(problem: Problem, manifests: Manifests): string {
  const [first] = problem.ranges;
  const place = first === undefined ? null : placeText(manifests, first);
  const failure = problem.failure === null ? '' : ` ${problem.failure}`;
  return `${place === null ? '' : `${place}: `}${problem.severity}: ${renderText(problem.message)} [${problem.code}${failure}]`;
}

function suppressedLine(problem: Problem, manifests: Manifests): string {
  return `${headline(problem, manifests)} ${renderText(msg('cli.check.suppressed', { reason: problem.suppressed ?? '' }))}`;
}

function placeText(manifests: Manifests, range: Problem['ranges'][number]): string | null {
  const place = placeOf(manifests, range);
  return place === null ? null : formatPlace(place);
}

function proofLines(proof: NonNullable<Problem['proof']>): readonly string[] {
  const request = `${formatFlow(proof.flow)} ${renderText(msg('trace.format.from', { who: formatOrigin(proof.flow.from) }))}`;
  return [request, `${proof.station}. ${renderText(proof.at)}`, renderText(proof.summary), ...proof.clientSees.slice(0, 1)];
}

function fixLine({ what, saved }: Fix, savedRequests: number): string {
  const said = what.map((message) => renderText(message)).join(' ');
  return savedRequests === 0 ? said : `${said} ${renderText(msg('cli.check.after', { arrive: saved.asWanted, of: saved.of }))}`;
}

/** `S5.2, EndpointSlices: https://…` */
function ruleLine({ rules }: Problem): string {
  const source = rules.map((rule) => ruleSource(rule)).find((candidate) => candidate !== null);
  return source === undefined ? rules.join(', ') : `${rules.join(', ')}  ${source.title}: ${source.url}`;
}

export function checkAsJson({ cluster, checked }: Report): Record<string, unknown> {
  return { apiVersion: 'podpath.dev/v1', problems: checked.map((each) => problemAsJson(each, cluster.manifests)) };
}

function problemAsJson({ problem, fixes, usedBy }: Checked, manifests: Manifests): Record<string, unknown> {
  const { proof } = problem;
  return {
    code: problem.code,
    means: renderText(meaningOf(problem.code)),
    page: addressOfCode(problem.code),
    failure: problem.failure,
    severity: problem.severity,
    message: renderText(problem.message),
    object: problem.object === null ? null : refKey(problem.object),
    path: problem.path === null ? null : formatFieldPath(problem.path),
    places: problem.ranges.flatMap((range) => placeOf(manifests, range) ?? []),
    rules: problem.rules,
    sources: [...new Set(problem.rules.flatMap((rule) => ruleSource(rule)?.url ?? []))],
    request: proof && {
      url: formatFlow(proof.flow),
      from: formatOrigin(proof.flow.from),
      saved: proof.saved,
      fails: proof.fails,
      station: proof.station,
      hop: renderText(proof.at),
      summary: renderText(proof.summary),
      clientSees: proof.clientSees,
    },
    savedRequests: problem.savedRequests,
    confirm: problem.confirm.map(({ line, shows }) => ({ command: line, shows: renderText(shows) })),
    cure: problem.cure === null ? null : renderText(problem.cure),
    suppressed: problem.suppressed,
    usedBy: usedBy.map(({ by, path }) => ({ object: refKey(by), path: formatFieldPath(path) })),
    fixes: fixes.map(({ what, files, saved, changes }) => ({
      what: what.map((message) => renderText(message)),
      files,
      savedRequests: saved,
      changes: changes.map(({ name, before, after }) => ({ name, before: renderText(before), after: renderText(after) })),
    })),
  };
}
