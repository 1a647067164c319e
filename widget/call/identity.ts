/**
 * Who this tab is to a relay: keeps the relay's signed resume token in `sessionStorage`, which
 * lives as long as the tab and survives its reloads. A Web Lock per identity makes sure that a
 * duplicated tab (which copies `sessionStorage`) or a second element on the page becomes somebody
 * new instead of fighting over one seat. Knows nothing of what the token says.
 */

/** A reloaded page may start before the lock of the page it replaces is gone; a duplicated tab waits this long in vain. */
const LOCK_WAIT_MS = 500;

const STORAGE_PREFIX = 'video-chat-room:identity:';

export interface Identity {
  readonly resumeToken: string | undefined;
  /** Keeps the token that the relay has just issued. */
  remember(resumeToken: string): void;
  /** Lets another element of this tab take the identity over. The token is kept for a reload. */
  release(): void;
}

/** Identities of this page's own elements: nobody need wait for those to become free. */
const heldHere = new Set<string>();

/** Takes the first stored identity for this relay that nobody uses, or begins a new one. Never rejects. */
export async function claimIdentity(relayUrl: string): Promise<Identity> {
  const prefix = `${STORAGE_PREFIX}${relayUrl}#`;
  const stored = storedKeys(prefix).filter((key) => !heldHere.has(key));
  for (const isPatient of [false, true]) {
    for (const key of stored) {
      const release = await lock(key, isPatient);
      if (release !== null) return identityAt(key, release);
      // One wait is enough: in a duplicated tab none of them becomes free.
      if (isPatient) break;
    }
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
  let token = read(key);
  heldHere.add(key);
  return {
    get resumeToken() {
      return token;
    },
    remember(resumeToken) {
      token = resumeToken;
      write(key, resumeToken);
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

// Storage is refused as a whole in sandboxed frames and with cookies blocked; an identity then
// lasts until the page goes.

function storedKeys(prefix: string): string[] {
  try {
    return Object.keys(sessionStorage).filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
}

function read(key: string): string | undefined {
  try {
    return sessionStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

function write(key: string, value?: string): void {
  try {
    if (value === undefined) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, value);
  } catch {
    // Kept in memory alone.
  }
}
