/**
 * What a call that is some seconds old fetches before anybody needs it: the words for its failure,
 * what is asked and told over the screen, the chat, the files, the choice of devices and the call's own window, which are to outlive the
 * relay, from which their code may come. Knows nothing of calls.
 */
export {OUTCOME_TEXTS} from './strings/outcome-texts.js';

/** Only fetched: whoever needs them imports them again, and tries again should it have failed. */
import('./chat-door.js').catch(() => undefined);
import('./device-panel.js').catch(() => undefined);
import('./files-panel.js').catch(() => undefined);
import('./overlay-ui.js').catch(() => undefined);
import('./own-window.js').catch(() => undefined);
