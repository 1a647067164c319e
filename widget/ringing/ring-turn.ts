/**
 * Of all tabs that ring for one invitation, one is heard: whoever holds the Web Lock that is named
 * after it. If that tab goes, the browser itself passes the lock on to the next in line. Knows
 * nothing of sound.
 */

/** A hidden tab lets those that can be seen ask first. */
const COURTESY_MS = 400;

/**
 * Calls back once it is this tab's turn, and keeps it until the signal aborts; never calls back
 * after that. Where there are no locks (insecure contexts, sandboxed frames) every tab has its turn.
 */
export function awaitTurn(id: string, signal: AbortSignal, onTurn: () => void): void {
  // The types know only secure contexts.
  const {locks} = navigator as {readonly locks?: LockManager};
  if (locks === undefined) {
    onTurn();
    return;
  }
  const ask = (): void => {
    locks
      .request(`video-chat-room:ring:${id}`, {signal}, async () => {
        // Granted and over in the same moment: nothing would give the lock back.
        if (signal.aborted) return;
        onTurn();
        await new Promise((release) => {
          signal.addEventListener('abort', release, {once: true});
        });
      })
      .catch(() => {
        if (!signal.aborted) onTurn();
      });
  };
  if (!document.hidden) {
    ask();
    return;
  }
  const courtesy = setTimeout(ask, COURTESY_MS);
  signal.addEventListener('abort', () => clearTimeout(courtesy), {once: true});
}
