import { refKey, type ObjectRef, type SourceRange } from '../../engine/index.ts';
import { analyse } from './analysis-actions.ts';
import { goToPage } from './link-actions.ts';
import { seek } from './playback.ts';
import { useStore, type View } from './store.ts';

/** `public/theme.js` reads the same key before the first paint. */
const THEME_KEY = 'podpath-theme';

const setView = (change: Partial<View>) => useStore.setState(({ view }) => ({ view: { ...view, ...change } }));

export function setTheme(theme: View['theme']): void {
  setView({ theme });
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  try {
    if (theme === 'system') localStorage.removeItem(THEME_KEY);
    else localStorage.setItem(THEME_KEY, theme);
  } catch {
    // Storage is refused in some frames; the theme then lasts as long as the page.
  }
}

/** The theme that `public/theme.js` put on the document. */
export function adoptTheme(): void {
  const theme = document.documentElement.dataset['theme'];
  if (theme === 'light' || theme === 'dark') setView({ theme });
}

/** The map that is built on shows more than the map of a request. */
export function setTab(tab: View['tab']): void {
  const isOther = (tab === 'add') !== (useStore.getState().view.tab === 'add');
  setView({ tab });
  if (isOther) analyse();
}

export const setPane = (pane: View['pane']) => setView({ pane });

/** Asks for a new name of the selected object; false once the field is open. */
export const setRenames = (renames: boolean) => setView({ renames });

/** Shows an object instead of the current hop; null goes back to the hop. */
export function select(selected: ObjectRef | null): void {
  setView(selected ? { selected, pane: 'details' } : { selected });
}

/** Opens the file, scrolls to the lines and marks them. */
export function reveal(range: SourceRange): void {
  // A new object each time: the same lines may be asked for twice.
  useStore.setState(({ view, workspace, activeFile }) => ({
    activeFile: workspace.some((file) => file.name === range.file) ? range.file : activeFile,
    view: { ...view, tab: 'manifests', pane: 'editor', reveal: { ...range } },
  }));
}

/** Shows the fixes of what is wrong at a line, counted from 1; null puts them away. */
export const showFixesAt = (fixesAt: View['fixesAt']) => setView({ fixesAt });

/** Opens the page of what is wrong at the object's problem. */
export function openProblemOf(object: ObjectRef): void {
  setView({ options: { ...useStore.getState().view.options, findings: { of: refKey(object) } } });
  goToPage('findings');
}

export const openFile = (activeFile: string) => useStore.setState({ activeFile });
export const dismissNotice = () => useStore.setState({ notice: null });

/** Puts the player at a stop and shows its hop. */
export function goToStop(stop: number): void {
  setView({ selected: null });
  seek(stop);
}
