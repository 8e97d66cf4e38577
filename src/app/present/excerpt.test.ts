import { describe, expect, it } from 'vitest';
import { excerptOf } from './excerpt.ts';

const TEXT = `kind: Pod
---
kind: Service
metadata:
  name: web
spec:
  ports:
    - port: 80
      targetPort: 8080
  selector:
    app: web
`;

/** The range of a piece of the text. */
const at = (piece: string) => ({ from: TEXT.indexOf(piece), to: TEXT.indexOf(piece) + piece.length });
const drawn = (pieces: readonly string[], most: number) =>
  excerptOf(TEXT, pieces.map(at), most).lines.map(({ number, text, decided }) => `${number} ${decided ? '>' : ' '} ${text}`);

describe('the lines that decided', () => {
  it('stand in the middle of those around them, without the indentation of all', () => {
    expect(drawn(['targetPort: 8080'], 3)).toEqual(['8     - port: 80', '9 >     targetPort: 8080', '10   selector:']);
  });

  it('are shown with others that are near enough', () => {
    const { lines, first, last } = excerptOf(TEXT, [at('port: 80'), at('app: web')], 5);
    expect(lines.filter(({ decided }) => decided).map(({ number }) => number)).toEqual([8, 11]);
    expect([first, last]).toEqual([8, 11]);
  });

  it('bring no line of another document, and no empty last line', () => {
    expect(drawn(['kind: Service'], 4)).toEqual(['3 > kind: Service', '4   metadata:', '5     name: web', '6   spec:']);
    expect(drawn(['app: web'], 3)).toEqual(['9       targetPort: 8080', '10   selector:', '11 >   app: web']);
  });

  it('are the first ones where there are more than there is room for', () => {
    const { lines, last } = excerptOf(TEXT, [at('ports:\n    - port: 80\n      targetPort: 8080\n')], 2);
    expect(lines.map(({ text }) => text)).toEqual(['ports:', '  - port: 80']);
    expect(last).toBe(8);
  });
});
