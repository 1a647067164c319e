/** Turns what happens in a call into passing messages: who came, who went, who stopped calling. */
import type {CallContext} from './call-surface.js';
import {isActive} from './call/call-state.js';
import type {NoticeList} from './notice-list.js';

export function tellPassing(
  {session, page, isPrompted}: CallContext,
  notices: NoticeList,
  signal: AbortSignal,
): void {
  /** Names by invitation: when one ends, the state does not know it any more. */
  const knockers = new Map<string, string>();
  let wasInCall = session.state.status === 'in-call';
  const nameOf = (displayName: string): string => displayName || page().translate('guest');
  for (const {id, from} of session.state.incoming) knockers.set(id, nameOf(from.displayName));

  session.addEventListener(
    'call-request',
    ({detail: {id, from}}) => {
      knockers.set(id, nameOf(from.displayName));
    },
    {signal},
  );
  session.addEventListener(
    'call-ended',
    ({detail: {id, kind, reason}}) => {
      const name = knockers.get(id);
      knockers.delete(id);
      // Who answers by itself tells of it by itself.
      if (name === undefined || !isPrompted(id)) return;
      if (reason !== 'cancelled' && reason !== 'timeout' && reason !== 'lost') return;
      // It stays: whoever was called may have been away.
      if (kind === 'call') notices.add(page().translate('missedCall', {name}), true);
      else if (isActive(session.state)) notices.add(page().translate('stoppedKnocking', {name}));
    },
    {signal},
  );
  session.addEventListener(
    'peer-joined',
    ({detail}) => {
      // Whoever was there before us, or comes while we wait alone, is the whole picture already.
      if (!wasInCall) return;
      notices.add(page().translate('joined', {name: nameOf(detail.displayName)}));
    },
    {signal},
  );
  session.addEventListener(
    'peer-left',
    ({detail: {displayName, reason}}) => {
      if (!isActive(session.state)) return;
      notices.add(
        page().translate(reason === 'lost' ? 'peerLost' : 'peerLeft', {name: nameOf(displayName)}),
      );
    },
    {signal},
  );
  session.addEventListener(
    'state-changed',
    ({detail: {state}}) => {
      wasInCall = state.status === 'in-call';
    },
    {signal},
  );
}
