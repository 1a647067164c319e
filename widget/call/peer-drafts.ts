/**
 * What the others are writing and let be seen, as they tell it bit by bit. Believes none of it: what
 * does not fit is dropped, and what was there stays until all of it is told anew.
 */
import {toChatText} from '../../protocol/chat-text.js';
import type {ConversationMessage} from '../../protocol/conversation-messages.js';
import {edited} from '../../protocol/drafts.js';
import type {ChatDraft} from './talk-state.js';

export type DraftFrame = Extract<ConversationMessage, {type: 'draft' | 'draft-edit'}>;

interface Told {
  readonly version: number;
  /** As it was told, for that is what the next edit is meant for. */
  readonly text: string;
  readonly draft: ChatDraft | null;
}

export class PeerDrafts {
  /** Peer id → its draft; who began first is first. */
  readonly #told = new Map<string, Told>();
  #list: readonly ChatDraft[] = Object.freeze([]);

  get list(): readonly ChatDraft[] {
    return this.#list;
  }

  /** Returns whether the list has changed. */
  receive(from: string, displayName: string, frame: DraftFrame): boolean {
    const before = this.#told.get(from);
    const text = frame.type === 'draft' ? frame.text : textAfter(before, frame);
    if (text === null) return false;
    const shown = toChatText(text);
    const draft =
      shown === '' ? null : Object.freeze({from, displayName, text: shown, at: Date.now()});
    // Who begins anew comes last.
    if (!before?.draft) this.#told.delete(from);
    this.#told.set(from, {version: frame.version, text, draft});
    return this.#relist(draft ?? before?.draft);
  }

  /** It has become a message, its writer has gone, or all of it is told anew. Returns as above. */
  clear(from: string): boolean {
    const before = this.#told.get(from);
    this.#told.delete(from);
    return this.#relist(before?.draft);
  }

  /** @param changed Was in the list, or is now. */
  #relist(changed: ChatDraft | null | undefined): boolean {
    if (!changed) return false;
    this.#list = Object.freeze([...this.#told.values()].flatMap(({draft}) => draft ?? []));
    return true;
  }
}

/** `null` if it is not meant for what there is. */
function textAfter(
  before: Told | undefined,
  edit: Extract<DraftFrame, {type: 'draft-edit'}>,
): string | null {
  return before && edit.version === before.version + 1 ? edited(before.text, edit) : null;
}
