/**
 * What goes over the files channel: pieces of files, several files by turns, and the end of each.
 * Pure; knows no file. A frame is one byte for its kind, four for the number that the file was
 * offered under (big endian), and a piece of it, or its SHA-256 when there is no more.
 */
import {MAX_PEER_FRAME_BYTES} from './limits.js';

const PIECE = 1;
const END = 2;

const HEADER_BYTES = 5;
const HASH_BYTES = 32;

/** The greatest piece that fits into one frame. */
export const MAX_PIECE_BYTES = MAX_PEER_FRAME_BYTES - HEADER_BYTES;

export interface FileFrame {
  readonly file: number;
  readonly isEnd: boolean;
  /** The piece, or the hash. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export function toFileFrame({file, isEnd, bytes}: FileFrame): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(HEADER_BYTES + bytes.length);
  frame[0] = isEnd ? END : PIECE;
  new DataView(frame.buffer).setUint32(1, file);
  frame.set(bytes, HEADER_BYTES);
  return frame;
}

/** Returns `null` for anything that is not one. */
export function parseFileFrame(frame: ArrayBuffer): FileFrame | null {
  if (frame.byteLength <= HEADER_BYTES || frame.byteLength > MAX_PEER_FRAME_BYTES) return null;
  const bytes = new Uint8Array(frame, HEADER_BYTES);
  const view = new DataView(frame);
  const isEnd = view.getUint8(0) === END;
  if (isEnd ? bytes.length !== HASH_BYTES : view.getUint8(0) !== PIECE) return null;
  return {file: view.getUint32(1), isEnd, bytes};
}
