/** The screens on which somebody shares a screen: the others, oneself, both, in calls of different sizes. */
import type {Screen} from './widget-screens.js';
import type {FakeSession} from './widget-session.js';

/**
 * @param inRoom what makes an element go into a room
 * @param seat brings a session into a call with so many others
 */
export function sharingScreens(
  inRoom: Pick<Screen, 'attributes'>,
  seat: (session: FakeSession, count: number) => void,
): readonly Screen[] {
  const sharing = (
    name: string,
    count: number,
    sharers: readonly string[],
    isOwn = false,
    attributes = inRoom.attributes,
  ): Screen => ({
    name,
    attributes: {...attributes},
    steps: (session) => {
      seat(session, count);
      for (const peerId of sharers) {
        session.dispatch({type: 'peer-changed', peerId, change: {screenSharing: true}});
      }
      if (isOwn) session.dispatch({type: 'media-changed', media: {screenSharing: true}});
    },
    waitFor: '[part~=tile-screen]',
  });
  return [
    sharing('sharing-1', 1, ['ana']),
    sharing('sharing-3', 3, ['bo']),
    sharing('sharing-7', 7, ['ana']),
    sharing('sharing-own', 1, [], true),
    sharing('sharing-both', 2, ['ana'], true),
    sharing('sharing-audio', 1, ['ana'], false, {...inRoom.attributes, media: 'audio'}),
  ];
}
