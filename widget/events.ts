/**
 * The events of `<video-chat-room>` as the compiler sees them. Names and details come from the call
 * core; here they become bubbling, composed `CustomEvent`s of one element. No global event map is
 * touched: only listeners on the element itself are typed.
 */
import type {CallEventDetails} from './call/call-events.js';

/** What the element passes on. `state-changed` stays inside: its parts have events of their own. */
export const ELEMENT_EVENTS = [
  'status-changed',
  'signaling-changed',
  'call-request',
  'call-ended',
  'call-ringing',
  'peer-joined',
  'peer-left',
  'peers-changed',
  'quality-changed',
  'people-changed',
  'message-received',
  'chat-received',
  'chat-changed',
  'file-received',
  'microphone-changed',
  'camera-changed',
  'screen-share-changed',
  'device-changed',
  'muted-speech-heard',
  'call-error',
] as const satisfies readonly (keyof CallEventDetails)[];

export type ElementEventName = (typeof ELEMENT_EVENTS)[number];

/** Event name → event, for `addEventListener` on the element. */
export type VideoChatRoomEventMap = {
  [Name in ElementEventName]: CustomEvent<CallEventDetails[Name]>;
};

/** Fires one of the element's events. Returns false if a listener cancelled it. */
export function fire<Name extends ElementEventName>(
  target: EventTarget,
  type: Name,
  detail: CallEventDetails[Name],
): boolean {
  const cancelable = type === 'call-request';
  return target.dispatchEvent(
    new CustomEvent(type, {detail, bubbles: true, composed: true, cancelable}),
  );
}

/** `addEventListener` and its opposite with the element's events, beside those of every element. */
export interface TypedListeners {
  addEventListener<Name extends keyof VideoChatRoomEventMap>(
    type: Name,
    listener: (event: VideoChatRoomEventMap[Name]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener<Name extends keyof HTMLElementEventMap>(
    type: Name,
    listener: (event: HTMLElementEventMap[Name]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener<Name extends keyof VideoChatRoomEventMap>(
    type: Name,
    listener: (event: VideoChatRoomEventMap[Name]) => void,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener<Name extends keyof HTMLElementEventMap>(
    type: Name,
    listener: (event: HTMLElementEventMap[Name]) => void,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | EventListenerOptions,
  ): void;
}
