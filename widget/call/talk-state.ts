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
