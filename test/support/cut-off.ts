/** What of a screen cannot be read or reached in the room that there is, however one scrolls. */

const CONTROLS = 'button, a[href], input, select, textarea, summary, [tabindex="0"]';
/** A pixel may be lost to rounding. */
const TOLERANCE_PX = 1;

/** Everything that can be pressed or written into. */
export function controlsOf(root: ShadowRoot): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>(CONTROLS)].filter((each) =>
    each.checkVisibility({visibilityProperty: true}),
  );
}

/**
 * What is cut off, each in a few words; scrolling sideways counts as cut off (WCAG 2.2, 1.4.10).
 * @param except what of the texts does not matter
 */
export function cutOff(root: ShadowRoot, except: string): string[] {
  const lost = [
    ...controlsOf(root).map((control) => [control, control.getBoundingClientRect()] as const),
    ...textsOf(root, except),
  ].flatMap(([of, box]) => {
    const clip = box.width > 0 && clippingOf(of, box);
    return clip ? [`${tell(of)} by ${tell(clip)}`] : [];
  });
  return [...new Set(lost)];
}

/** Each line of text with the element that it is in. */
function* textsOf(root: ShadowRoot, except: string): Generator<readonly [Element, DOMRect]> {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const {parentElement: parent} = node;
    if (!parent || node.textContent?.trim() === '' || parent.closest(`option, ${except}`)) continue;
    if (!parent.checkVisibility({visibilityProperty: true})) continue;
    // Shortened on purpose: it says that there is more, and a title says it.
    const isShortened = getComputedStyle(parent).textOverflow === 'ellipsis';
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of isShortened ? [] : range.getClientRects()) yield [parent, box];
  }
}

function clippingOf(of: Element, box: DOMRect): Element | null {
  let {top, bottom} = box;
  for (let at: Element | null = of; at; at = at.parentElement) {
    const {overflowX, overflowY, position, clipPath} = getComputedStyle(at);
    // For screen readers only.
    if (clipPath !== 'none') return null;
    if (overflowX !== 'visible' && at !== of) {
      const outer = at.getBoundingClientRect();
      const isWide = box.left < outer.left - TOLERANCE_PX || box.right > outer.right + TOLERANCE_PX;
      const isScrolled = overflowY === 'auto' || overflowY === 'scroll';
      // What scrolls brings it into its own box.
      if (isScrolled) [top, bottom] = [outer.top, outer.bottom];
      const isHigh = top < outer.top - TOLERANCE_PX || bottom > outer.bottom + TOLERANCE_PX;
      if (isWide || isHigh) return at;
    }
    if (position === 'fixed') return null;
  }
  return null;
}

function tell(element: Element): string {
  const text = element.getAttribute('aria-label') ?? element.textContent;
  return `<${element.localName} class="${element.className}">${text.trim().slice(0, 30)}`;
}
