/** What is wrong, asked of the worker; and the edits that mend it. */
import { msg } from '../../catalogue/message.ts';
import type { Problem } from '../../engine/diagnosis.ts';
import type { RequestDraft, Workspace } from '../../engine/index.ts';
import type { OfferedFix } from '../worker/diagnosis.ts';
import { engine } from './analysis-actions.ts';
import { changeWorkspace } from './document-actions.ts';
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
