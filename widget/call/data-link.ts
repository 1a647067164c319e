/**
 * The data channels between two peers, and what the call itself says over them: who has what
 * switched on, and the good-bye. Every other frame is somebody else's (`conversation-loader.ts`),
 * and goes there unread.
 */
import type {CareMessage} from '../../protocol/care-messages.js';
import {
  parsePeerMessage,
  type AcceptedMessage,
  type PeerMessage,
} from '../../protocol/peer-messages.js';

/**
 * Both sides make them themselves, under their index as id (RFC 8832 is not needed). Three, for a
 * reliable channel delivers in order: a word must not wait behind a file.
 */
const LABELS = ['vcr', 'vcr-messages', 'vcr-files'];

/** Control and small talk; the host page's messages; the bytes of files. */
export type ChannelId = 0 | 1 | 2;

export type Frame = string | ArrayBuffer;

export interface DataLinkOptions {
  readonly connection: RTCPeerConnection;
  readonly onOpen: () => void;
  readonly onMessage: (message: PeerMessage) => void;
  readonly onFrame: (id: ChannelId, frame: Frame) => void;
  readonly signal: AbortSignal;
}

export class DataLink {
  /** By their id. */
  readonly channels: readonly RTCDataChannel[];
  /** The link is closed by this side. */
  readonly signal: AbortSignal;
  #unsaid: CareMessage[] = [];

  constructor({connection, onOpen, onMessage, onFrame, signal}: DataLinkOptions) {
    this.signal = signal;
    this.channels = LABELS.map((label, id) => {
      const channel = connection.createDataChannel(label, {negotiated: true, id});
      channel.binaryType = 'arraybuffer';
      channel.addEventListener(
        'message',
        ({data}: MessageEvent<Frame>) => {
          const message = id === 0 && typeof data === 'string' ? parsePeerMessage(data) : null;
          if (message === null) onFrame(id as ChannelId, data);
          else onMessage(message);
        },
        {signal},
      );
      return channel;
    });
    this.#control.addEventListener(
      'open',
      () => {
        onOpen();
        for (const message of this.#unsaid.splice(0)) this.sendNow(message);
      },
      {signal},
    );
  }

  get isOpen(): boolean {
    return this.#control.readyState === 'open';
  }

  /** Resolves when the control channel is closed, by whichever side. */
  get closed(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#control.readyState === 'closed') resolve();
      else this.#control.addEventListener('close', () => resolve(), {once: true});
    });
  }

  /** Sends now or not at all: for states, which are sent anew when the channel opens. */
  sendNow(message: PeerMessage | CareMessage | AcceptedMessage): void {
    if (this.isOpen) this.#control.send(JSON.stringify(message));
  }

  /**
   * Sends now, or as soon as the channel opens, which is two round trips after the connection is there.
   * A description takes the place of the signals that wait: whatever they were about, it says that anew.
   */
  sendOnceOpen(message: CareMessage): void {
    if (this.#control.readyState !== 'connecting') return this.sendNow(message);
    if ('description' in message) this.#unsaid = this.#unsaid.filter(({type}) => type !== 'signal');
    this.#unsaid.push(message);
  }

  get #control(): RTCDataChannel {
    return this.channels[0] as RTCDataChannel;
  }
}
