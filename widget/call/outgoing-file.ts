/**
 * A file on its way to one peer, over however many links that takes: offers it over each, goes on
 * after what the receiver says to have, and reads it piece by piece. It belongs to the peer and
 * ends with it; who hears of that is not its business.
 */
import {sha256} from '@noble/hashes/sha2.js';
import type {FileEnd} from '../../protocol/conversation-messages.js';
import {MAX_PIECE_BYTES, toFileFrame} from '../../protocol/file-frames.js';
import {MAX_UNCONFIRMED_FILE_BYTES} from '../../protocol/conversation-limits.js';
import {CallError} from './call-error.js';
import type {OpenLink} from './open-link.js';
import type {PeerLine} from './peer-line.js';

/** Read at once: a few frames. Bytes. */
const READ_BYTES = MAX_PIECE_BYTES * 4;

export interface OutgoingFileOptions {
  readonly file: Blob;
  readonly name: string;
  readonly type: string;
  readonly line: PeerLine;
  /** There are few enough before it. Asked again after `look()`. */
  readonly isTurn: () => boolean;
  readonly onProgress: (loaded: number) => void;
}

export class OutgoingFile {
  /** What it is called on the wire. */
  readonly number = (crypto.getRandomValues(new Uint32Array(1)) as unknown as [number])[0];
  /** Resolves when the peer has it; rejects with `aborted` or `transfer-failed`. */
  readonly result: Promise<void>;
  readonly #options: OutgoingFileOptions;
  readonly #hash = sha256.create();
  /** So much of the file is in the hash: all that has ever been sent. */
  #hashed = 0;
  /** What the peer says to have; `null` until it has said so over the present link. */
  #had: number | null = null;
  #isOver = false;
  #settle: (error: CallError | null) => void = () => undefined;
  #wake: () => void = () => undefined;

  constructor(options: OutgoingFileOptions) {
    this.#options = options;
    this.result = new Promise((resolve, reject) => {
      this.#settle = (error) => (error === null ? resolve() : reject(error));
    });
  }

  /** To be called once. */
  begin(): void {
    void this.#run();
  }

  /** Something has changed that it may be waiting for. */
  look(): void {
    this.#wake();
  }

  /** The receiver has so much; no more than was sent, and no less than before. */
  onHave(bytes: number): void {
    if (bytes > this.#hashed) this.end(failed('The receiver has more than was sent.'));
    else if (bytes > (this.#had ?? -1)) {
      this.#had = bytes;
      this.#wake();
      this.#options.onProgress(bytes);
    }
  }

  onDone(): void {
    const isSent = this.#hashed === this.#options.file.size;
    this.end(isSent ? null : failed('The receiver has had enough before the end.'));
  }

  onRefused(reason: FileEnd): void {
    this.end(reason === 'cancelled' ? CallError.aborted() : failed('The receiver gave it up.'));
  }

  /** It is over, well (`null`) or not. Nothing more is sent; only the first call counts. */
  end(error: CallError | null): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#settle(error);
    this.#wake();
  }

  /** Never rejects: `result` tells. */
  async #run(): Promise<void> {
    await this.#until(this.#options.isTurn);
    while (!this.#isOver) {
      let link: OpenLink;
      try {
        link = await this.#options.line.link();
      } catch {
        return this.end(failed('The receiver has gone.'));
      }
      try {
        await this.#sendOver(link);
      } catch (error) {
        // Another link goes on with it; what else can fail is the reading.
        if (!link.signal.aborted) this.end(failed('The file cannot be sent.', error));
      }
    }
  }

  /** Returns when the link has ended, or the transfer. */
  async #sendOver(link: OpenLink): Promise<void> {
    const {file, name, type} = this.#options;
    const {number} = this;
    const {signal} = link;
    this.#had = null;
    signal.addEventListener('abort', () => this.#wake(), {once: true});
    const isDead = (): boolean => signal.aborted;
    const offer = {type: 'file-offer', file: number, name, mimeType: type, size: file.size};
    await link.send(0, JSON.stringify(offer));
    await this.#until(() => isDead() || this.#had !== null);
    for (let sent = this.#had ?? 0; sent < file.size && !this.#isOver && !isDead();) {
      const bytes = await this.#read(sent);
      for (let start = 0; start < bytes.length && !this.#isOver; start += MAX_PIECE_BYTES) {
        const piece = bytes.subarray(start, start + MAX_PIECE_BYTES);
        const end = sent + start + piece.length;
        await this.#until(() => isDead() || end - (this.#had ?? 0) <= MAX_UNCONFIRMED_FILE_BYTES);
        if (this.#isOver) return;
        await link.send(2, toFileFrame({file: number, isEnd: false, bytes: piece}));
      }
      sent += bytes.length;
    }
    if (this.#isOver || isDead()) return;
    // A copy: over another link it may be wanted again.
    const hash = new Uint8Array(this.#hash.clone().digest());
    await link.send(2, toFileFrame({file: number, isEnd: true, bytes: hash}));
    await this.#until(isDead);
  }

  async #read(start: number): Promise<Uint8Array<ArrayBuffer>> {
    const {file} = this.#options;
    const end = Math.min(file.size, start + READ_BYTES);
    const bytes = new Uint8Array(await file.slice(start, end).arrayBuffer());
    if (bytes.length !== end - start) throw failed('The file has changed.');
    // What was sent before, over another link, is in it already.
    if (end > this.#hashed) {
      this.#hash.update(bytes.subarray(this.#hashed - start));
      this.#hashed = end;
    }
    return bytes;
  }

  /** Resolves when `fact` holds or the transfer is over. */
  async #until(fact: () => boolean): Promise<void> {
    while (!this.#isOver && !fact()) {
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}

export function failed(message: string, cause?: unknown): CallError {
  return new CallError('transfer-failed', message, {cause});
}
