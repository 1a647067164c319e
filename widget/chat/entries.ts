/** Puts messages and files into the one order in which they were said, grouped by who said them. Draws nothing. */
import type {ChatMessage} from '../call/talk-state.js';
import type {FileItem} from './file-book.js';

export type Entry =
  | {readonly kind: 'message'; readonly key: string; readonly message: ChatMessage}
  | {readonly kind: 'file'; readonly key: string; readonly item: FileItem};

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
): readonly Group[] {
  const groups: (Omit<Group, 'entries'> & {entries: Entry[]; last: number})[] = [];
  for (const entry of inOrder(messages, items)) {
    const {from, displayName, at} = entry.kind === 'message' ? entry.message : entry.item;
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
