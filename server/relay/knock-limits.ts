/**
 * How often one may knock: each knock is a prompt on every member's screen, so whoever is turned
 * away, or takes its knock back, has to leave them in peace for a while. Pure; the times of past
 * knocks are part of the room, so that a new connection of the same peer does not begin anew.
 */

/** That somebody knocked, and when. Forgotten once it was let in, or when the window has passed. */
export interface PastKnock {
  readonly peerId: string;
  readonly atMs: number;
}

const WINDOW_MS = 60_000;

/** A wrong button, a second thought, and one more try. */
const MAX_PER_PEER = 3;

/**
 * Of all peers together, for whoever comes as somebody new each time. Half as many again as can
 * sit in the largest room: all of those may well arrive within one minute.
 */
const MAX_PER_ROOM = 48;

/** Those of `knocks` that still count. */
export function recentKnocks(knocks: readonly PastKnock[], nowMs: number): readonly PastKnock[] {
  // Both ways, so that a clock that is set back keeps nobody out for longer than the window.
  return knocks.filter(({atMs}) => Math.abs(nowMs - atMs) < WINDOW_MS);
}

export function mayKnock(knocks: readonly PastKnock[], peerId: string, nowMs: number): boolean {
  const recent = recentKnocks(knocks, nowMs);
  return (
    recent.length < MAX_PER_ROOM &&
    recent.filter((knock) => knock.peerId === peerId).length < MAX_PER_PEER
  );
}
