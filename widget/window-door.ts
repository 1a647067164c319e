/**
 * Opens and closes the call's own window: that of the whole call (`own-window.ts`, fetched when it is opened),
 * or the browser's own for one picture where there is no other.
 */
import type {CallContext, CallScreens} from './call-surface.js';
import {loadChunk} from './call/load-chunk.js';
import type {OwnWindow} from './own-window.js';

/** The one that is large, or the first; not one's own. */
const PICTURES = ['.tile[data-large] video[data-peer]', '.tile video[data-peer]'];

export class WindowDoor {
  readonly #context: CallContext;
  readonly #screens: CallScreens;
  readonly #signal: AbortSignal;
  #window: OwnWindow | null = null;

  /** @param signal aborted when the screens are gone */
  constructor(context: CallContext, screens: CallScreens, signal: AbortSignal) {
    this.#context = context;
    this.#screens = screens;
    this.#signal = signal;
    const {host} = context;
    for (const type of ['enterpictureinpicture', 'leavepictureinpicture'] as const) {
      host.shadowRoot?.addEventListener(type, () => host.requestUpdate(), {signal, capture: true});
    }
    signal.addEventListener('abort', () => this.close(), {once: true});
  }

  /** The browser has such windows, and the page around lets us have one. */
  get isOffered(): boolean {
    return hasDocumentWindows() || document.pictureInPictureEnabled;
  }

  get isOpen(): boolean {
    return this.isAway || Boolean(this.#context.host.shadowRoot?.pictureInPictureElement);
  }

  /** The whole call is elsewhere. */
  get isAway(): boolean {
    return this.#window !== null;
  }

  /** In the moment in which somebody presses something. */
  toggle(): void {
    if (this.isOpen) this.close();
    else void this.#context.run(() => (hasDocumentWindows() ? this.#open() : this.#openPicture()));
  }

  /** After every rendering. */
  updated(): void {
    this.#window?.updated();
  }

  close(): void {
    this.#window?.close();
    if (this.#context.host.shadowRoot?.pictureInPictureElement) {
      document.exitPictureInPicture().catch(refused);
    }
  }

  async #open(): Promise<void> {
    const context = this.#context;
    const {OwnWindow} = await loadChunk(() => import('./own-window.js'));
    const closed = (): void => {
      this.#window = null;
      context.host.requestUpdate();
    };
    const opened = await OwnWindow.open(context, this.#screens, closed).catch(refused);
    if (!opened) return;
    this.#window = opened;
    // The call was left while it was being opened.
    if (this.#signal.aborted) opened.close();
    else opened.updated();
    context.host.requestUpdate();
  }

  async #openPicture(): Promise<void> {
    const {shadowRoot} = this.#context.host;
    const [video] = PICTURES.flatMap((each) => [
      ...(shadowRoot?.querySelectorAll<HTMLVideoElement>(each) ?? []),
    ]);
    await video?.requestPictureInPicture().catch(refused);
  }
}

function hasDocumentWindows(): boolean {
  return 'documentPictureInPicture' in globalThis;
}

/** The browser has its reasons, and the person sees that nothing happens. */
function refused(): undefined {
  return undefined;
}
