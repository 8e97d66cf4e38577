import { PRESENTABLE } from './pages.ts';
import { seek } from './playback.ts';
import { useStore, type PodpathState } from './store.ts';

/** A page is presented while its options say so; so any link to it can be one to a presentation. */
const OPTION = 'present';

export const isPresented = ({ view: { page, options } }: PodpathState) => PRESENTABLE.has(page) && options[page]?.[OPTION] !== undefined;

/** Shows the page large and calm, on the full screen where the browser allows it. Who watched to the end begins anew. */
export function present(): void {
  const { status, stop } = useStore.getState().playback;
  seek(status === 'ended' ? 0 : stop);
  setOption({ [OPTION]: 'yes' });
  fillScreen();
}

/** Without a person's doing, as after a link, browsers refuse; the page then fills the window. */
export function fillScreen(): void {
  // Safari on iPhones has no full screen for pages.
  if (document.fullscreenEnabled) document.documentElement.requestFullscreen().catch(() => {});
}

export function leavePresentation(): void {
  setOption({});
  if (document.fullscreenElement) void document.exitFullscreen();
}

function setOption(option: Readonly<Record<string, string>>): void {
  useStore.setState(({ view }) => {
    const { [OPTION]: _, ...others } = view.options[view.page] ?? {};
    return { view: { ...view, options: { ...view.options, [view.page]: { ...others, ...option } } } };
  });
}
