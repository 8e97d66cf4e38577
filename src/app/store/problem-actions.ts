/** What is wrong, asked of the worker; and the edits that mend it. */
import type { FailureCode } from '../../catalogue/meaning.ts';
import { msg } from '../../catalogue/message.ts';
import type { CodeFamily, Problem } from '../../engine/diagnosis.ts';
import type { RequestDraft, Workspace } from '../../engine/index.ts';
import type { Explained, OfferedFix } from '../worker/diagnosis.ts';
import { engine } from './analysis-actions.ts';
import { changeWorkspace } from './document-actions.ts';
import { openExample } from './example-actions.ts';
import { goToPage } from './link-actions.ts';
import { editDraft, send } from './request-actions.ts';

/** The worst first. */
export function askProblems(workspace: Workspace, request: RequestDraft | null): Promise<readonly Problem[]> {
  return engine().ask('problems', { workspace, request });
}

/** Each was tried: with it, the failing request arrives. */
export function askFixes(workspace: Workspace, problem: Problem): Promise<readonly OfferedFix[]> {
  return engine().ask('fixes', { workspace, problem });
}

/** Every code that a finding can have, in families. */
export function askCodes(): Promise<readonly CodeFamily[]> {
  return engine().ask('codes', null);
}

/** The texts of all examples of a code, the plainest first. */
export async function examplesOf(code: FailureCode): Promise<readonly Workspace[]> {
  const { failureExamples } = await import('../../examples/failure-texts.ts');
  return failureExamples(code);
}

/** What an example shows, from running it. */
export function askExplained(code: FailureCode, workspace: Workspace): Promise<Explained | null> {
  return engine().ask('explain', { workspace, code });
}

/** Puts an example in the place of the texts and plays its request on the map; the notice there leads back. */
export function openFailure({ workspace, problem: { proof } }: Explained): void {
  if (proof === null) return;
  goToPage('path');
  void openExample({ request: proof.draft, load: () => Promise.resolve(workspace) });
}

/** Puts the mended texts in place, unless somebody has typed since; one step back undoes it. */
export function applyFix(asked: Workspace, { files }: OfferedFix): void {
  changeWorkspace((workspace) =>
    workspace === asked
      ? {
          workspace: workspace.map((file) => files.find(({ name }) => name === file.name) ?? file),
          said: msg('app.fixed'),
          activeFile: files[0]?.name ?? asked[0]!.name,
        }
      : null,
  );
}

/** Plays the request that shows the problem, on the map. */
export function playProof({ proof }: Problem): void {
  if (proof === null) return;
  editDraft(proof.draft);
  goToPage('path');
  send();
}
