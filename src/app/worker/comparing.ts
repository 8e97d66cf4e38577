/** What only comparisons need, so that the worker loads it with the first of them. */
export { compare, decide } from '../../engine/index.ts';
