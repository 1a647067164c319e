/**
 * Who this tab is to a relay: keeps the relay's signed resume token in `sessionStorage`, which
 * lives as long as the tab and survives its reloads. A Web Lock per identity makes sure that a
 * duplicated tab (which copies `sessionStorage`) or a second element on the page becomes somebody
 * new instead of fighting over one seat. Beside the token lies the call that one is in; what either
 * says is nobody's business here.
 */
import {parseKept, storage, type Kept} from './remembered-call.js';

/** A reloaded page may start before the lock of the page it replaces is gone; a duplicated tab waits this long in vain. */
const LOCK_WAIT_MS = 500;

const STORAGE_PREFIX = 'video-chat-room:identity:';

export interface Identity {
  /** Maybe by the page before. */
  readonly kept: Kept;
  /** A token that the relay has just issued; a call for the next page of this tab, or that it is over. */
  keep(change: Kept): void;
  /** Lets another element of this tab take the identity over. The token is kept for a reload. */
  release(): void;
}

/** Identities of this page's own elements: nobody need wait for those to become free. */
const heldHere = new Set<string>();

/**
 * Takes a stored identity for this relay that nobody uses, or begins a new one. Never rejects.
 * @param isSought That one is waited for, and taken before any other.
 */
export async function claimIdentity(
  relayUrl: string,
  isSought: (kept: Kept) => unknown = () => false,
): Promise<Identity> {
  const prefix = `${STORAGE_PREFIX}${relayUrl}#`;
  const stored = Object.keys(storage()).filter(
    (key) => key.startsWith(prefix) && !heldHere.has(key),
  );
  const sought = stored.find((key) => isSought(read(key)));
  // The other elements of this page may be seeking those that have a call.
  stored.sort((a, b) => Number(!!read(a).call) - Number(!!read(b).call));
  // One wait is enough: in a duplicated tab none of them becomes free.
  const order = sought ? [sought, ...stored] : [...stored, ...stored.slice(0, 1)];
  const patient = sought ? 0 : stored.length;
  for (const [index, key] of order.entries()) {
    const release = await lock(key, index === patient);
    if (release !== null) return identityAt(key, release);
  }
  // Copies of another tab's, which this tab must not take for its own once that one is closed.
  for (const key of stored) if (!heldHere.has(key)) write(key);
  const key = prefix + randomId();
  return identityAt(key, (await lock(key, false)) ?? (() => undefined));
}

/** 128 random bits, base64url: fit for ids that must not be guessed or met twice. */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .slice(0, 22);
}

function identityAt(key: string, unlock: () => void): Identity {
  let kept = read(key);
  heldHere.add(key);
  return {
    get kept() {
      return kept;
    },
    keep(change) {
      kept = {...kept, ...change};
      write(key, JSON.stringify(kept));
    },
    release() {
      heldHere.delete(key);
      unlock();
    },
  };
}

/**
 * Resolves with the function that gives the lock back, or with `null` if somebody else holds it.
 * Where there are no Web Locks (insecure contexts) everybody gets what they ask for: the relay then
 * lets the newest connection win, and tells the other `replaced`.
 */
function lock(name: string, isPatient: boolean): Promise<(() => void) | null> {
  // The types know only secure contexts.
  const {locks} = navigator as {readonly locks?: LockManager};
  if (locks === undefined) return Promise.resolve(() => undefined);
  return new Promise((resolve) => {
    /** Holds the lock until the function it resolves with is called. */
    const hold = (granted: Lock | null): Promise<void> | undefined => {
      if (granted !== null) return new Promise<void>((release) => resolve(() => release()));
      resolve(null);
      return undefined;
    };
    const options = isPatient ? {signal: AbortSignal.timeout(LOCK_WAIT_MS)} : {ifAvailable: true};
    locks.request(name, options, hold).catch(() => resolve(null));
  });
}

function read(key: string): Kept {
  return parseKept(storage()[key] ?? 'null');
}

/** Where storage is refused, or full, an identity lasts until the page goes. */
function write(key: string, value?: string): void {
  try {
    if (value === undefined) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, value);
  } catch {
    // Kept in memory alone.
  }
}
