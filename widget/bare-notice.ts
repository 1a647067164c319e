/**
 * Tells a person that their camera shows what was not to be seen: before anybody sees it, where they wait for
 * somebody. A chunk of its own, for few have chosen that their background be blurred.
 */
import {isBare, keepBlur} from './call/camera-blur.js';
import {isActive} from './call/call-state.js';
import type {CallContext, Session} from './call-surface.js';
import type {NoticeList} from './notice-list.js';
import {BLUR_TEXTS} from './strings/blur-texts.js';

/** Names of the cameras that have been told of in the present call: each is told once. */
const toldIn = new WeakMap<Session, Set<string>>();

/** @param camera It has just been turned on or chosen. */
export async function tellIfBare(
  camera: MediaStreamTrack,
  context: CallContext,
  notices: NoticeList,
): Promise<void> {
  const {session, page} = context;
  const told = toldIn.get(session) ?? follow(context);
  // One that can was not told to, if what tells it could not be had in time.
  await keepBlur([camera]);
  const isGone = !session.localStream.getVideoTracks().includes(camera);
  if (isGone || !isBare(camera) || told.has(camera.label)) return;
  told.add(camera.label);
  notices.add(page().translate('notBlurred'), true);
}

function follow({session, onChunk}: CallContext): Set<string> {
  onChunk({texts: BLUR_TEXTS});
  const told = new Set<string>();
  toldIn.set(session, told);
  session.addEventListener('status-changed', () => {
    if (!isActive(session.state)) told.clear();
  });
  return told;
}
