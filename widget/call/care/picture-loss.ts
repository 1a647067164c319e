/** What to do about pictures that come and of which nothing can be made: a pure policy. */

/**
 * After a silence, in which a question of the browser's may have been lost. At other times what takes long
 * may be a large picture on a narrow link, and another would make that worse. Browsers ask again by
 * themselves after three seconds.
 */
const LOSS_AFTER_SILENCE_MS = 5_000;

/** So often they are told of it, a second apart. */
const MAX_LOSSES_TOLD = 2;

/**
 * How many looks in a row, a second apart, have found it so since the last silence.
 * @param before The same, after the look before.
 * @param sinceSilenceMs How long ago something came again; `Infinity`: it has never been silent.
 */
export function countLosses(
  before: number,
  isUndecodable: boolean,
  sinceSilenceMs: number,
): number {
  return isUndecodable && sinceSilenceMs < LOSS_AFTER_SILENCE_MS ? before + 1 : 0;
}

/**
 * @returns `replace`: a fresh link begins with a fresh decoder. Firefox has been seen to hold pictures back
 *   for seconds that it had whole.
 */
export function onLosses(losses: number): 'none' | 'tell' | 'replace' {
  if (losses === 0) return 'none';
  return losses <= MAX_LOSSES_TOLD ? 'tell' : 'replace';
}
