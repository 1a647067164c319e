/** Asks the browser, when a person wants it, to let this page notify them of calls. Shows no notification itself. */

export class NotifyMe {
  readonly #onChange: () => void;
  #answer: NotificationPermission | null = null;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Nobody has been asked yet, and asking can come to something. */
  get canAsk(): boolean {
    return this.#answer === null && isSecureContext && permission() === 'default';
  }

  /** What came of asking: `null` before that. */
  get answer(): NotificationPermission | null {
    return this.#answer;
  }

  /** To be called from a gesture. */
  async ask(): Promise<void> {
    try {
      this.#answer = await Notification.requestPermission();
    } catch {
      this.#answer = 'denied';
    }
    this.#onChange();
  }
}

/** Absent in some phones' browsers; `denied` within frames of another origin. */
function permission(): NotificationPermission {
  return 'Notification' in globalThis ? Notification.permission : 'denied';
}
