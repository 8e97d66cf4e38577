/** A table as text for other programs. The words come from whoever asks, so any catalogue and locale will do. */
import type { Message } from '../../catalogue/message.ts';
import type { Cell } from './comparison.ts';

export interface Sheet {
  /** What stands above the row labels; often empty. */
  readonly corner: string;
  /** Lines of each heading. */
  readonly columns: readonly (readonly string[])[];
  readonly rows: readonly { readonly label: string; readonly cells: readonly Cell[] }[];
}

type Say = (message: Message) => string;

/** A table as GitHub reads it. Parts of a cell stand on lines of their own. */
export function toMarkdown({ corner, columns, rows }: Sheet, say: Say): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const head = [escapeMarkdown(corner), ...columns.map((lines) => lines.map(escapeMarkdown).join('<br>'))];
  const body = rows.map(({ label, cells }) =>
    line([escapeMarkdown(label), ...cells.map((parts) => parts.map(({ message }) => escapeMarkdown(say(message))).join('<br>'))]),
  );
  return `${[line(head), line(head.map(() => '---')), ...body].join('\n')}\n`;
}

/** RFC 4180: commas, quotes doubled, CRLF. Parts of a cell are joined with a semicolon. */
export function toCsv({ corner, columns, rows }: Sheet, say: Say): string {
  const line = (cells: readonly string[]) => cells.map(quoteCsv).join(',');
  const head = [corner, ...columns.map((lines) => lines.join(', '))];
  const body = rows.map(({ label, cells }) => line([label, ...cells.map((parts) => parts.map(({ message }) => say(message)).join('; '))]));
  return `${[line(head), ...body].join('\r\n')}\r\n`;
}

/** What a person wrote must not become markup. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>|]/g, '\\$&').replace(/\s*\n\s*/g, ' ');
}

/** A cell that begins like a formula would be run by a spreadsheet. */
function quoteCsv(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n;]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
