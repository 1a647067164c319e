/**
 * When to restart ICE, and when to give a link up for a fresh one: a pure policy, so that it can be
 * read and tested as a table. Keeps no time of its own.
 */

/** Browsers call a connection `disconnected` after about 5 s of silence and often find it again; 2 s more is patience enough. */
export const DISCONNECTED_GRACE_MS = 2_000;

/** How long an ICE restart may take before the next one: two round trips over a bad link, and the checks. */
export const RESTART_SPACING_MS = 5_000;

/** What is asked for from several sides at once is done once. */
export const RESTARTS_APART_MS = 500;

/** Channels open two round trips after `connected`. A handshake that came late has been seen to leave Firefox with a connection that carries nothing. */
export const OPENS_WITHIN_MS = 5_000;

/** After this long without a connection the ports and the DTLS association themselves are suspect. */
export const RESTARTS_END_AFTER_MS = 30_000;

/**
 * A first connection takes a second or two. Browsers say `failed` late, and where there is not one
 * candidate (TURN turned us away) not at all, so it is tried once more after this long …
 */
export const FIRST_CONNECTION_MS = 10_000;

/** … and people are not kept waiting longer than this for a word. */
export const FIRST_CONNECTION_ENDS_AFTER_MS = 20_000;

export type RecoveryStep =
  | {readonly step: 'none'}
  | {readonly step: 'restart'; readonly inMs: number}
  /** By a fresh link: this one is of no use, and there is nothing on it to lose. */
  | {readonly step: 'replace'; readonly inMs: number}
  | {readonly step: 'exhausted'};

export interface LinkHealth {
  readonly state: RTCPeerConnectionState;
  /** It has been `connected` before. */
  readonly wasConnected: boolean;
  /** How long ago this link was made; others may have been tried before it. */
  readonly ageMs: number;
  /** ICE is not what is broken, so that restarting it mends nothing. */
  readonly isBeyondRestart: boolean;
  /** The other side would hear of a fresh link. */
  readonly mayBeReplaced: boolean;
  /** How long there has been no connection; from the beginning of the first link if there never was one. */
  readonly troubleMs: number;
  /** How long ago ICE was last restarted; `null`: not in this trouble. */
  readonly sinceRestartMs: number | null;
}

export function nextRecovery({
  state,
  wasConnected,
  ageMs,
  isBeyondRestart,
  mayBeReplaced,
  troubleMs,
  sinceRestartMs,
}: LinkHealth): RecoveryStep {
  if (state === 'connected' || state === 'closed') return {step: 'none'};
  const endMs = wasConnected ? RESTARTS_END_AFTER_MS : FIRST_CONNECTION_ENDS_AFTER_MS;
  if (mayBeReplaced && isBeyondRestart) return {step: 'replace', inMs: 0};
  if (mayBeReplaced && troubleMs >= endMs) return {step: 'exhausted'};
  // Firefox's encryption does not come about on a path that is found only after the first search has
  // failed: the link calls itself connected, and nothing ever comes over it.
  if (!wasConnected && state === 'failed') {
    return {step: 'replace', inMs: Math.max(0, RESTART_SPACING_MS - ageMs)};
  }
  return {step: 'restart', inMs: Math.max(0, patienceMs())};

  function patienceMs(): number {
    if (sinceRestartMs !== null) return RESTART_SPACING_MS - sinceRestartMs;
    if (state === 'failed') return 0;
    return (wasConnected ? DISCONNECTED_GRACE_MS : FIRST_CONNECTION_MS) - troubleMs;
  }
}
