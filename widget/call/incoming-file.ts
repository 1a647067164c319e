/**
 * A file that is being received: puts its pieces together and says whether they are what was sent.
 * Knows neither whom it is from nor over what it comes, so another link can go on with it.
 */
import {sha256} from '@noble/hashes/sha2.js';
import {toFileName, toFileType} from '../../protocol/file-name.js';

/** The page's own memory holds so much of a file before it becomes a part of a `Blob`, which the browser keeps elsewhere. Bytes, and pieces. */
const FOLDED_BYTES = 4_194_304;
const FOLDED_PIECES = 1024;

/** So often the sender hears how much has come. Bytes. */
const CONFIRMED_BYTES = 524_288;

export class IncomingFile {
  /** Its `id` in the list of transfers. */
  id = '';
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly #hash = sha256.create();
  readonly #parts: Blob[] = [];
  #pieces: Uint8Array<ArrayBuffer>[] = [];
  #pieceBytes = 0;
  #received = 0;
  #confirmed = 0;

  constructor({name, mimeType, size}: {name: string; mimeType: string; size: number}) {
    this.name = toFileName(name);
    this.type = toFileType(mimeType);
    this.size = size;
  }

  get received(): number {
    return this.#received;
  }

  /** Takes the next piece. Returns false if the file is not that long. */
  add(piece: Uint8Array<ArrayBuffer>): boolean {
    if (this.#received + piece.length > this.size) return false;
    this.#hash.update(piece);
    this.#pieces.push(piece);
    this.#pieceBytes += piece.length;
    this.#received += piece.length;
    if (this.#pieceBytes >= FOLDED_BYTES || this.#pieces.length >= FOLDED_PIECES) this.#fold();
    return true;
  }

  /** Whether the sender is to hear how much there is; asked after each piece. */
  get isToBeConfirmed(): boolean {
    if (this.#received - this.#confirmed < CONFIRMED_BYTES) return false;
    this.#confirmed = this.#received;
    return true;
  }

  /** There is no more: returns the file, or `null` if it is not what was sent. To be called once. */
  finish(hash: Uint8Array): File | null {
    const own = this.#hash.digest();
    if (this.#received !== this.size || own.some((byte, index) => byte !== hash[index])) {
      return null;
    }
    this.#fold();
    return new File(this.#parts, this.name, {type: this.type});
  }

  #fold(): void {
    this.#parts.push(new Blob(this.#pieces));
    this.#pieces = [];
    this.#pieceBytes = 0;
  }
}
