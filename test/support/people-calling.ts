/** Calls to and from people on an element with a driven session: the ways into them that tests share. */
import type {VideoChatRoom} from '../../widget/video-chat-room.js';
import {roomAmong, tell} from './people-element.js';
import {MANY, ring} from './people-screens.js';
import {buttonOf, shadowOf, until} from './widget-element.js';
import {fakeKnock} from './widget-session.js';

/** Three of them. */
export const THREE = MANY.slice(0, 3);

/** Ana is called from the list, and the relay answers. */
export async function call(
  isRinging: boolean,
  attributes: Readonly<Record<string, string>> = {},
): Promise<VideoChatRoom> {
  const element = await roomAmong(THREE, attributes);
  if (attributes['room'] === undefined) {
    buttonOf(element, 'Call Ana Moreau').focus();
    buttonOf(element, 'Call Ana Moreau').click();
  } else {
    void element.call('p0');
  }
  await until(() => element.status === 'acquiring-media', 'asked');
  await tell(element, (session) => ring(session, isRinging));
  return element;
}

export function prompt(element: VideoChatRoom): HTMLElement | null {
  return shadowOf(element).querySelector('[role=alertdialog]');
}

export async function beCalled(
  element: VideoChatRoom,
  id = 'k1',
  name = 'Ana Moreau',
): Promise<void> {
  await tell(element, (session) =>
    session.dispatch({type: 'invitation-received', invitation: fakeKnock(id, name, 'call')}),
  );
}
