/**
 * Types only: lets TSX know the tag. `import type {} from 'video-chat-room/jsx'` once in a React
 * project. It depends on no framework: where React's types are absent it declares nothing.
 */
import type {VideoChatRoom} from './video-chat-room.js';

/** The attributes of `<video-chat-room>` as TSX writes them. Booleans are present or absent. */
export interface VideoChatRoomAttributes {
  'relay-url'?: string;
  room?: string;
  token?: string;
  'display-name'?: string;
  media?: 'video' | 'audio' | 'data';
  capacity?: number | string;
  'auto-join'?: boolean;
  'auto-accept'?: boolean;
  'no-camera'?: boolean;
  'no-microphone'?: boolean;
  'ring-timeout'?: number | string;
  'ice-transport-policy'?: 'all' | 'relay';
  lang?: string;
  dir?: string;
  id?: string;
  class?: string;
  className?: string;
  slot?: string;
  hidden?: boolean;
  key?: string | number;
  ref?: unknown;
  children?: unknown;
  /** React 19 sets properties of custom elements that it finds. */
  iceServers?: RTCIceServer[];
  metadata?: unknown;
  strings?: VideoChatRoom['strings'];
}

/** @ts-ignore: an augmentation needs the module it augments, and React is the reader's, not ours. */
declare module 'react' {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- the only way into JSX's types
  namespace JSX {
    interface IntrinsicElements {
      'video-chat-room': VideoChatRoomAttributes;
    }
  }
}
