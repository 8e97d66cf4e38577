/** What only switching controllers asks for, so that the worker loads it with the first of these questions. */
import { readRequest, throughOthers, type RequestDraft, type Through, type Workspace } from '../../engine/index.ts';

export { switchController } from '../../engine/index.ts';

export function through(workspace: Workspace, request: RequestDraft, pod: string | null): Through | null {
  const { flow } = readRequest(request);
  return flow === null ? null : throughOthers(workspace, flow, pod);
}
