/**
 * How often one may knock or call: each time is a prompt on other people's screens, so whoever is
 * turned away, or takes it back, has to leave them in peace for a while. Pure; the times are kept
 * with what is knocked at or called, so that a new connection of the same asker does not begin anew.
 */

/** That somebody asked, and when. Forgotten once they were let in, or when the window has passed. */
export interface PastInvitation {
  /** A peer that knocked, or a person who called. */
  readonly by: string;
  readonly atMs: number;
}

export interface InvitationLimits {
  readonly perAsker: number;
  /** Of all askers together, for whoever comes as somebody new each time. */
  readonly inAll: number;
}

const WINDOW_MS = 60_000;

/**
 * A wrong button, a second thought, and one more try. In all half as many again as can sit in the
 * largest room: all of those may well arrive within one minute.
 */
export const KNOCK_LIMITS: InvitationLimits = {perAsker: 3, inAll: 48};

/**
 * A call rings one person and nobody else, and people do try again while the other is looking for
 * their headset. In all: one every two seconds is a busy switchboard, more is a siege.
 */
export const CALL_LIMITS: InvitationLimits = {perAsker: 10, inAll: 30};

/** Those that still count. */
export function recent(
  invitations: readonly PastInvitation[],
  nowMs: number,
): readonly PastInvitation[] {
  // Both ways, so that a clock that is set back keeps nobody out for longer than the window.
  return invitations.filter(({atMs}) => Math.abs(nowMs - atMs) < WINDOW_MS);
}

export function mayAsk(
  invitations: readonly PastInvitation[],
  by: string,
  nowMs: number,
  {perAsker, inAll}: InvitationLimits,
): boolean {
  const counted = recent(invitations, nowMs);
  return (
    counted.length < inAll && counted.filter((invitation) => invitation.by === by).length < perAsker
  );
}
