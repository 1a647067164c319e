/** What browsers count as a sign that a person is there, before which they allow no noise. */

/** The events that give a page user activation: a mouse when it goes down, a finger when it comes up. */
const GESTURES = ['pointerdown', 'pointerup', 'touchend', 'keydown'] as const;

/** In the capture phase, so that a page which stops its events cannot keep them from us. */
export function onGesture(listener: () => void, signal: AbortSignal): void {
  for (const type of GESTURES) {
    document.addEventListener(type, listener, {capture: true, passive: true, signal});
  }
}

/** Whether there has been one already. Browsers that do not say may be asked for noise in vain. */
export function wasTouched(): boolean {
  // Newer than some of the browsers that we support.
  const {userActivation} = navigator as {readonly userActivation?: UserActivation};
  return userActivation?.hasBeenActive ?? true;
}
