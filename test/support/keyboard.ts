/**
 * A person without a mouse in a real page: finds everything by Tab, and looks where the focus is. At
 * every step it must be somewhere, be seen, and not be covered.
 */
import assert from 'node:assert/strict';
import type {KeyInput} from 'puppeteer-core';
import {poll} from './e2e.js';
import type {Visitor} from './visitor.js';

/** What has the focus, as a person sees it. */
export interface Focus {
  readonly name: string;
  readonly role: string;
  /** It is nowhere: on the page as such, or on nothing of the element's. */
  readonly isLost: boolean;
  /** Only put there by the page, to be read: there is nothing to press. */
  readonly isText: boolean;
  readonly hasRing: boolean;
  /** Some of it is in front of everything else. */
  readonly isInSight: boolean;
  /** In the order of reading (WCAG 2.2, 2.4.3), than what had the focus when it was looked at last. */
  readonly isBefore: boolean;
  readonly isAfter: boolean;
}

/** Once around a page, and more. */
const MAX_TABS = 40;

export class KeyboardUser {
  readonly #visitor: Visitor;

  constructor(visitor: Visitor) {
    this.#visitor = visitor;
  }

  /** Where the focus is, which is to be fit for a person to go on from. */
  async focus(): Promise<Focus> {
    return this.#isFit(await this.#visitor.page.evaluate(readFocus));
  }

  #isFit(focus: Focus): Focus {
    const where = `${focus.role} "${focus.name}" in ${this.#visitor.browser}`;
    assert.equal(focus.isLost, false, `the focus is lost: on ${where}`);
    assert.ok(focus.isInSight, `the focus is covered: on ${where}`);
    assert.ok(focus.hasRing || focus.isText, `the focus is not to be seen: on ${where}`);
    return focus;
  }

  /** Waits for the focus to be moved to what has this name. */
  async isOn(name: string): Promise<void> {
    await poll(async () => (await this.#visitor.page.evaluate(readFocus)).name === name, {
      what: `the focus to be on "${name}" in ${this.#visitor.browser}`,
    }).catch(async (error: unknown) => {
      const {name: other, role} = await this.#visitor.page.evaluate(readFocus);
      throw new Error(`${String(error)}; it is on ${role} "${other}"`);
    });
    await this.focus();
  }

  /** Nothing but the keys themselves: `Shift+Tab` is one. */
  async press(keys: string): Promise<void> {
    // The name `Space` is known to one browser's protocol only.
    const [key, ...held] = keys.replace('Space', ' ').split('+').reverse() as [
      KeyInput,
      ...KeyInput[],
    ];
    const {keyboard} = this.#visitor.page;
    for (const each of held) await keyboard.down(each);
    await keyboard.press(key);
    for (const each of held) await keyboard.up(each);
  }

  async type(text: string): Promise<void> {
    await this.#visitor.page.keyboard.type(text);
  }

  /**
   * Presses Tab until what has this name has the focus. On the way the focus goes as one reads.
   * @returns the names that it came by, the last of them that one
   */
  async tabTo(name: string, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<string[]> {
    let passed: string[] = [];
    for (let presses = 0; presses < MAX_TABS; presses++) {
      await this.press(key);
      const focus = await this.#visitor.page.evaluate(readFocus);
      // Past the last control the browser's own have it, of which there are none here.
      if (focus.isLost) {
        passed = [];
        continue;
      }
      this.#isFit(focus);
      const isAstray = key === 'Tab' ? focus.isBefore : focus.isAfter;
      assert.ok(
        passed.length === 0 || !isAstray,
        `${key} goes the wrong way in ${this.#visitor.browser}: ${[...passed, focus.name].join(' → ')}`,
      );
      passed.push(focus.name);
      if (focus.name === name) return passed;
    }
    assert.fail(`${key} does not come to "${name}": ${passed.join(' → ')}`);
  }

  /** As one would: there, and pressed. */
  async tabAndPress(name: string, key = 'Enter'): Promise<void> {
    await this.tabTo(name);
    await this.press(key);
  }
}

/** Runs in the page, through shadow roots. */
function readFocus(): Focus {
  let active: Element | null = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  const root = (active?.getRootNode() ?? document) as Document | ShadowRoot;
  const clean = (text: string | null | undefined): string =>
    (text ?? '').replace(/\s+/g, ' ').trim();
  const label = (active as HTMLInputElement | null)?.labels?.[0];
  const labelledBy = active?.getAttribute('aria-labelledby');
  const name =
    clean(active?.getAttribute('aria-label')) ||
    clean(labelledBy ? root.getElementById(labelledBy)?.textContent : '') ||
    clean(label ? (label.querySelector('span') ?? label).textContent : active?.textContent) ||
    clean((active as HTMLElement | null)?.title);
  const box = active?.getBoundingClientRect() ?? new DOMRect();
  const {outlineStyle, outlineWidth} = getComputedStyle(active ?? document.body);
  const memory = globalThis as {lastFocused?: Element | null};
  // Where that is now: the focus may have scrolled what both are in.
  const from = memory.lastFocused?.getBoundingClientRect();
  memory.lastFocused = active;
  // From left to right and from above to below, and column by column.
  const precedes = (a: DOMRect, b: DOMRect): boolean =>
    a.top < b.bottom && b.top < a.bottom
      ? a.right <= b.left
      : a.bottom <= b.top && a.left < b.right;
  const points = [0.5, 0.1, 0.9].flatMap((x) =>
    [0.5, 0.1, 0.9].map((y) => [box.left + box.width * x, box.top + box.height * y] as const),
  );
  return {
    name,
    role: active?.getAttribute('role') ?? active?.localName ?? '',
    isLost: active === null || active === document.body || active === document.documentElement,
    isText: active?.getAttribute('tabindex') === '-1',
    hasRing: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2,
    isInSight: points.some(([x, y]) => {
      const inFront = root.elementFromPoint(x, y);
      return inFront !== null && (active?.contains(inFront) ?? false);
    }),
    isBefore: from !== undefined && precedes(box, from),
    isAfter: from !== undefined && precedes(from, box),
  };
}
