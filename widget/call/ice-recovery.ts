/**
 * When to restart ICE, and when to give a connection up for a fresh one: a pure policy, so that it
 * can be read and tested as a table. Keeps no time of its own.
 */

/** Browsers call a connection `disconnected` after about 5 s of silence and often find it again; 2 s more is patience enough. */
export const DISCONNECTED_GRACE_MS = 2_000;

/** How long an ICE restart may take before the next one: two round trips over a bad link, and the checks. */
export const RESTART_SPACING_MS = 5_000;

/** After this long without a connection the ports and the DTLS association themselves are suspect. */
export const RESTARTS_END_AFTER_MS = 30_000;

export type RecoveryStep =
  | {readonly step: 'none'}
  | {readonly step: 'restart'; readonly inMs: number}
  | {readonly step: 'exhausted'};

/**
 * @param state The connection's present state.
 * @param troubleMs How long it has not been `connected`.
 * @param sinceRestartMs How long ago ICE was last restarted; `null`: not in this trouble.
 */
export function nextRecovery(
  state: RTCPeerConnectionState,
  troubleMs: number,
  sinceRestartMs: number | null,
): RecoveryStep {
  if (state === 'connected' || state === 'closed' || state === 'new') return {step: 'none'};
  if (troubleMs >= RESTARTS_END_AFTER_MS) return {step: 'exhausted'};
  if (sinceRestartMs !== null) {
    return {step: 'restart', inMs: Math.max(0, RESTART_SPACING_MS - sinceRestartMs)};
  }
  // A first `connecting` is no trouble; the browser itself says `failed` when it gives up.
  if (state === 'connecting') return {step: 'none'};
  if (state === 'failed') return {step: 'restart', inMs: 0};
  return {step: 'restart', inMs: Math.max(0, DISCONNECTED_GRACE_MS - troubleMs)};
}
