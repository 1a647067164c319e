/** What only a call needs, as one chunk: the call core and the screens of a call. Loaded on intent by `call-controller.ts`. */
export {CallSession} from './call/call-session.js';
export {CallUi} from './call-ui.js';
export {CALL_TEXTS} from './strings/call-texts.js';
