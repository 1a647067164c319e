/**
 * Keeps the present call in this tab's mind, for the page that comes after this one: what it is, and
 * what of one's own is on. Who ends the call forgets it (`call-attempt.ts`).
 */
import type {CareHost} from './care/call-care.js';
import type {RememberedCall} from './remembered-call.js';
import {personOf} from './state-questions.js';

/** A page that crashes has no time to write it down. */
const FRESH_MS = 5_000;

export function rememberCall({
  signal,
  relay,
  media,
  carries,
  state,
  options,
}: Pick<CareHost, 'signal' | 'relay' | 'media' | 'carries' | 'state' | 'options'>): void {
  const remember = (): void => {
    if (signal.aborted) return;
    const now = state();
    const {relayUrl, resume, room, displayName} = options();
    const {microphone, isMuted, camera} = media.wanted;
    const isSeated = ['waiting', 'calling', 'in-call'].includes(now.status);
    if (!resume || !isSeated || !('room' in now)) return;
    const call: RememberedCall = {
      relayUrl,
      room: now.room ?? '',
      ownRoom: room,
      displayName,
      person: personOf(now),
      options: {media: carries, noMicrophone: !microphone, isMuted, noCamera: !camera},
      at: Date.now(),
    };
    relay.identity?.keep({call});
  };
  // The seat, with which this begins, is in the state a moment later.
  queueMicrotask(remember);
  const timer = setInterval(remember, FRESH_MS);
  addEventListener('pagehide', remember, {signal});
  signal.addEventListener('abort', () => clearInterval(timer), {once: true});
}
