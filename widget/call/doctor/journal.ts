/**
 * What has happened in a call, newest last, and no more of it than fits: the memory of the doctor.
 * Its entries are plain facts that may be sent on; whoever writes sees to it that nobody is named.
 */
import type {EndReason, ErrorCode} from '../../../protocol/codes.js';
import type {CallStatus, SignalingState} from '../call-state.js';

export type Happening =
  | {readonly event: 'status'; readonly status: CallStatus; readonly reason?: EndReason}
  | {readonly event: 'signaling'; readonly signaling: SignalingState}
  | {readonly event: 'link'; readonly peer: string; readonly state: RTCPeerConnectionState}
  | {readonly event: 'present'; readonly peer: string; readonly present: boolean}
  | {readonly event: 'gone'; readonly peer: string}
  | {
      readonly event: 'device';
      readonly device: 'microphone' | 'camera' | 'screen';
      readonly isOn: boolean;
      readonly problem: ErrorCode | null;
    }
  | {readonly event: 'error'; readonly code: ErrorCode; readonly fatal: boolean}
  | {readonly event: 'network'; readonly isOnline: boolean};

export type JournalEntry = Happening & {
  /** Milliseconds since the journal was begun. */
  readonly atMs: number;
};

/** An hour's call with a bad network writes some dozens; a report should still be read by somebody. */
export const MAX_JOURNAL_ENTRIES = 200;

export class Journal {
  readonly #entries: JournalEntry[] = [];
  readonly #now: () => number;
  readonly #begunAt: number;

  /** @param now Milliseconds, of a clock that does not jump. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#begunAt = now();
  }

  get entries(): readonly JournalEntry[] {
    return [...this.#entries];
  }

  note(happening: Happening): void {
    this.#entries.push({atMs: Math.round(this.#now() - this.#begunAt), ...happening});
    if (this.#entries.length > MAX_JOURNAL_ENTRIES) this.#entries.shift();
  }
}
