/** The one English catalogue: what the engine says, and what only the page does. For types and tests; each place holds only what it needs. */
import { app } from './app.ts';
import { comparePage } from './compare-page.ts';
import { details } from './details.ts';
import { environment } from './environment.ts';
import { example } from './example.ts';
import { exactness } from './exactness.ts';
import { headers } from './headers.ts';
import { present } from './present.ts';
import { repair } from './repair.ts';
import { en } from './index.ts';
import { status } from './status.ts';

export const every = {
  ...en,
  ...app,
  ...comparePage,
  ...details,
  ...environment,
  ...example,
  ...exactness,
  ...headers,
  ...present,
  ...repair,
  ...status,
} as const;
