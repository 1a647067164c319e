/**
 * The attributes and settable properties of the element and what they mean to the call core.
 * When a change takes effect is the call's business; nothing here acts.
 */
import {LitElement, type PropertyDeclarations} from 'lit';
import type {SessionOptions} from './call-surface.js';
import type {CallMedia, Preconnect} from './call/call-options.js';
import {parseKept, resumable, storage, type RememberedCall} from './call/remembered-call.js';
import {
  DEFAULT_RING_TIMEOUT,
  attributeOf,
  roomNameOf,
  toCapacity,
  toIceTransportPolicy,
  toMedia,
  toPreconnect,
  toRelayUrl,
  toResume,
  toRingTimeout,
} from './options.js';
import type {Strings} from './strings/catalogue.js';

/** Where nothing is drawn for longer (a frame of another site that is out of sight), nobody sees that it is late. */
const LONGEST_FRAME_MS = 100;

/**
 * What `<video-chat-room>` can be told; its looks by custom properties on it or on anything around it.
 *
 * @slot logo - Over the heading of the form and of the card before a call, in place of the mark.
 * @slot background - Behind the cards outside a call and the list of people: a picture, a gradient. It fills the element.
 * @slot waiting - Shown while waiting alone, in place of the heading, the room's name and the hint.
 * @slot invite - Shown while waiting alone, in place of the button that copies the link.
 * @slot controls - More buttons for the bar of a call, before Leave.
 * @slot ended - Shown when a call is over, in place of the card with the ways on. A call that failed is told by the card.
 * @cssproperty [--vcr-font=inherit] - Font family.
 * @cssproperty [--vcr-font-size=1rem] - Size of the text; all other sizes of text follow it.
 * @cssproperty [--vcr-heading-font=inherit] - Font family of headings.
 * @cssproperty [--vcr-heading-weight=650] - Weight of headings.
 * @cssproperty [--vcr-space=0.625rem] - Distance between things that belong together; the larger distances follow it.
 * @cssproperty [--vcr-gap=0.625rem] - Distance between tiles, `--vcr-space` by default.
 * @cssproperty [--vcr-radius=16px] - Corner of the element, a panel, a prompt; smaller pieces follow it.
 * @cssproperty [--vcr-radius-round=999px] - Corner of what is round: the buttons of a call, badges.
 * @cssproperty [--vcr-shadow=0 8px 32px rgb(0 0 0 / 0.25)] - Shadow of what lies over something.
 * @cssproperty [--vcr-duration=0.15s] - How long a button takes to change.
 * @cssproperty [--vcr-color-surface=light-dark(#fff, #171d1f)] - Background of cards and panels.
 * @cssproperty [--vcr-color-stage=light-dark(#eef2f2, #0e1315)] - Background behind the tiles.
 * @cssproperty [--vcr-color-text=light-dark(#182325, #e8eeee)] - Text.
 * @cssproperty [--vcr-color-text-muted=light-dark(#566568, #9db0b3)] - Secondary text. The frames of fields and buttons follow it.
 * @cssproperty [--vcr-color-border=light-dark(#dbe2e2, #2b3537)] - Hairlines.
 * @cssproperty [--vcr-color-accent=light-dark(#0b6d64, #63cdbd)] - Primary buttons. Links and focus rings have its hue, and a lightness that can be read.
 * @cssproperty --vcr-color-on-accent - Text on the accent colour; black or white by default, whichever can be read.
 * @cssproperty --vcr-color-focus - Focus rings.
 * @cssproperty [--vcr-color-danger=light-dark(#bf2f3f, #c93545)] - Leave, and marks of what is wrong. The words of errors have its hue.
 * @cssproperty --vcr-color-on-danger - Text on the danger colour; black or white by default, whichever can be read.
 */
export class CallAttributes extends LitElement {
  /** A press or a key is being handled. */
  #isPressed = false;
  /** Draws what waits for the frame. */
  #draw: (() => void) | undefined;

