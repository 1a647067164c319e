/** A page that shows one screen of the element after the other to whoever asks from outside. */
import {remove, roomAt, shadowOf} from './widget-element.js';
import {SCREENS} from './widget-screens.js';

export interface ScreensPage {
  readonly names: readonly string[];
  /** Resolves once the screen has come to rest. */
  show(name: string): Promise<void>;
}

/** What is sent now is always sent at the same time of day. */
const NOON = new Date(2026, 5, 14, 12, 3).getTime();
Date.now = () => NOON;

const screens: ScreensPage = {
  names: SCREENS.map(({name}) => name),
  async show(name) {
    remove();
    const screen = SCREENS.find((each) => each.name === name);
    if (!screen) throw new Error(`no screen "${name}"`);
    const element = await roomAt(screen);
    const root = shadowOf(element);
    // Which devices there are is told by another process. What is asked after the element's question is answered after it.
    await navigator.mediaDevices.enumerateDevices();
    // All parts are here with the page, so what one of them adds later is a matter of a few frames.
    for (let before = ''; before !== root.innerHTML;) {
      before = root.innerHTML;
      await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
      await element.updateComplete;
    }
  },
};

Object.assign(globalThis, {screens});
