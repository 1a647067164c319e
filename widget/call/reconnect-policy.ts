/**
 * When to try to reach the relay again: a pure policy. A restarted relay is found soon, and a
 * thousand clients that lost it at one moment do not come back at one moment.
 */

const FIRST_DELAY_MS = 300;

/** Nobody waits longer than this for a relay that is back. */
const LONGEST_DELAY_MS = 2_000;

/**
 * @param attempt How many attempts have failed since the last connection.
 * @param random 0 to 1; spreads the clients over half to all of the time.
 */
export function reconnectDelayMs(attempt: number, random: number): number {
  const delayMs = Math.min(FIRST_DELAY_MS * 2 ** attempt, LONGEST_DELAY_MS);
  return delayMs * (0.5 + random / 2);
}
