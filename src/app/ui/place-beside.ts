const GAP = 6;
const MARGIN = 8;

/** Puts an open popover under the anchor, or above it where there is no room below; always inside the window. */
export function placeBeside(popover: HTMLElement, anchor: DOMRect, align: 'start' | 'end' = 'start'): void {
  const { offsetWidth: width, offsetHeight: height } = popover;
  const below = anchor.bottom + GAP;
  const above = anchor.top - GAP - height;
  const fitsBelow = below + height <= window.innerHeight - MARGIN;
  const left = align === 'end' ? anchor.right - width : anchor.left;
  popover.style.top = `${Math.max(MARGIN, fitsBelow || above < MARGIN ? below : above)}px`;
  popover.style.left = `${Math.max(MARGIN, Math.min(left, window.innerWidth - MARGIN - width))}px`;
}
