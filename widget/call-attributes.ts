/**
 * The attributes and settable properties of the element and what they mean to the call core.
 * When a change takes effect is the call's business; nothing here acts.
 */
import {LitElement} from 'lit';
import {property} from 'lit/decorators.js';
import type {SessionOptions} from './call-surface.js';
import type {CallMedia} from './call/call-options.js';
import {
  DEFAULT_RING_TIMEOUT,
  attributeOf,
  toCapacity,
  toIceTransportPolicy,
  toMedia,
  toRingTimeout,
} from './options.js';
import type {Strings} from './strings/catalogue.js';

/** What `<video-chat-room>` can be told. */
export class CallAttributes extends LitElement {
  /** Where elements without `relay-url` find their relay; set by the registering script. */
  static defaultRelayUrl = '';

  /** The relay's URL. Default: where the script came from. Takes effect at the next join. */
  @property({attribute: 'relay-url'}) relayUrl = '';

  /** The room, 1–64 characters. Without it the form shows. Takes effect at the next join. */
  @property() room = '';

  /** Signed access token for relays that ask for one. Takes effect at the next connection. */
  @property() token = '';

  /** How the others see me. Takes effect at once. */
  @property({attribute: 'display-name'}) displayName = '';

  /** What a call carries: `video`, `audio` or `data` (no device is asked for). Takes effect at the next join. */
  @property({converter: attributeOf(toMedia)}) media: CallMedia = 'video';

  /** Seats of a room that this element creates; the relay caps it. Takes effect at the next join. */
  @property({converter: attributeOf(toCapacity)}) capacity = 2;

  /** Join without a click as soon as `room` is set. */
  @property({type: Boolean, attribute: 'auto-join'}) autoJoin = false;

  /** Accept everybody who asks to be let in. Takes effect at once. */
  @property({type: Boolean, attribute: 'auto-accept'}) autoAccept = false;

  /** Start with the camera off: it is not asked for. Takes effect at the next join. */
  @property({type: Boolean, attribute: 'no-camera'}) noCamera = false;

  /** Start with the microphone off: it is not asked for. Takes effect at the next join. */
  @property({type: Boolean, attribute: 'no-microphone'}) noMicrophone = false;

  /**
   * How long a knock waits for an answer, in seconds. Takes effect at the next knock.
   * @default 60
   */
  @property({attribute: 'ring-timeout', converter: attributeOf(toRingTimeout)})
  ringTimeout: number = DEFAULT_RING_TIMEOUT;

  /** `relay` to connect through TURN only. Takes effect at the next peer. */
  @property({
    attribute: 'ice-transport-policy',
    converter: attributeOf(toIceTransportPolicy),
  })
  iceTransportPolicy: RTCIceTransportPolicy = 'all';

  /** ICE servers added to the relay's. Takes effect at the next join. */
  @property({attribute: false}) iceServers: RTCIceServer[] = [];

  /** Texts that replace the English ones; any subset. Takes effect at once. */
  @property({attribute: false}) strings: Partial<Strings> = {};

  /** Any JSON value up to 1 kB, shown to the peers. Takes effect at once. */
  @property({attribute: false}) metadata: unknown = null;

  /** The attributes as the call core takes them; `typedName` stands in for a missing `display-name`. */
  protected callOptions(typedName: string): SessionOptions {
    const {defaultRelayUrl} = this.constructor as typeof CallAttributes;
    return {
      relayUrl: new URL(this.relayUrl || defaultRelayUrl, document.baseURI).href,
      token: this.token || undefined,
      displayName: this.displayName || typedName,
      metadata: this.metadata,
      // A property set by a script may hold anything; see `options.ts`.
      media: toMedia(this.media),
      capacity: toCapacity(this.capacity),
      autoAccept: this.autoAccept,
      noCamera: this.noCamera,
      noMicrophone: this.noMicrophone,
      ringTimeout: toRingTimeout(this.ringTimeout),
      iceTransportPolicy: toIceTransportPolicy(this.iceTransportPolicy),
      iceServers: this.iceServers,
    };
  }
}
