/**
 * The files of one call, in both directions: which there are, what peers say about them, and what
 * becomes of them when somebody cancels, goes, or comes back over another link. How one travels is
 * `outgoing-file.ts` and `incoming-file.ts`.
 */
import type {ConversationMessage, FileEnd} from '../../protocol/conversation-messages.js';
import {parseFileFrame} from '../../protocol/file-frames.js';
import {toFileName, toFileType} from '../../protocol/file-name.js';
import {MAX_FILE_BYTES, MAX_FILES_AT_ONCE} from '../../protocol/conversation-limits.js';
import {CallError} from './call-error.js';
import type {ConversationHost} from './conversation-loader.js';
import {IncomingFile} from './incoming-file.js';
import {failed, OutgoingFile} from './outgoing-file.js';
import type {PeerLine} from './peer-line.js';
import type {FileTransfer, SendFileOptions} from './talk-state.js';
import {TransferList} from './transfer-list.js';

/** How many of the files that are over are remembered for each peer, should they be offered again. */
const MAX_REMEMBERED = 256;

type FileMessage = Extract<ConversationMessage, {type: `file-${string}`}>;
type Offer = Extract<FileMessage, {type: 'file-offer'}>;

interface Outgoing {
  readonly id: string;
  readonly file: OutgoingFile;
}

/** One peer, as files see it. All keys are numbers of its files, or of those for it. */
interface Correspondent {
  readonly line: PeerLine;
  readonly outgoing: Map<number, Outgoing>;
  readonly incoming: Map<number, IncomingFile>;
  readonly ended: Map<number, 'done' | FileEnd>;
}

export class FileTransfers {
  readonly #host: ConversationHost;
  readonly #signal: AbortSignal;
  readonly #list: TransferList;
  readonly #correspondents = new Map<string, Correspondent>();

  constructor(host: ConversationHost, signal: AbortSignal) {
    this.#host = host;
    this.#signal = signal;
    this.#list = new TransferList(host);
  }

  get transfers(): readonly FileTransfer[] {
    return this.#list.all;
  }

  /** Resolves when all of them have it, but for those who have gone; rejects if one will not, or all have gone. */
  async send(
    file: Blob,
    {signal, onProgress}: SendFileOptions,
    lines: readonly PeerLine[],
  ): Promise<void> {
    if (!(file instanceof Blob)) throw new CallError('bad-request', 'sendFile() takes a Blob.');
    if (file.size > MAX_FILE_BYTES) {
      throw new CallError('message-too-large', `A file has at most ${MAX_FILE_BYTES} bytes.`);
    }
    if (signal?.aborted === true) throw CallError.aborted();
    const loaded = lines.map(() => 0);
    const onLoaded = (index: number, bytes: number): void => {
      loaded[index] = bytes;
      const present = loaded.filter((_, each) => lines[each]?.signal.aborted === false);
      if (present.length > 0) onProgress?.({loaded: Math.min(...present), total: file.size});
    };
    const outgoing = lines.map((line, index) =>
      this.#begin(line, file, (bytes) => onLoaded(index, bytes)),
    );
    const cancel = (): void => outgoing.forEach(({id}) => this.cancel(id));
    signal?.addEventListener('abort', cancel);
    const results = await Promise.allSettled(outgoing.map(({file: {result}}) => result));
    signal?.removeEventListener('abort', cancel);
    const there = results.filter((_, index) => lines[index]?.signal.aborted === false);
    const counted = there.length > 0 ? there : results;
    for (const each of counted) if (each.status === 'rejected') throw CallError.from(each.reason);
  }

  cancel(id: string): void {
    for (const correspondent of this.#correspondents.values()) {
      for (const outgoing of correspondent.outgoing.values()) {
        if (outgoing.id === id) outgoing.file.end(CallError.aborted());
      }
      for (const [number, file] of correspondent.incoming) {
        if (file.id === id) this.#refuse(correspondent, number, 'cancelled');
      }
    }
  }

  receive(line: PeerLine, message: FileMessage): void {
    const correspondent = this.#correspondentOf(line);
    const {outgoing, incoming} = correspondent;
    const mine = outgoing.get(message.file)?.file;
    switch (message.type) {
      case 'file-offer':
        this.#onOffer(correspondent, message);
        return;
      case 'file-have':
        if (mine !== undefined) mine.onHave(message.bytes);
        // The page that offered it is not this one any more.
        else this.#withdraw(line, message.file, 'failed');
        return;
      case 'file-done':
        mine?.onDone();
        return;
      case 'file-refuse':
        mine?.onRefused(message.reason);
        return;
      case 'file-withdraw':
        if (incoming.has(message.file)) this.#end(correspondent, message.file, message.reason);
        return;
    }
  }

  receiveFrame(line: PeerLine, data: ArrayBuffer): void {
    const frame = parseFileFrame(data);
    if (frame === null) return;
    const correspondent = this.#correspondentOf(line);
    const file = correspondent.incoming.get(frame.file);
    // It may have been cancelled while this was on its way.
    if (file === undefined) return;
    if (frame.isEnd) this.#onEnd(correspondent, frame.file, file, frame.bytes);
    else if (!file.add(frame.bytes)) this.#refuse(correspondent, frame.file, 'failed');
    else {
      this.#list.progress(file.id, file.received);
      if (file.isToBeConfirmed) this.#confirm(correspondent, frame.file, file);
    }
  }

