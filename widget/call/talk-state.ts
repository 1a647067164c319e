/** What a page reads of a conversation: plain frozen data. */

export interface ChatMessage {
  /** Made by this side; unlike any other in this conversation. */
  readonly id: string;
  /** The peer who wrote it; `null` for one's own. */
  readonly from: string | null;
  /** The writer's name at that moment; they may be gone since. */
  readonly displayName: string;
  /** Without control characters; may have several lines. Text, never markup. */
  readonly text: string;
  /** When it was sent or received, by this machine's clock: milliseconds since the epoch. */
  readonly at: number;
}

/** What a peer is writing and lets be seen while they write. It may become another text, or none. */
export interface ChatDraft {
  /** The peer who writes it. */
  readonly from: string;
  readonly displayName: string;
  /** As in `ChatMessage`; what there is of it so far, never empty. */
  readonly text: string;
  /** When it last changed, by this machine's clock: milliseconds since the epoch. */
  readonly at: number;
}

/** A file on its way between this side and one peer. */
export interface FileTransfer {
  /** Made by this side; what `cancelFile()` takes. */
  readonly id: string;
  readonly peerId: string;
  readonly direction: 'incoming' | 'outgoing';
  /** Fit to be shown and to be saved under: no folders, no control characters. */
  readonly name: string;
  /** Its media type; empty if it has none. Said by the sender, who may be wrong. */
  readonly type: string;
  /** Bytes. */
  readonly size: number;
  /** Bytes that have arrived at the receiver. */
  readonly loaded: number;
  readonly status: 'active' | 'done' | 'cancelled' | 'failed';
  /** What has arrived, when it is `done`; always `null` for an outgoing one. */
  readonly file: File | null;
}

export interface SendFileOptions {
  /** The id of the peer that it is for; without it, everybody who is there now. */
  readonly to?: string | undefined;
  /** Cancels it. */
  readonly signal?: AbortSignal | undefined;
  /** Called now and then; with several receivers, for the one who has least. Bytes. */
  readonly onProgress?: ((progress: {loaded: number; total: number}) => void) | undefined;
}
