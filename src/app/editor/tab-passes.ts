import { EditorView } from '@codemirror/view';

/**
 * Whoever comes by the Tab key goes on by the Tab key, and indents nothing on the way. The first other key, or a click,
 * shows that somebody edits: from then on Tab indents, and Escape lets it go by.
 */
export const tabPasses = EditorView.domEventHandlers({
  focus(event, view) {
    // Without the element that had the focus before, the whole window came back: nobody walked here.
    if (event.relatedTarget !== null) view.setTabFocusMode(Number.POSITIVE_INFINITY);
  },
  click(_event, view) {
    view.setTabFocusMode(false);
  },
});
