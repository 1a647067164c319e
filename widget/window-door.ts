/**
 * Opens and closes the call's own window: that of the whole call (`own-window.ts`, fetched when it is opened),
 * or the browser's own for one picture where there is no other.
 */
import type {CallContext, CallScreens} from './call-surface.js';
import {peersOf} from './call/call-state.js';
import {loadChunk} from './call/load-chunk.js';
import type {DressTiles, OwnWindow} from './own-window.js';

/** The one that is large, or the first; not one's own. */
const PICTURES = ['.tile[data-large] video[data-peer]', '.tile video[data-peer]'];

export class WindowDoor {
  readonly #context: CallContext;
  readonly #screens: CallScreens;
  readonly #dress: DressTiles;
  readonly #signal: AbortSignal;
  #window: OwnWindow | null = null;
  #isOpening = false;

  /**
   * @param dress arranges the tiles of the window
   * @param signal aborted when the screens are gone
   */
  constructor(context: CallContext, screens: CallScreens, dress: DressTiles, signal: AbortSignal) {
    this.#dress = dress;
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
    if (hasDocumentWindows()) return true;
    const {session, page} = this.#context;
    const hasPicture = peersOf(session.state).some(({cameraEnabled}) => cameraEnabled);
    return document.pictureInPictureEnabled && page().media === 'video' && hasPicture;
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
    if (this.isOpen) return this.close();
    // A second press while the first is under way is a slip: the browser would take the first window away.
    if (this.#isOpening) return;
    this.#isOpening = true;
    void this.#context
      .run(() => (hasDocumentWindows() ? this.#open() : this.#openPicture()))
      .finally(() => (this.#isOpening = false));
  }

  /** After every rendering. */
  updated(): void {
    // When all of that is done: drawing once more looks where the focus is, as drawing did.
    queueMicrotask(() => this.#window?.updated());
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
    if (this.#signal.aborted) return;
    const onClosed = (closed: OwnWindow): void => {
      if (this.#window === closed) this.#window = null;
      context.host.requestUpdate();
    };
    const opened = await OwnWindow.open(context, this.#screens, this.#dress, onClosed).catch(
      refused,
    );
    // The call may have been left while it was being opened.
    if (this.#signal.aborted) opened?.close();
    if (!opened || opened.isOver) return;
    this.#window = opened;
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

/** Not for pages in a frame, though the interface is there. */
function hasDocumentWindows(): boolean {
  return 'documentPictureInPicture' in globalThis && globalThis.self === globalThis.top;
}

/** The browser has its reasons, and the person sees that nothing happens. */
function refused(): undefined {
  return undefined;
}
