/** `EventTarget` whose event names and details are known to the compiler. Knows nothing of calls. */

/** As the DOM's `EventListenerOrEventListenerObject`, for one detail. */
export type TypedListener<Detail> =
  ((event: CustomEvent<Detail>) => void) | {handleEvent(event: CustomEvent<Detail>): void};

/** The platform's `EventTarget`, with listeners typed by a map of name → detail. */
export class TypedEventTarget<Details extends object> extends EventTarget {
  override addEventListener<Name extends keyof Details & string>(
    type: Name,
    listener: TypedListener<Details[Name]> | null,
    options?: boolean | AddEventListenerOptions,
  ): void {
    super.addEventListener(type, listener as EventListener | null, options);
  }

  override removeEventListener<Name extends keyof Details & string>(
    type: Name,
    listener: TypedListener<Details[Name]> | null,
    options?: boolean | EventListenerOptions,
  ): void {
    super.removeEventListener(type, listener as EventListener | null, options);
  }

  /** Fires one event. Returns false if it was cancelable and a listener cancelled it. */
  emit<Name extends keyof Details & string>(
    type: Name,
    detail: Details[Name],
    options: {cancelable?: boolean} = {},
  ): boolean {
    return this.dispatchEvent(
      new CustomEvent(type, {detail, cancelable: options.cancelable ?? false}),
    );
  }
}
