/**
 * Tells of a ring outside the page while the page is hidden, if the person has allowed that before;
 * never asks. Takes the words as they come.
 */

interface RingNotice {
  /** Tabs with the same invitation replace each other's notification instead of piling them up. */
  readonly id: string;
  readonly text: string;
  /** Whether the page is silent itself, so that the system should make itself heard. */
  readonly mayChime: () => boolean;
}

/** Comes whenever the page is hidden and goes whenever it is seen, until the signal aborts. */
export function notifyWhileHidden({id, text, mayChime}: RingNotice, signal: AbortSignal): void {
  let notification: Notification | null = null;
  const close = (): void => {
    notification?.close();
    notification = null;
  };
  const update = (): void => {
    close();
    if (document.hidden) notification = show(text, {tag: id, silent: !mayChime()});
    notification?.addEventListener('click', () => {
      window.focus();
      close();
    });
  };
  update();
  document.addEventListener('visibilitychange', update, {signal});
  signal.addEventListener('abort', close, {once: true});
}

function show(text: string, options: NotificationOptions): Notification | null {
  try {
    if (Notification.permission !== 'granted') return null;
    // It is for us to take it away when the ring is over, not for a time limit of the system.
    return new Notification(text, {...options, requireInteraction: true});
  } catch {
    // Not there at all, or (Chrome for Android) only for service workers.
    return null;
  }
}