  static override readonly properties: PropertyDeclarations = {
    relayUrl: {attribute: 'relay-url'},
    room: {},
    directory: {},
    token: {},
    displayName: {attribute: 'display-name'},
    media: {converter: attributeOf(toMedia)},
    capacity: {converter: attributeOf(toCapacity)},
    autoJoin: {type: Boolean, attribute: 'auto-join'},
    autoAccept: {type: Boolean, attribute: 'auto-accept'},
    noCamera: {type: Boolean, attribute: 'no-camera'},
    noMicrophone: {type: Boolean, attribute: 'no-microphone'},
    resume: {converter: attributeOf(toResume)},
    noRingtone: {type: Boolean, attribute: 'no-ringtone'},
    noMuteReminder: {type: Boolean, attribute: 'no-mute-reminder'},
    lowData: {type: Boolean, attribute: 'low-data'},
    liveTyping: {type: Boolean, attribute: 'live-typing'},
    ringTimeout: {attribute: 'ring-timeout', converter: attributeOf(toRingTimeout)},
    iceTransportPolicy: {
      attribute: 'ice-transport-policy',
      converter: attributeOf(toIceTransportPolicy),
    },
    preconnect: {converter: attributeOf(toPreconnect)},
    controls: {},
    iceServers: {attribute: false},
    strings: {attribute: false},
    metadata: {attribute: false},
  };

  /** Where elements without `relay-url` find their relay; set by the registering script. */
  static defaultRelayUrl = '';

  /** The relay's URL, http or https. Default: where the script came from. Takes effect at the next join. */
  relayUrl = '';

  /**
   * The room, 1–64 characters. Without it the form shows. Takes effect at the next join: during a
   * call nothing happens; after one, an element with `auto-join` joins the new room.
   */
  room = '';

  /**
   * Be listed among, and see, the people of this directory: 1–64 characters. Takes effect at once:
   * an element with a directory connects without a click. Without `room` it shows the people.
   */
  directory = '';

  /** Signed access token for relays that ask for one. Takes effect at the next connection. */
  token = '';

  /** How the others see me. Takes effect at once. */
  displayName = '';

  /** What a call carries: `video`, `audio` or `data` (no device is asked for). Takes effect at the next join. */
  media: CallMedia = 'video';

  /** Seats of a room that this element creates; the relay caps it. Takes effect at the next join. */
  capacity = 2;

  /** Join without a click as soon as `room` is set. */
  autoJoin = false;

  /**
   * A call goes on when the page is reloaded, or left for another page of the site with this element
   * on it: in the same tab, within 30 s, as the same person and with the same devices on. `off` or
   * `false` as an attribute turns that off. An element whose `room` is another one than that of the
   * call, or of the page where it began, does not take it up.
   */
  resume = true;

  /** Accept every knock and call. Takes effect at once. */
  autoAccept = false;

  /** Start with the camera off: it is not asked for. Takes effect at the next join. */
  noCamera = false;

  /** Start with the microphone off: it is not asked for. Takes effect at the next join. */
  noMicrophone = false;

  /** No tone and no vibration when somebody knocks or calls, or while a call rings. Takes effect at once. */
  noRingtone = false;

  /** Do not listen to a muted microphone in order to remind whoever speaks into it. Takes effect at once. */
  noMuteReminder = false;

  /**
   * Save data: pictures of 180 lines, 15 frames and 150 kbit/s a second at the most, sent and asked
   * for, whatever the connection can take. Takes effect at once.
   */
  lowData = false;

  /**
   * The others see what is written in the chat letter by letter, before it is sent. A switch under the
   * field turns it on and off, and sets or removes the attribute. Takes effect at once.
   */
  liveTyping = false;

  /**
   * How long a knock or call waits for an answer, in seconds. Takes effect at the next one.
   * @default 60
   */
  ringTimeout: number = DEFAULT_RING_TIMEOUT;

