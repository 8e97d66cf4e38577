/** What only the page of rules asks for, so that the worker loads it with the first of these questions. */
export { laddersOf as rank } from '../../engine/index.ts';
