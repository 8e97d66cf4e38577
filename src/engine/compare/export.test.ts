import { expect, it } from 'vitest';
import type { Message } from '../../catalogue/message.ts';
import { renderText } from '../../catalogue/render.ts';
import { msg } from '../../catalogue/message.ts';
import type { Cell } from './comparison.ts';
import { toCsv, toMarkdown } from './export.ts';

const cell = (...messages: readonly Message[]): Cell => messages.map((message) => ({ message, tone: 'plain', basis: { kind: 'rule', rule: 'S17.1' } }));
const sheet = {
  corner: '',
  columns: [
    ['ClusterIP', 'as pasted'],
    ['Ingress', '=what|if'],
  ],
  rows: [
    {
      label: 'What the client calls',
      cells: [cell(msg('compare.called', { url: 'http://a|b_c/"x",\n' })), cell(msg('compare.routing.port'), msg('compare.routing.name'))],
    },
  ],
};
const say = (message: Message) => renderText(message);

it('Markdown: one row a line, and nothing a person wrote becomes markup', () => {
  expect(toMarkdown(sheet, say)).toBe(
    String.raw`|  | ClusterIP<br>as pasted | Ingress<br>=what\|if |
| --- | --- | --- |
| What the client calls | http://a\|b\_c/"x",  | port only<br>name only |
`,
  );
});

it('CSV: quoted as RFC 4180 has it, and no cell is a formula', () => {
  expect(toCsv({ ...sheet, columns: [['=SUM(A1)'], ['b']] }, say)).toBe(
    `,'=SUM(A1),b\r\nWhat the client calls,"http://a|b_c/""x"",\n","port only; name only"\r\n`,
  );
});
