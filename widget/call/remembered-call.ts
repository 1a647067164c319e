/**
 * What a tab remembers of itself in `sessionStorage`: for each identity, the relay's token and the
 * call in which its page is, so that the next page can go on with it. Knows neither whose an identity
 * is nor how one goes back.
 */
import type {CallOptions} from './call-options.js';
import type {Person} from './call-state.js';

export interface RememberedCall {
  readonly relayUrl: string;
  readonly room: string;
  /** The one that the page was for, which may be another, or none. */
  readonly ownRoom: string | undefined;
  /** How the others saw oneself: a form may have asked for it. */
  readonly displayName: string;
  /** Whom a call is with that was made to a person. */
  readonly person?: Person | undefined;
  /** What it carries, and what of one's own was on. */
  readonly options: Partial<CallOptions>;
  /** Milliseconds since the epoch: when the page was last seen in it. */
  readonly at: number;
}

export interface Kept {
  readonly token?: string;
  /** `null`: it is over. Nothing at all: nobody has had the time to write it down. */
  readonly call?: RememberedCall | null;
}

/** As long as relays keep a seat, unless they are told otherwise. */
const RESUME_WITHIN_MS = 30_000;

/** Refused as a whole in sandboxed frames and with cookies blocked. */
export function storage(): Partial<Storage> {
  try {
    return sessionStorage;
  } catch {
    return {};
  }
}

/** What lies there under one key, which may be somebody else's. */
export function parseKept(value: string): Kept {
  try {
    return (JSON.parse(value) as Kept | null) ?? {};
  } catch {
    return {};
  }
}

/** The call, if a page with these options is to go on with it: one for its room, or for none. */
export function resumable(
  {call}: Kept,
  {relayUrl, room, resume}: Partial<CallOptions> & Pick<CallOptions, 'relayUrl'>,
): RememberedCall | undefined {
  if (!resume || !call || call.relayUrl !== relayUrl) return undefined;
  const isFresh = Date.now() - call.at < RESUME_WITHIN_MS;
  const fits = call.person ?? [undefined, call.room, call.ownRoom].includes(room);
  return isFresh && fits ? call : undefined;
}