  /** `relay` to connect through TURN only. Takes effect at the next peer. */
  iceTransportPolicy: RTCIceTransportPolicy = 'all';

  /**
   * What is done while somebody's knock or call rings here. `warm`: a link is prepared, and nothing leaves
   * before Accept. `ringing`: it is connected, so that a picture is there at once; the other side may learn
   * an address of this one before Accept. `ringing-relay`: through TURN alone, and as `warm` where there is none.
   * Takes effect at the next one.
   */
  preconnect: Preconnect = 'warm';

  /**
   * Which buttons a call has, by name, separated by spaces: `microphone`, `camera`, `screen`, `chat`, `people`,
   * `files`, `devices`, `speaker-view`, `enlarge`, `whole`, `move`, `own-window`, `full-screen`, `leave`. Without it all that
   * make sense: that of the `files`, to which the chat leads as well, in a `media="data"` call alone. What is in the slot
   * `controls` is always there. The system's own controls have no other: without `own-window` no browser opens that by
   * itself either. Takes effect at once.
   */
  controls: string | null = null;

  /** ICE servers added to the relay's. Takes effect at the next join. */
  iceServers: RTCIceServer[] | null | undefined = [];

  /** Texts that replace the English ones; any subset. Takes effect at once. */
  strings: Partial<Strings> | null | undefined = {};

  /** Any JSON value up to 1 kB, shown to peers and people. Takes effect at once. */
  metadata: unknown = null;

  /** The attributes as the call core takes them; `typedName` stands in for a missing `display-name`. */
  protected callOptions(typedName: string): SessionOptions {
    const {defaultRelayUrl} = this.constructor as typeof CallAttributes;
    return {
      relayUrl: toRelayUrl(this.relayUrl || defaultRelayUrl),
      room: roomNameOf(this.room) || undefined,
      token: this.token || undefined,
      displayName: this.displayName || typedName,
      metadata: this.metadata ?? null,
      directory: this.directory || undefined,
      // A property set by a script may hold anything; see `options.ts`.
      media: toMedia(this.media),
      capacity: toCapacity(this.capacity),
      autoAccept: this.autoAccept,
      noCamera: this.noCamera,
      noMicrophone: this.noMicrophone,
      noMuteReminder: this.noMuteReminder,
      lowData: this.lowData,
      resume: toResume(this.resume),
      ringTimeout: toRingTimeout(this.ringTimeout),
      iceTransportPolicy: toIceTransportPolicy(this.iceTransportPolicy),
      preconnect: toPreconnect(this.preconnect),
      iceServers: this.iceServers ?? [],
    };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    for (const type of ['click', 'keydown']) this.addEventListener(type, this.#onPress, true);
  }

  /** The call in which the page before was, if this element may go on with it: a duplicated tab has it, too. */
  protected get rememberedCall(): RememberedCall | undefined {
    const options = this.callOptions('');
    const calls = Object.values<string>(storage()).map((value) =>
      resumable(parseKept(value), options),
    );
    return calls.find(Boolean);
  }

  readonly #onPress = (): void => {
    this.#isPressed = true;
    this.#draw?.();
    setTimeout(() => {
      this.#isPressed = false;
    });
  };

  /**
   * What changes before the next frame is drawn once, for much of it comes in one moment; but what comes of a press or a
   * key at once: the next one is meant for what is seen then, and a focus that it gives is given within it. A hidden page has no frames.
   */
  protected override async scheduleUpdate(): Promise<void> {
    if (this.hasUpdated && !this.#isPressed && !document.hidden) {
      await new Promise<void>((resolve) => {
        const draw = (this.#draw = () => {
          cancelAnimationFrame(frame);
          clearTimeout(timer);
          resolve();
        });
        const frame = requestAnimationFrame(draw);
        const timer = setTimeout(draw, LONGEST_FRAME_MS);
      });
    }
    await super.scheduleUpdate();
  }
}
