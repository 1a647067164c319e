/** What a host may ask of a call. The element maps its attributes onto this; nothing here reads the DOM. */

/** What a call carries. `data` asks for no device. */
export type CallMedia = 'video' | 'audio' | 'data';

export type Preconnect = 'warm' | 'ringing' | 'ringing-relay';

export interface CallOptions {
  /** The relay's base URL, `http(s)://host[:port][/base/]`. */
  readonly relayUrl: string;
  /** Be listed among, and see, the people of this directory; it is left when this is taken away. */
  readonly directory?: string | undefined;
  /** The room that `join()` enters when it is given none. A call in another one is not resumed. */
  readonly room?: string | undefined;
  /** Signed access token for relays that ask for one. */
  readonly token?: string | undefined;
  /** How the others see me. */
  readonly displayName: string;
  /** Any JSON value up to 1 kB, shown to peers and people. */
  readonly metadata: unknown;
  readonly media: CallMedia;
  /** Seats of a room that this side creates; the relay caps it. */
  readonly capacity: number;
  /** Accept every knock and call. */
  readonly autoAccept: boolean;
  /** Start with the camera off: it is not asked for. */
  readonly noCamera: boolean;
  /** Start with the microphone off: it is not asked for. */
  readonly noMicrophone: boolean;
  /** Do not listen to a muted microphone in order to remind whoever speaks into it. */
  readonly noMuteReminder: boolean;
  /** @internal Start with the microphone held, but silent. */
  readonly isMuted?: boolean;
  /** How long a knock or call waits for an answer. Seconds. */
  readonly ringTimeout: number;
  /** Send small pictures and ask for such, whatever the links can take. Takes effect at once. */
  readonly lowData: boolean;
  /** A call in which the page is reloaded, or left for another one of the site, goes on there. */
  readonly resume: boolean;
  readonly iceTransportPolicy: RTCIceTransportPolicy;
  /**
   * What is done while somebody's knock or call rings here. `warm`: a link is prepared, and nothing of this
   * side leaves before Accept. `ringing`: it is connected, so that the other side may learn an address of
   * ours before Accept; `ringing-relay`: through TURN alone, and as `warm` where there is no TURN server.
   */
  readonly preconnect: Preconnect;
  /** Added to the relay's. */
  readonly iceServers: readonly RTCIceServer[];
}

export const DEFAULT_CALL_OPTIONS: CallOptions = {
  relayUrl: '',
  displayName: '',
  metadata: null,
  media: 'video',
  capacity: 2,
  autoAccept: false,
  noCamera: false,
  noMicrophone: false,
  noMuteReminder: false,
  ringTimeout: 60,
  lowData: false,
  resume: true,
  iceTransportPolicy: 'all',
  preconnect: 'warm',
  iceServers: [],
};