  /** A fresh link: says how much there is of everything, for the sender may not know any more that it was sending. */
  opened(line: PeerLine): void {
    const correspondent = this.#correspondentOf(line);
    for (const [number, file] of correspondent.incoming) {
      this.#confirm(correspondent, number, file);
    }
  }

  /** Nobody can go on with what is half there. */
  gone(peerId: string): void {
    const correspondent = this.#correspondents.get(peerId);
    if (correspondent === undefined) return;
    const isOver = this.#signal.aborted;
    for (const {file} of correspondent.outgoing.values()) {
      file.end(isOver ? CallError.aborted() : failed('The receiver has gone.'));
    }
    for (const number of correspondent.incoming.keys()) {
      this.#end(correspondent, number, isOver ? 'cancelled' : 'failed');
    }
    this.#correspondents.delete(peerId);
  }

  /** Another call begins. */
  forget(): void {
    this.#list.forget();
  }

  #begin(line: PeerLine, file: Blob, onProgress: (loaded: number) => void): Outgoing {
    const {peerId} = line;
    const {outgoing: all} = this.#correspondentOf(line);
    const name = toFileName(file instanceof File ? file.name : '');
    const type = toFileType(file.type);
    const id = this.#list.begin({peerId, direction: 'outgoing', name, type, size: file.size});
    const isTurn = (): boolean => [...all.values()].indexOf(outgoing) < MAX_FILES_AT_ONCE;
    const progress = (loaded: number): void => {
      this.#list.progress(id, loaded);
      onProgress(loaded);
    };
    const transfer = new OutgoingFile({file, name, type, line, isTurn, onProgress: progress});
    const outgoing: Outgoing = {id, file: transfer};
    const {number} = transfer;
    all.set(number, outgoing);
    const over = (status: 'done' | FileEnd): void => {
      all.delete(number);
      this.#list.end(id, status);
      for (const each of all.values()) each.file.look();
    };
    transfer.result.then(
      () => {
        over('done');
        onProgress(file.size);
      },
      ({code}: CallError) => {
        const status = code === 'aborted' ? 'cancelled' : 'failed';
        this.#withdraw(line, number, status);
        over(status);
      },
    );
    transfer.begin();
    return outgoing;
  }

  #onOffer(correspondent: Correspondent, {file: number, ...offer}: Offer): void {
    const {line, incoming, ended} = correspondent;
    const known = incoming.get(number);
    const end = ended.get(number);
    if (end === 'done') return line.say({type: 'file-done', file: number});
    if (end !== undefined) return line.say({type: 'file-refuse', file: number, reason: end});
    if (known !== undefined) {
      if (known.size === offer.size) this.#confirm(correspondent, number, known);
      else this.#refuse(correspondent, number, 'failed');
      return;
    }
    if (incoming.size >= MAX_FILES_AT_ONCE) {
      return line.say({type: 'file-refuse', file: number, reason: 'failed'});
    }
    const file = new IncomingFile(offer);
    const {name, type, size} = file;
    file.id = this.#list.begin({peerId: line.peerId, direction: 'incoming', name, type, size});
    incoming.set(number, file);
    this.#confirm(correspondent, number, file);
  }

  #onEnd(of: Correspondent, number: number, incoming: IncomingFile, hash: Uint8Array): void {
    const file = incoming.finish(hash);
    if (file === null) return this.#refuse(of, number, 'failed');
    of.line.say({type: 'file-done', file: number});
    this.#end(of, number, 'done', file);
    this.#host.tell({type: 'file-received', detail: {from: of.line.peerId, file}});
  }

  #confirm({line}: Correspondent, file: number, {received}: IncomingFile): void {
    line.say({type: 'file-have', file, bytes: received});
  }

  #refuse(correspondent: Correspondent, file: number, reason: FileEnd): void {
    correspondent.line.say({type: 'file-refuse', file, reason});
    this.#end(correspondent, file, reason);
  }

  #withdraw(line: PeerLine, file: number, reason: FileEnd): void {
    line.say({type: 'file-withdraw', file, reason});
  }

  #end(of: Correspondent, number: number, status: 'done' | FileEnd, file?: File): void {
    const incoming = of.incoming.get(number);
    of.incoming.delete(number);
    of.ended.set(number, status);
    for (const oldest of of.ended.keys()) {
      if (of.ended.size > MAX_REMEMBERED) of.ended.delete(oldest);
    }
    if (incoming !== undefined) this.#list.end(incoming.id, status, file);
  }

  #correspondentOf(line: PeerLine): Correspondent {
    let correspondent = this.#correspondents.get(line.peerId);
    if (correspondent === undefined) {
      correspondent = {line, outgoing: new Map(), incoming: new Map(), ended: new Map()};
      this.#correspondents.set(line.peerId, correspondent);
    }
    return correspondent;
  }
}
