import { readRequest, type LadderQuestion } from '../../engine/index.ts';
import type { PageOptions } from '../store/pages.ts';
import { useStore, type PodpathState } from '../store/store.ts';

/** What is asked on this page, as far as a link holds it; until somebody types here, it follows the request. */
export type Asked = Required<Pick<LadderQuestion, 'host' | 'path' | 'method'>>;

/** From a link anything may come; what is missing is taken from the request that was sent last, or stands in the bar. */
export function askedOf({ view, sent, draft, analysis }: PodpathState): Asked {
  const { host, path, method } = view.options.rules ?? {};
  const request = readRequest(sent ?? draft).flow ?? suggested(analysis);
  return { host: host ?? request?.host ?? '', path: path ?? request?.path ?? '/', method: method ?? request?.method ?? 'GET' };
}

function suggested(analysis: PodpathState['analysis']) {
  const first = analysis?.suggestions[0];
  return first === undefined ? null : readRequest(first.draft).flow;
}

export function changeAsked(change: Partial<Asked>): void {
  useStore.setState((state) => {
    const next: PageOptions = { ...askedOf(state), ...change };
    return { view: { ...state.view, options: { ...state.view.options, rules: next } } };
  });
}
