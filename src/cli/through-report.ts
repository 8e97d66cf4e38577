/** What becomes of a request through each Ingress controller, as text for a terminal and as JSON for programs. */
import { msg } from '../catalogue/message.ts';
import { renderText } from '../catalogue/render.ts';
import { formatOutcome, type Difference, type End, type Through, type ThroughRow } from '../engine/index.ts';

export function throughAsText({ rows }: Through): string {
  const width = Math.max(...rows.map(({ implementation }) => implementation.length));
  return rows.map((row) => [head(row, width), ...details(row).map((line) => `    ${line}`)].join('\n')).join('\n');
}

function head({ implementation, runs, ends }: ThroughRow, width: number): string {
  const ended = ends.map((end) => (ends.length === 1 ? endText(end) : `${Number((end.share * 100).toFixed(1))} % ${endText(end)}`)).join(', ');
  return `${implementation.padEnd(width)}  ${ended}${runs ? `  ${renderText(msg('cli.through.runs'))}` : ''}`;
}

function endText({ outcome, service }: End): string {
  return service === null ? formatOutcome(outcome) : `${formatOutcome(outcome)} ${service}`;
}

function details({ runs, endsAlike, differences, headers, notes }: ThroughRow): readonly string[] {
  const alike = endsAlike && !runs ? [renderText(msg('cli.through.same'))] : [];
  return [...alike, ...differences.map(differenceText), ...[...notes, ...headers].map((message) => renderText(message))];
}

function differenceText({ what, why }: Difference): string {
  if (why === null) return renderText(what);
  return `${renderText(what)} ${why.by === null ? '' : `${why.by}: `}${renderText(why.says)}`;
}

/** Plain data: sentences as text, outcomes as in a trace. */
export function throughAsData({ rows }: Through): readonly object[] {
  return rows.map((row) => ({ implementation: row.implementation, runs: row.runs, ends: row.ends, details: details(row) }));
}
