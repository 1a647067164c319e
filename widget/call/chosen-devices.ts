/**
 * Which devices this browser's person has chosen, by kind. They are written by `device-choice.ts`,
 * which a call loads when somebody chooses; every call reads them. Whether a device is there is not
 * known here.
 */

/** What can be chosen. */
export type ChoiceKind = 'microphone' | 'camera' | 'speaker';

export interface ChosenDevice {
  /** Empty: whatever the system's default is. */
  readonly deviceId: string;
  /** By which it is found again when the browser has given it another id: empty if that was not told. */
  readonly label: string;
  /**
   * Of a camera, whichever: what is behind a person is to be blurred, or not; where nobody has said, whatever the
   * system does. Spelt as the constraint that it is (`capture.ts`).
   */
  readonly backgroundBlur?: boolean;
}

/** Where storage is refused (sandboxed frames, cookies blocked): for as long as the page lasts. */
export const chosenHere = new Map<ChoiceKind, ChosenDevice>();

export function keyOf(kind: ChoiceKind): string {
  return `video-chat-room:${kind}`;
}

/** Undefined: whatever the system's default is. */
export function chosenDevice(kind: ChoiceKind): ChosenDevice | undefined {
  let chosen: ChosenDevice | null = null;
  try {
    // Of whoever has chosen nothing `null`, which is JSON as well.
    chosen = JSON.parse(String(localStorage.getItem(keyOf(kind)))) as ChosenDevice | null;
  } catch {
    // Refused, or not ours.
  }
  return chosen ?? chosenHere.get(kind);
}
