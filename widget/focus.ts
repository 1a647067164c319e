/** Where the focus is, through shadow roots. Knows nothing of who wants it. */

/** Whoever had it is gone: the browser has given it to nobody in particular. */
export function isFocusLost(host: HTMLElement): boolean {
  const active = deepActiveElement();
  return active === null || active === document.body || active === host;
}

export function deepActiveElement(): HTMLElement | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active instanceof HTMLElement ? active : null;
}
