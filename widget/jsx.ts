/**
 * Types only: lets TSX know the tag. `import type {} from 'video-chat-room/jsx'` once in a React
 * project, which needs `@types/react` for JSX anyway. It depends on no framework: where React's
 * types are absent it declares nothing.
 */
import type {VideoChatRoom} from './video-chat-room.js';

/** @ts-ignore: React is the reader's, not ours. */
type HtmlAttributes = import('react').HTMLAttributes<VideoChatRoom>;
/** @ts-ignore: React is the reader's, not ours. */
type HtmlProps = import('react').DetailedHTMLProps<HtmlAttributes, VideoChatRoom>;

/** React 19 sets properties of custom elements that it finds; earlier ones write attributes only. */
type Properties = Pick<
  VideoChatRoom,
  | 'relayUrl'
  | 'displayName'
  | 'autoJoin'
  | 'autoAccept'
  | 'noCamera'
  | 'noMicrophone'
  | 'noRingtone'
  | 'liveTyping'
  | 'ringTimeout'
  | 'iceTransportPolicy'
  | 'iceServers'
  | 'metadata'
  | 'strings'
>;

type Optional<T> = {[Name in keyof T]?: T[Name] | undefined};

/** What TSX may write on `<video-chat-room>`: its own, and what every HTML element takes. */
export interface VideoChatRoomAttributes extends HtmlProps, Optional<Properties> {
  'relay-url'?: string | undefined;
  room?: string | undefined;
  directory?: string | undefined;
  token?: string | undefined;
  'display-name'?: string | undefined;
  media?: 'video' | 'audio' | 'data' | undefined;
  capacity?: number | string | undefined;
  'auto-join'?: boolean | undefined;
  resume?: boolean | 'off' | undefined;
  'auto-accept'?: boolean | undefined;
  'no-camera'?: boolean | undefined;
  'no-microphone'?: boolean | undefined;
  'no-ringtone'?: boolean | undefined;
  'live-typing'?: boolean | undefined;
  'ring-timeout'?: number | string | undefined;
  'ice-transport-policy'?: 'all' | 'relay' | undefined;
  preconnect?: 'warm' | 'ringing' | 'ringing-relay' | undefined;
  controls?: string | null | undefined;
  /** React 18 writes it as it is; React 19 knows `className` as well. */
  class?: string | undefined;
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
