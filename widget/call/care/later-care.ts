/**
 * What care does once the first moments of a call are over, or something is wrong: comes with `call-care.ts`, and is
 * opened then. In the script tag's bundle nothing of it is defined before (`scripts/lib/lazy-parts.mjs`).
 */
import {DeviceWatch} from './device-watch.js';
import {LinkCare} from './link-care.js';
import {MutedSpeech} from './muted-speech.js';

export interface LaterCare {
  readonly DeviceWatch: typeof DeviceWatch;
  readonly LinkCare: typeof LinkCare;
  readonly MutedSpeech: typeof MutedSpeech;
}

export function openLaterCare(): LaterCare {
  return {DeviceWatch, LinkCare, MutedSpeech};
}
