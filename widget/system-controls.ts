/**
 * A call in the system's own controls (W3C Media Session): the button of a headset, those on a browser's small window,
 * a browser's own switch for microphone and camera. They press the very buttons of the call, so what cannot be pressed
 * is not offered. `call/media-session.ts` is another thing: a session's devices and streams.
 *
 * A page has one set of them. Of several elements, the last that has come into a call has it; when that is over it goes
 * to the one before. Whom a call is with is not told: a locked screen shows it to whoever looks, and `metadata` is the
 * page's.
 */
import {callButton} from './call-button.js';
import type {CallContext} from './call-surface.js';
import {isChosen} from './views/controls.js';

type Device = 'microphone' | 'camera';
/** Not in TypeScript's DOM library yet, nor in every browser. */
type CallAction = `toggle${Device}` | 'hangup' | 'enterpictureinpicture';

interface ActionDetails {
  /** Whether it is to be on; a browser that does not know asks for the other of what is. */
  readonly isActivating?: boolean;
}

interface CallMediaSession {
  setActionHandler(action: CallAction, handler: ((details?: ActionDetails) => void) | null): void;
  setMicrophoneActive?(isActive: boolean): unknown;
  setCameraActive?(isActive: boolean): unknown;
}

const SETTERS = {microphone: 'setMicrophoneActive', camera: 'setCameraActive'} as const;

/** Those in a call, in the order in which they have come into it. */
const claims: SystemControls[] = [];

export class SystemControls {
  readonly #context: CallContext;
  readonly #openWindow: () => (() => void) | null;
  /** The actions that are ours at the moment: no others are touched. */
  readonly #taken = new Set<CallAction>();
  /** What was told last, so that nothing is told with every rendering. */
  readonly #told = new Map<Device, boolean>();

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
    const {host} = this.#context;
    for (const device of ['microphone', 'camera'] as const) {
      const isOffered = Boolean(callButton(host, device));
      this.#offer(`toggle${device}`, isOffered, (details) => this.#toggle(device, details));
      if (isOffered) this.#tell(device);
    }
    this.#offer('hangup', Boolean(callButton(host, 'leave')), () => this.#press('leave'));
    const hasWindow = isChosen(host, 'own-window') && this.#openWindow() !== null;
    this.#offer('enterpictureinpicture', hasWindow, () => this.#openWindow()?.());
  }

  /** Nothing is told: others may be capturing still. */
  #giveBack(): void {
    for (const action of this.#taken) handle(action, null);
    this.#taken.clear();
    this.#told.clear();
  }

  #offer(action: CallAction, isOffered: boolean, handler: (details?: ActionDetails) => void): void {
    if (this.#taken.has(action) === isOffered) return;
    handle(action, isOffered ? handler : null);
    if (isOffered) this.#taken.add(action);
    else this.#taken.delete(action);
  }

  #toggle(device: Device, {isActivating}: ActionDetails = {}): void {
    if (isActivating !== this.#isOn(device)) this.#press(device);
  }

  /** What is under way already is not begun again: the button sees to it. */
  #press(name: Device | 'leave'): void {
    callButton(this.#context.host, name)?.click();
  }

  /**
   * For the signs on a browser's small window, and only where telling is all that it does. The interface's later form
   * acts: `false` mutes whatever the page captures, `true` asks the person. It has come with a setter for shared
   * screens (w3c/mediasession#319, WebKit's first), by which it is known without being called.
   */
  #tell(device: Device): void {
    const system = systemSession();
    const isOn = this.#isOn(device);
    if (!system || 'setScreenshareActive' in system || this.#told.get(device) === isOn) return;
    this.#told.set(device, isOn);
    const tell = async (): Promise<unknown> => system[SETTERS[device]]?.(isOn);
    tell().catch(refused);
  }

  #isOn(device: Device): boolean {
    return this.#context.session.state.media[`${device}Enabled`];
  }
}

function systemSession(): CallMediaSession | undefined {
  return (navigator as {readonly mediaSession?: unknown}).mediaSession as
    CallMediaSession | undefined;
}

/** Each browser knows some of them, and throws at the others. */
function handle(action: CallAction, handler: ((details?: ActionDetails) => void) | null): void {
  try {
    systemSession()?.setActionHandler(action, handler);
  } catch {
    // It has no button for that.
  }
}

/** It may not be told, in a frame or in the background. */
function refused(): void {
  // Its signs are not worth a word to the person.
}
