/**
 * Registers `<video-chat-room>`: the entry of a script tag. A page that loads it twice keeps the
 * first; where there are no custom elements (Node) it does nothing.
 */
import {VideoChatRoom} from './video-chat-room.js';

const TAG = 'video-chat-room';

if (typeof customElements !== 'undefined' && !customElements.get(TAG)) {
  // The script is served by the relay, so the relay is where the script came from.
  // One that was bundled into a classic script does not know where that is.
  const {url} = import.meta;
  if (URL.canParse('.', url)) VideoChatRoom.defaultRelayUrl = new URL('.', url).href;
  customElements.define(TAG, VideoChatRoom);
}

export {VideoChatRoom};

declare global {
  interface HTMLElementTagNameMap {
    'video-chat-room': VideoChatRoom;
  }
}
