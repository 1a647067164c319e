/**
 * The data channel between two peers: frames in, frames out, in order, with back-pressure. What a
 * frame means is `protocol/peer-messages.ts`; who may read it is the session's business.
 */
import {MAX_PEER_FRAME_BYTES} from '../../protocol/limits.js';
import {
  BINARY_FRAME_MESSAGE,
  parsePeerMessage,
  type PeerMessage,
} from '../../protocol/peer-messages.js';
import {CallError} from './call-error.js';

/** Both sides make the channel themselves under this id (RFC 8832 is not needed). */
const CHANNEL_ID = 0;
const CHANNEL_LABEL = 'vcr';

/** Enough to keep a fast link busy, far below the 16 MB at which browsers close the channel. Bytes. */
const MAX_BUFFERED_BYTES = 1_048_576;
const LOW_BUFFERED_BYTES = 262_144;

export interface DataLinkOptions {
  readonly connection: RTCPeerConnection;
  readonly onOpen: () => void;
  readonly onMessage: (message: PeerMessage) => void;
  readonly onBinary: (data: ArrayBuffer) => void;
  readonly signal: AbortSignal;
}

export class DataLink {
  readonly #channel: RTCDataChannel;
  readonly #signal: AbortSignal;
  /** Settles when the frame before has been handed over, so that frames keep their order. */
  #previous: Promise<void> = Promise.resolve();

  constructor({connection, onOpen, onMessage, onBinary, signal}: DataLinkOptions) {
    this.#signal = signal;
    this.#channel = connection.createDataChannel(CHANNEL_LABEL, {
      negotiated: true,
      id: CHANNEL_ID,
    });
    this.#channel.binaryType = 'arraybuffer';
    this.#channel.bufferedAmountLowThreshold = LOW_BUFFERED_BYTES;
    this.#channel.addEventListener('open', onOpen, {signal});
    this.#channel.addEventListener(
      'message',
      ({data}: MessageEvent<unknown>) => {
        if (typeof data === 'string') {
          const message = parsePeerMessage(data);
          if (message !== null) onMessage(message);
        } else if (
          data instanceof ArrayBuffer &&
          new Uint8Array(data)[0] === BINARY_FRAME_MESSAGE
        ) {
          onBinary(data.slice(1));
        }
      },
      {signal},
    );
  }

  get isOpen(): boolean {
    return this.#channel.readyState === 'open';
  }

  /** Resolves when the channel is closed, by whichever side. */
  get closed(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#channel.readyState === 'closed') resolve();
      else this.#channel.addEventListener('close', () => resolve(), {once: true});
    });
  }

  /** Sends now or not at all: for states, which are sent anew when the channel opens. */
  sendNow(message: PeerMessage): void {
    if (this.isOpen) this.#channel.send(JSON.stringify(message));
  }

  /**
   * Resolves when the frame has been handed to the open channel, after all frames before it.
   * Rejects with `aborted` if the connection ends first.
   */
  send(frame: string | ArrayBuffer): Promise<void> {
    const sent = this.#previous.then(async () => {
      if (this.#signal.aborted) throw CallError.aborted();
      if (!this.isOpen) await this.#next('open');
      if (this.#channel.bufferedAmount > MAX_BUFFERED_BYTES) await this.#next('bufferedamountlow');
      // The two overloads of `send` take one type each.
      if (typeof frame === 'string') this.#channel.send(frame);
      else this.#channel.send(frame);
    });
    this.#previous = sent.catch(() => undefined);
    return sent;
  }

  #next(type: 'open' | 'bufferedamountlow'): Promise<void> {
    return new Promise((resolve, reject) => {
      const settled = new AbortController();
      const settle = (action: () => void) => (): void => {
        settled.abort();
        action();
      };
      const fail = settle(() => reject(CallError.aborted()));
      const options = {signal: settled.signal};
      this.#channel.addEventListener(type, settle(resolve), options);
      this.#channel.addEventListener('close', fail, options);
      this.#signal.addEventListener('abort', fail, options);
    });
  }
}

/** The frame that carries what the host page sends. Throws `message-too-large`, or `bad-request` for what JSON cannot hold. */
export function frameOf(data: unknown): string | ArrayBuffer {
  if (data instanceof ArrayBuffer || ArrayBuffer.isView(data)) {
    const bytes = ArrayBuffer.isView(data)
      ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
      : new Uint8Array(data);
    checkSize(bytes.length + 1);
    const frame = new Uint8Array(bytes.length + 1);
    frame[0] = BINARY_FRAME_MESSAGE;
    frame.set(bytes, 1);
    return frame.buffer;
  }
  const frame = jsonFrameOf(data);
  checkSize(new TextEncoder().encode(frame).length);
  return frame;
}

function jsonFrameOf(data: unknown): string {
  let json: string | undefined;
  let cause: unknown;
  try {
    json = JSON.stringify(data) as string | undefined;
  } catch (thrown) {
    cause = thrown;
  }
  if (json === undefined) {
    throw new CallError('bad-request', 'send() takes a string, a JSON value or an ArrayBuffer.', {
      cause,
    });
  }
  return `{"type":"message","data":${json}}`;
}

function checkSize(bytes: number): void {
  if (bytes > MAX_PEER_FRAME_BYTES) {
    throw new CallError(
      'message-too-large',
      `A message of ${bytes} bytes is over the limit of ${MAX_PEER_FRAME_BYTES}.`,
    );
  }
}
