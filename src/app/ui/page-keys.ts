const FIELD = 'input:not([type="range"]), textarea, select, [contenteditable="true"], [role="menu"], [role="listbox"], [role="tablist"], dialog';

/** Whether a key is meant for the page: pressed alone, and not where keys have another meaning. */
export function isPageKey(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return false;
  return !(event.target instanceof Element && event.target.closest(FIELD));
}
