/**
 * The files of a conversation as a person sees them: one that goes to three people is one file, and
 * it stands where it began. The transfers themselves are the call core's; nothing here moves a byte.
 */
import type {PeerState} from '../call/call-state.js';
import type {FileTransfer} from '../call/talk-state.js';

export interface FileItem {
  readonly key: string;
  /** The peer who sends it; `null` for one's own. */
  readonly from: string | null;
  /** The sender's name at that moment. */
  readonly displayName: string;
  readonly at: number;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly loaded: number;
  readonly status: FileTransfer['status'];
  /** Whom one's own file is for: their names at that moment. */
  readonly receivers: readonly string[];
  /** The same, if they are not everybody. */
  readonly to: readonly string[] | null;
  /** What there is to see of it here: what was received, or what one has sent. */
  readonly file: File | null;
  /** The transfers that it is made of. */
  readonly ids: readonly string[];
}

export interface FileNews {
  readonly began: readonly FileItem[];
  readonly ended: readonly FileItem[];
}

/** What is known of an item from its beginning. */
interface Record {
  readonly ids: string[];
  readonly displayName: string;
  readonly at: number;
  readonly receivers: readonly string[];
  readonly to: readonly string[] | null;
  readonly source: File | null;
}

export class FileBook {
  #records: readonly Record[] = [];
  #items: readonly FileItem[] = [];
  /** Own files that have been handed over and are no transfer yet. */
  #sources: readonly File[] = [];

  get items(): readonly FileItem[] {
    return this.#items;
  }

  /** This side sends it: it can be shown, and sent again. */
  expect(file: File): void {
    this.#sources = [...this.#sources, file];
  }

  /** It will not become a transfer. */
  unexpect(file: File): void {
    this.#sources = this.#sources.filter((each) => each !== file);
  }

  /** Takes over what there is now, and tells what is new in it. */
  update(transfers: readonly FileTransfer[], peers: readonly PeerState[]): FileNews {
    const known = new Set(this.#records.flatMap(({ids}) => ids));
    const fresh = transfers.filter(({id}) => !known.has(id));
    const begun = bundle(fresh).map((together) => this.#record(together, peers));
    this.#records = [...this.#records, ...begun];
    const byId = new Map(transfers.map((transfer) => [transfer.id, transfer]));
    const before = new Map(this.#items.map((item) => [item.key, item]));
    this.#items = this.#records.flatMap((record) => itemOf(record, byId) ?? []);
    return {
      began: this.#items.filter(({key}) => !before.has(key)),
      ended: this.#items.filter(
        ({key, status}) =>
          status !== 'active' && (before.get(key)?.status ?? 'active') === 'active',
      ),
    };
  }

  #record(together: readonly FileTransfer[], peers: readonly PeerState[]): Record {
    const [first] = together;
    const isOwn = first?.direction === 'outgoing';
    const nameOf = (id: string | undefined): string =>
      peers.find(({peerId}) => peerId === id)?.displayName ?? '';
    const source = isOwn ? this.#sources.find(({size}) => size === first.size) : undefined;
    if (source !== undefined) this.unexpect(source);
    const receivers = isOwn ? together.map(({peerId}) => nameOf(peerId)) : [];
    const isForAll = together.length >= peers.length;
    return {
      ids: together.map(({id}) => id),
      displayName: isOwn ? '' : nameOf(first?.peerId),
      at: Date.now(),
      receivers,
      to: isOwn && !isForAll ? receivers : null,
      source: source ?? null,
    };
  }
}

/** What begins in the same moment and is the same for several peers is one file. */
function bundle(transfers: readonly FileTransfer[]): FileTransfer[][] {
  const bundles: FileTransfer[][] = [];
  for (const transfer of transfers) {
    const {direction, name, size, type, peerId} = transfer;
    const same = bundles.find(
      ([first, ...more]) =>
        direction === 'outgoing' &&
        first?.direction === direction &&
        first.name === name &&
        first.size === size &&
        first.type === type &&
        [first, ...more].every((each) => each.peerId !== peerId),
    );
    if (same) same.push(transfer);
    else bundles.push([transfer]);
  }
  return bundles;
}

function itemOf(record: Record, byId: ReadonlyMap<string, FileTransfer>): FileItem | null {
  const transfers = record.ids.flatMap((id) => byId.get(id) ?? []);
  const [first] = transfers;
  if (first === undefined) return null;
  const status = statusOf(transfers);
  const counted = transfers.filter((each) => each.status === status);
  return {
    key: first.id,
    from: first.direction === 'outgoing' ? null : first.peerId,
    displayName: record.displayName,
    at: record.at,
    name: first.name,
    type: first.type,
    size: first.size,
    loaded: Math.min(...counted.map(({loaded}) => loaded)),
    status,
    receivers: record.receivers,
    to: record.to,
    file: first.file ?? record.source,
    ids: record.ids,
  };
}

/** Under way as long as one is; good if one was. */
function statusOf(transfers: readonly FileTransfer[]): FileTransfer['status'] {
  const order = ['active', 'done', 'failed'] as const;
  return order.find((status) => transfers.some((each) => each.status === status)) ?? 'cancelled';
}
