/**
 * Puts messages and files into the one order in which they were said, grouped by who said them, with
 * what is being written at the end. Draws nothing.
 */
import type {ChatDraft, ChatMessage} from '../call/talk-state.js';
import type {FileItem} from './file-book.js';

export type Entry =
  | {readonly kind: 'message'; readonly key: string; readonly message: ChatMessage}
  | {readonly kind: 'file'; readonly key: string; readonly item: FileItem}
  | {readonly kind: 'draft'; readonly key: string; readonly draft: ChatDraft};

/** What one person said in one go. */
export interface Group {
  readonly key: string;
  /** `null`: oneself. */
  readonly from: string | null;
  readonly displayName: string;
  readonly at: number;
  readonly entries: readonly Entry[];
}

/** After a silence as long as this the time is of interest again. */
const SILENCE_MS = 5 * 60_000;

export function groupsOf(
  messages: readonly ChatMessage[],
  items: readonly FileItem[],
  drafts: readonly ChatDraft[] = [],
): readonly Group[] {
  const groups: (Omit<Group, 'entries'> & {entries: Entry[]; last: number})[] = [];
  // Grouped like the message that it becomes, which then stands where it stood.
  const unfinished = drafts.map((draft) => {
    return {kind: 'draft', key: `draft ${draft.from}`, draft} as const;
  });
  for (const entry of [...inOrder(messages, items), ...unfinished]) {
    const {from, displayName, at} = saidBy(entry);
    const open = groups.at(-1);
    const goesOn =
      open?.from === from && open.displayName === displayName && at - open.last < SILENCE_MS;
    if (goesOn) {
      open.entries.push(entry);
      open.last = at;
    } else {
      groups.push({key: entry.key, from, displayName, at, entries: [entry], last: at});
    }
  }
  return groups;
}

function saidBy(entry: Entry): ChatMessage | FileItem | ChatDraft {
  if (entry.kind === 'file') return entry.item;
  return entry.kind === 'message' ? entry.message : entry.draft;
}

/** Both lists are in order already. The clock of this machine may be set back meanwhile, which changes neither. */
function inOrder(messages: readonly ChatMessage[], items: readonly FileItem[]): Entry[] {
  const entries: Entry[] = [];
  let next = 0;
  const takeFiles = (before: number): void => {
    for (let item = items[next]; item && item.at < before; item = items[++next]) {
      entries.push({kind: 'file', key: item.key, item});
    }
  };
  for (const message of messages) {
    takeFiles(message.at);
    entries.push({kind: 'message', key: message.id, message});
  }
  takeFiles(Infinity);
  return entries;
}
