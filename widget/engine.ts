/** What only a call needs, as one chunk: the call core and the screens of a call. Loaded on intent by `call-controller.ts`. */
import type {Strings} from './strings/catalogue.js';

export {CallSession} from './call/call-session.js';
export {chooseDevice as selectDevice} from './call/choose-device.js';
export {CallUi} from './call-ui.js';
export {CALL_TEXTS} from './strings/call-texts.js';

/** The words for what went wrong, which most calls never need. */
export async function loadOutcomeTexts(): Promise<Partial<Strings>> {
  return (await import('./ahead.js')).OUTCOME_TEXTS;
}
