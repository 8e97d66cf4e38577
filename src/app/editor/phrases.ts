import { EditorState, type Extension } from '@codemirror/state';
import { t } from '../ui/locale.ts';

/** What CodeMirror's own panels say, in the words of the catalogue. The keys are CodeMirror's. */
export const phrases: Extension = EditorState.phrases.of({
  Find: t('app.editor.find'),
  Replace: t('app.editor.replace-field'),
  next: t('app.editor.next'),
  previous: t('app.editor.previous'),
  all: t('app.editor.all'),
  'match case': t('app.editor.match-case'),
  regexp: t('app.editor.regexp'),
  'by word': t('app.editor.by-word'),
  replace: t('app.editor.replace'),
  'replace all': t('app.editor.replace-all'),
  close: t('app.close'),
  Diagnostics: t('app.part.problems'),
});
