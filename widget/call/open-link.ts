/**
 * The sending side of one open link: hands frames to its channels, in order on each, and never more
 * than the channels can take. Knows neither what the frames say nor what comes after this link.
 */
import {MAX_EARLY_BYTES} from '../../protocol/limits.js';
import {CallError} from './call-error.js';
import type {ChannelId, DataLink} from './data-link.js';

/**
 * What each channel may hold that is not sent yet, by id: all together 2 MB less a little for what
 * the call itself says. That keeps a fast link busy and is far below the 16 MB at which browsers
 * close a channel. Bytes.
 */
const MAX_BUFFERED_BYTES = [262_144, 1_048_576, 720_896] as const;

export class OpenLink {
  readonly #channels: readonly RTCDataChannel[];
  readonly #over = new AbortController();
  /** For each channel: settles when the frame before has been handed over. */
  readonly #previous: Promise<void>[] = [];
  readonly #ready = new EventTarget();
  #isReady = false;
  #handedOver = 0;
  #waiting = 0;

  constructor({channels, signal: closed}: DataLink) {
    this.#channels = channels;
    const {signal} = this.#over;
    const end = (): void => this.end();
    channels.forEach((channel, id) => {
      channel.bufferedAmountLowThreshold = MAX_BUFFERED_BYTES[id as ChannelId] / 2;
      channel.addEventListener('close', end, {signal});
    });
    closed.addEventListener('abort', end, {signal});
  }

  /** Aborted when nothing goes over this link any more. */
  get signal(): AbortSignal {
    return this.#over.signal;
  }

  /** How many frames have not been handed over yet. */
  get waiting(): number {
    return this.#waiting;
  }

  end(): void {
    this.#over.abort();
  }

  /** The other side has loaded what understands us, and takes as much as we can send. */
  becomeReady(): void {
    this.#isReady = true;
    this.#ready.dispatchEvent(new Event('ready'));
  }

  /**
   * Resolves when the frame has been handed to its channel, after all before it; rejects with
   * `aborted` if the link ends first. Then it has not been sent and never will be.
   */
  send(id: ChannelId, frame: string | Uint8Array<ArrayBuffer>): Promise<void> {
    this.#waiting++;
    const sent = (this.#previous[id] ?? Promise.resolve())
      .then(() => this.#handOver(id, frame))
      .finally(() => this.#waiting--);
    this.#previous[id] = sent.catch(() => undefined);
    return sent;
  }

  async #handOver(id: ChannelId, frame: string | Uint8Array<ArrayBuffer>): Promise<void> {
    const channel = this.#channels[id] as RTCDataChannel;
    const size = (typeof frame === 'string' ? new TextEncoder().encode(frame) : frame).length;
    for (;;) {
      if (this.signal.aborted) throw CallError.aborted();
      // They open one after the other, and the first is enough to begin with.
      if (channel.readyState === 'connecting') await this.#next(channel, 'open');
      else if (!this.#isReady && this.#handedOver + size > MAX_EARLY_BYTES) {
        await this.#next(this.#ready, 'ready');
      } else if (channel.bufferedAmount + size > MAX_BUFFERED_BYTES[id]) {
        await this.#next(channel, 'bufferedamountlow');
      } else break;
    }
    // The overloads of `send` take one type each.
    if (typeof frame === 'string') channel.send(frame);
    else channel.send(frame);
    this.#handedOver += size;
  }

  /** Resolves at the next event of this name, or at the end of the link. */
  #next(target: EventTarget, type: string): Promise<void> {
    return new Promise((resolve) => {
      const settled = new AbortController();
      const settle = (): void => {
        settled.abort();
        resolve();
      };
      target.addEventListener(type, settle, {signal: settled.signal});
      this.signal.addEventListener('abort', settle, {signal: settled.signal});
    });
  }
}
