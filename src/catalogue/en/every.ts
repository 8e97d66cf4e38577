/** The one English catalogue: what the engine says, and what only the page does. For types and tests; each place holds only what it needs. */
import { app } from './app.ts';
import { build } from './build.ts';
import { compare } from './compare.ts';
import { comparePage } from './compare-page.ts';
import { details } from './details.ts';
import { diagnose } from './diagnose.ts';
import { environment } from './environment.ts';
import { exactness } from './exactness.ts';
import { failures } from './failures.ts';
import { failuresPage } from './failures-page.ts';
import { example } from './example.ts';
import { field } from './field.ts';
import { findingsPage } from './findings-page.ts';
import { hands } from './hands.ts';
import { headers } from './headers.ts';
import { openRegister } from './open-register.ts';
import { policies } from './policies.ts';
import { present } from './present.ts';
import { repair } from './repair.ts';
import { rulesPage } from './rules-page.ts';
import { status } from './status.ts';
import { controllerSwitch } from './switch.ts';
import { through } from './through.ts';
import { en } from './index.ts';

export const every = {
  ...en,
  ...app,
  ...build,
  ...compare,
  ...comparePage,
  ...details,
  ...diagnose,
  ...environment,
  ...exactness,
  ...example,
  ...failures,
  ...failuresPage,
  ...field,
  ...findingsPage,
  ...hands,
  ...headers,
  ...openRegister,
  ...policies,
  ...present,
  ...repair,
  ...rulesPage,
  ...status,
  ...controllerSwitch,
  ...through,
} as const;
