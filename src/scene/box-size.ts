/** How large a box is and how its texts break, from their widths alone. */
import { renderText } from '../catalogue/render.ts';
import type { Words } from './scene.ts';
import type { SketchBox } from './sketch.ts';
import { FONTS, textWidth, wrap } from './text-width.ts';

/** Room between the outline and the text, left and right, above and below. */
export const PAD_X = 10;
export const PAD_Y = 9;
/** A name is broken when it is wider than this; an address is not before the longest of IPv4 with its port. */
const WRAP_NAME = 106;
const WRAP_FACT = 152;
/** Name and node stand on one line where both fit into this. */
const INLINE = 152;
const INLINE_GAP = 10;
/** The mark of an assumption, after the kicker. */
const MARK = 16;
const MIN_WIDTH = 84;

export interface SizedBox extends SketchBox {
  readonly kickerInline: boolean;
  readonly titleLines: readonly string[];
  readonly width: number;
  readonly height: number;
}

export const plain = (words: Words): string => (typeof words === 'string' ? words : renderText(words));

/** All boxes of one column: the same width, and the same place for the small heading. */
export function sizeColumn(boxes: readonly SketchBox[]): readonly SizedBox[] {
  const inline = boxes.every((box) => box.lane === 'pods' && inlineWidth(box) <= INLINE);
  const sized = boxes.map((box) => size(box, inline));
  const width = Math.max(MIN_WIDTH, ...sized.map((box) => box.width));
  return sized.map((box) => ({ ...box, width }));
}

function inlineWidth(box: SketchBox): number {
  const kicker = plain(box.kicker);
  return textWidth(plain(box.title), 'title') + (kicker === '' ? 0 : textWidth(kicker, 'kicker') + INLINE_GAP) + (box.assumptions.length > 0 ? MARK : 0);
}

function size(box: SketchBox, kickerInline: boolean): SizedBox {
  const titleLines = kickerInline ? [plain(box.title)] : wrap(plain(box.title), 'title', WRAP_NAME, WRAP_FACT);
  const facts = box.facts.flatMap((fact): readonly Words[] => (typeof fact === 'string' ? wrap(fact, 'fact', WRAP_FACT) : [fact]));
  const rules = box.rules.flatMap((rule) => wrap(rule, 'fact', WRAP_NAME, WRAP_FACT));
  const kicker = kickerInline ? '' : plain(box.kicker);
  const kickerLines = kicker === '' ? 0 : 1;
  const texts = [
    kickerInline ? inlineWidth(box) : Math.max(...titleLines.map((line) => textWidth(line, 'title'))),
    ...facts.map((fact) => textWidth(plain(fact), 'fact')),
    ...rules.map((rule) => textWidth(rule, 'fact')),
    kicker === '' ? 0 : textWidth(kicker, 'kicker') + (box.assumptions.length > 0 ? MARK : 0),
  ];
  const height = kickerLines * FONTS.kicker.line + titleLines.length * FONTS.title.line + (facts.length + rules.length) * FONTS.fact.line + 2 * PAD_Y;
  return { ...box, facts, rules, titleLines, kickerInline, width: even(Math.max(...texts) + 2 * PAD_X), height: even(height) };
}

/** Halves are needed for centres, and half pixels blur. */
const even = (value: number): number => Math.ceil(value / 2) * 2;
