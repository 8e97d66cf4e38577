/** Building by hand, in a piece of its own that the worker loads when somebody builds. */
export { build, palette, takeInHand } from '../../engine/index.ts';
