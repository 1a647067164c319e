/**
 * How one message of the host page travels over the messages channel: cut into frames, and put
 * together again from what another person's machine sends. Pure; knows no channel and not what the
 * message says.
 *
 * The first frame is one byte for the kind, four for the length of the whole (big endian), then
 * its beginning. Those that follow are one byte and as much as fits: only the last may be shorter,
 * so that nobody can make a receiver hold millions of crumbs.
 */
import {MAX_HOST_MESSAGE_BYTES} from './conversation-limits.js';
import {MAX_PEER_FRAME_BYTES} from './limits.js';

export interface HostMessage {
  /** The bytes are a JSON text in UTF-8; otherwise they are the message. */
  readonly isJson: boolean;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const NEXT = 0;
const JSON_TEXT = 1;
const BYTES = 2;

const FIRST_HEADER_BYTES = 5;
const NEXT_HEADER_BYTES = 1;

/** The frames of a message that is within the limit, each made when it is asked for. */
export function* framesOf({isJson, bytes}: HostMessage): Generator<Uint8Array<ArrayBuffer>> {
  let start = Math.min(bytes.length, MAX_PEER_FRAME_BYTES - FIRST_HEADER_BYTES);
  const first = new Uint8Array(FIRST_HEADER_BYTES + start);
  first[0] = isJson ? JSON_TEXT : BYTES;
  new DataView(first.buffer).setUint32(1, bytes.length);
  first.set(bytes.subarray(0, start), FIRST_HEADER_BYTES);
  yield first;
  while (start < bytes.length) {
    const end = Math.min(bytes.length, start + MAX_PEER_FRAME_BYTES - NEXT_HEADER_BYTES);
    const frame = new Uint8Array(NEXT_HEADER_BYTES + end - start);
    frame[0] = NEXT;
    frame.set(bytes.subarray(start, end), NEXT_HEADER_BYTES);
    yield frame;
    start = end;
  }
}

/** Puts the messages of one link together. What does not fit is dropped, up to the next first frame. */
export class MessageAssembler {
  #isJson = false;
  #length = 0;
  #missing = 0;
  #pieces: Uint8Array<ArrayBuffer>[] = [];

  /** Returns the message that this frame completes; otherwise `null`. */
  receive(frame: ArrayBuffer): HostMessage | null {
    const bytes = new Uint8Array(frame);
    const kind = bytes[0];
    let piece: Uint8Array<ArrayBuffer>;
    if (kind === JSON_TEXT || kind === BYTES) {
      // One that was begun before is not going to be finished.
      this.#drop();
      if (bytes.length < FIRST_HEADER_BYTES) return null;
      const length = new DataView(frame).getUint32(1);
      if (length > MAX_HOST_MESSAGE_BYTES) return null;
      this.#isJson = kind === JSON_TEXT;
      this.#length = this.#missing = length;
      piece = bytes.subarray(FIRST_HEADER_BYTES);
    } else if (kind === NEXT && this.#missing > 0) {
      piece = bytes.subarray(NEXT_HEADER_BYTES);
    } else return null;
    const room = MAX_PEER_FRAME_BYTES - piece.byteOffset;
    if (piece.length !== Math.min(this.#missing, room)) {
      this.#drop();
      return null;
    }
    this.#pieces.push(piece);
    this.#missing -= piece.length;
    return this.#missing === 0 ? this.#whole() : null;
  }

  #whole(): HostMessage {
    const bytes = new Uint8Array(this.#length);
    let end = 0;
    for (const piece of this.#pieces) {
      bytes.set(piece, end);
      end += piece.length;
    }
    const isJson = this.#isJson;
    this.#drop();
    return {isJson, bytes};
  }

  #drop(): void {
    this.#pieces = [];
    this.#missing = 0;
  }
}
