/** What the screens of a call share with the parts that come later (`late-parts.ts`): types only. */
import type {Invitation} from './call/call-state.js';
import type {CallScreens} from './call-surface.js';
import type {NoticeList} from './notice-list.js';
import type {SoundGate} from './sound-gate.js';

/** What the screens have from the first, and share with what comes. */
export interface SharedParts {
  readonly notices: NoticeList;
  readonly sound: SoundGate;
  /** The button was, and what that has begun is under way. */
  readonly isSharePressed: () => boolean;
  /** Which are drawn once more in the call's own window. */
  readonly screens: CallScreens;
  readonly onAccept: (kind: Invitation['kind']) => void;
  /** Aborted when the screens are gone. */
  readonly signal: AbortSignal;
}
