/** What a screen reader is told about where a call stands. */
import type {CallState} from './call/call-state.js';
import {isBroken} from './tiles-of.js';
import {progressText, type ProgressContext} from './views/progress.js';

/** `null` where something else says it. */
export function announcementOf(
  state: CallState,
  progress: Omit<ProgressContext, 'cancel'>,
): string | null {
  const {translate: t} = progress;
  switch (state.status) {
    case 'acquiring-media':
    case 'joining':
      return progressText(state, progress);
    case 'waiting':
    case 'knocking':
    case 'in-call': {
      if (state.signaling === 'reconnecting') return t('relayLost');
      if (state.status !== 'in-call') return t(state.status);
      if (state.peers.some(isBroken)) return t('reconnecting');
      const names = state.peers.map(({displayName}) => displayName || t('guest'));
      return t('inCall', {names});
    }
    default:
      return null;
  }
}
