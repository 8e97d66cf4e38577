import { controllerSwitch } from '../../catalogue/en/switch.ts';
import { msg } from '../../catalogue/message.ts';
import { learnWords } from '../../catalogue/page-words.ts';
import { engine } from './analysis-actions.ts';
import { changeWorkspaceLater } from './document-actions.ts';

learnWords(controllerSwitch);

/** Has another implementation serve in the place of a controller, by its index in `Cluster.controllers`. */
export function switchController(controller: number, implementation: string): Promise<void> {
  return changeWorkspaceLater(async (workspace) => ({
    workspace: await engine().ask('switchController', { workspace, controller, implementation }),
    said: msg('switch.done', { implementation }),
  }));
}
