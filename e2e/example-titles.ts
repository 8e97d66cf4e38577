import { example } from '../src/catalogue/en/example.ts';

/** What a person reads in the Examples menu: every example has its title there, and nothing else has an id of one part. */
export const examples: readonly string[] = Object.entries(example).flatMap(([id, words]) => (/^example\.[\w-]+$/.test(id) ? [words] : []));
