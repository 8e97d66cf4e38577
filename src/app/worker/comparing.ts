/** What only comparisons need, so that the worker loads it with the first of them. Keeps the last traces: numbers change oftener than texts. */
import { compare as compareAll, type CompareQuestion, type Comparison, type Tried } from '../../engine/index.ts';

export { decide } from '../../engine/index.ts';

let tried: Tried | undefined;

export function compare(question: CompareQuestion): Comparison {
  const answer = compareAll(question, tried);
  ({ tried } = answer);
  return answer.comparison;
}
