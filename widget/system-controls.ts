/**
 * A call in the system's own controls (W3C Media Session): the keys and the button of a headset, what is shown while the
 * screen is locked, the buttons on a browser's small window. They say whom the call is with and what is on, and press
 * what a person would press in the element. `call/media-session.ts` is another thing: a session's devices and streams.
 *
 * A page has one set of them. Of several elements, the last that has come into a call has it; when that is over it goes
 * to the one before, or back to the page.
 */
import type {CallContext} from './call-surface.js';
import {isChosen} from './views/controls.js';

/** Not in TypeScript's DOM library yet, nor in every browser. */
type CallAction = 'togglemicrophone' | 'togglecamera' | 'hangup' | 'enterpictureinpicture';

interface CallMediaSession {
  metadata: MediaMetadata | null;
  setActionHandler(action: CallAction, handler: (() => void) | null): void;
  setMicrophoneActive?(isActive: boolean): Promise<void> | undefined;
  setCameraActive?(isActive: boolean): Promise<void> | undefined;
}

const ACTIONS: readonly CallAction[] = [
  'togglemicrophone',
  'togglecamera',
  'hangup',
  'enterpictureinpicture',
];

/** Those in a call, in the order in which they have come into it. */
const claims: SystemControls[] = [];

export class SystemControls {
  readonly #context: CallContext;
  readonly #openWindow: () => (() => void) | null;
  /** What was there before, of the page's. `null` as well: nothing was. */
  #before: MediaMetadata | null = null;
  #own: MediaMetadata | null = null;
  /** What was set last, so that nothing is set with every rendering. */
  #set = '';

  /**
   * @param openWindow opens the call's own window; `null` where there is none to be had
   * @param signal aborted when the screens are gone
   */
  constructor(context: CallContext, openWindow: () => (() => void) | null, signal: AbortSignal) {
    this.#context = context;
    this.#openWindow = openWindow;
    signal.addEventListener('abort', () => this.#leave(), {once: true});
  }

  /** After every rendering. */
  updated(): void {
    if (this.#context.session.state.status !== 'in-call') return this.#leave();
    if (!claims.includes(this)) {
      for (const before of claims.slice(-1)) before.#giveBack();
      claims.push(this);
    }
    if (claims.at(-1) === this) this.#apply();
  }

  #leave(): void {
    const at = claims.indexOf(this);
    if (at < 0) return;
    const isOurs = at === claims.length - 1;
    claims.splice(at, 1);
    if (!isOurs) return;
    this.#giveBack();
    for (const before of claims.slice(-1)) before.#apply();
  }

  #apply(): void {
    const system = systemSession();
    const {session, page, host} = this.#context;
    const {state} = session;
    if (!system || state.status !== 'in-call') return;
    const {translate: t, media} = page();
    const {microphoneEnabled, cameraEnabled} = state.media;
    const names = state.peers.map(({displayName}) => displayName || t('guest'));
    const title = t('inCall', {names});
    const openWindow = isChosen(host, 'own-window') ? this.#openWindow() : null;
    const run = (action: () => Promise<unknown>) => () => void this.#context.run(action);
    const handlers: Record<CallAction, (() => void) | null> = {
      togglemicrophone: isChosen(host, 'microphone') ? run(() => session.toggleMicrophone()) : null,
      togglecamera:
        media === 'video' && isChosen(host, 'camera') ? run(() => session.toggleCamera()) : null,
      hangup: isChosen(host, 'leave') ? run(() => session.leave()) : null,
      enterpictureinpicture: openWindow,
    };
    const offered = ACTIONS.filter((action) => handlers[action]);
    const set = [title, microphoneEnabled, cameraEnabled, ...offered].join('\n');
    if (set === this.#set) return;
    this.#set = set;
    for (const action of ACTIONS) handle(system, action, handlers[action]);
    if (!this.#own) this.#before = system.metadata;
    if (this.#own?.title !== title) {
      system.metadata = this.#own = new MediaMetadata({title, artist: document.title});
    }
    tell(system, microphoneEnabled, cameraEnabled);
  }

  /** What can be read of the page's own is as it was. */
  #giveBack(): void {
    const system = systemSession();
    if (!system || !this.#own) return;
    for (const action of ACTIONS) handle(system, action, null);
    // The page may have something else to tell by now.
    if (system.metadata === this.#own) system.metadata = this.#before;
    tell(system, false, false);
    this.#before = this.#own = null;
    this.#set = '';
  }
}

function systemSession(): CallMediaSession | undefined {
  return (navigator as {readonly mediaSession?: unknown}).mediaSession as
    CallMediaSession | undefined;
}

/** Each browser knows some of them, and throws at the others. */
function handle(system: CallMediaSession, action: CallAction, handler: (() => void) | null): void {
  try {
    system.setActionHandler(action, handler);
  } catch {
    // It has no button for that.
  }
}

/** Without effect where the page may not (it is in the background, or in a frame). */
function tell(system: CallMediaSession, isHeard: boolean, isSeen: boolean): void {
  Promise.resolve(system.setMicrophoneActive?.(isHeard)).catch(() => undefined);
  Promise.resolve(system.setCameraActive?.(isSeen)).catch(() => undefined);
}
