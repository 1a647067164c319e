/**
 * A telephone in the pocket: vibrates in the rhythm of the ring. Browsers allow it on a page that is
 * seen and has been touched, and stop it by themselves when the page is hidden.
 */
import {onGesture, wasTouched} from './gestures.js';

/** One round, as long as that of the ring. */
const ROUND_MS = [500, 400, 500, 1600];

/** The whole ring in one request, so that no timer is needed: Chromium takes 99 numbers at most. */
const PATTERN_MS = Array.from({length: 24}, () => ROUND_MS).flat();

export function vibrateWhileSeen(signal: AbortSignal): void {
  if (typeof navigator.vibrate !== 'function') return;
  let isOn = false;
  const update = (): void => {
    if (document.hidden) isOn = false;
    // Asking earlier would only fill the console.
    else if (!isOn && wasTouched()) isOn = navigator.vibrate(PATTERN_MS);
  };
  update();
  onGesture(update, signal);
  document.addEventListener('visibilitychange', update, {signal});
  signal.addEventListener(
    'abort',
    () => {
      if (isOn) navigator.vibrate(0);
    },
    {once: true},
  );
}
