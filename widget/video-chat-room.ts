/**
 * The `<video-chat-room>` element: its methods and lifecycle. Attributes: `call-attributes.ts`. Read-only state:
 * `call-readout.ts`. The call itself: `call-controller.ts`. Screens: `views/` and `call-ui.ts`.
 */
import {
  html,
  nothing,
  type PropertyDeclarations,
  type PropertyValues,
  type TemplateResult,
} from 'lit';
import {CallController} from './call-controller.js';
import {CallTalk} from './call-talk.js';
import type {Engine, PageContext} from './call-surface.js';
import {loadChunk} from './call/load-chunk.js';
import type {CheckUi} from './check-ui.js';
import {isActive} from './call/call-state.js';
import type {TypedListeners} from './events.js';
import {isFocusLost} from './focus.js';
import {roomNameOf, toMedia} from './options.js';
import {styles} from './video-chat-room.styles.js';
import {INITIAL_FORM, type FormState} from './views/form.js';
import {restAnnouncement, restScreen} from './views/rest.js';
import {WordsAndLooks} from './words-and-looks.js';

/**
 * @summary A video call in one tag: create or join a room, knock, let people in, talk.
 *
 * Everything its screens do is a method, an attribute or an event as well. Without `room` it shows a form to create or
 * join one; with it, a card that says what will happen and asks for the camera and microphone only once somebody presses
 * Join. It asks nothing of the relay before the pointer is over it or the focus in it; then it connects, and lets go
 * again if nobody joins for half a minute.
 *
 * With `directory` it is listed among the people of that name and shows them, each with a button to call them; it
 * connects at once, and rings when somebody calls.
 *
 * In a call, those of its buttons that show are the system's own controls too (Media Session): `togglemicrophone`, `togglecamera`,
 * `hangup`, and `enterpictureinpicture`, with which Chrome may open the call's window by itself when the tab is left. A page sets
 * its own handlers of these anew after a call, for nobody can read them; its `metadata` stays, and no names are told.
 *
 * A prompt takes the focus when somebody knocks or calls. Escape declines, though not in the first half second: the key
 * may have been meant for what had the focus before.
 *
 * It speaks the language of the nearest `lang`: Arabic, Chinese, French, German, Hebrew, Japanese, Portuguese, Russian,
 * Spanish, or else English.
 *
 * @tagname video-chat-room
 * @attr {string} lang - Language of the texts, BCP 47; the page's by default. Takes effect at once.
 * @attr {string} data-status - Mirrors `status`, for CSS. Read-only.
 * @fires {CustomEvent<{status: CallStatus, previous: CallStatus, reason?: EndReason}>} status-changed - `status` has changed; `reason` says why a call ended.
 * @fires {CustomEvent<{signaling: SignalingState}>} signaling-changed - The way to the relay was lost or found again; the call goes on.
 * @fires {CustomEvent<Invitation>} call-request - Somebody asks to be let in, or calls. Cancelable: cancel it to show no prompt, let nothing ring, and answer with `accept()` or `decline()`.
 * @fires {CustomEvent<{id: string, kind: 'knock' | 'call', reason: EndReason}>} call-ended - A knock or call, ours or theirs, came to nothing.
 * @fires {CustomEvent<{id: string, person: Person}>} call-ringing - Our call rings at the other side.
 * @fires {CustomEvent<PeerRef>} peer-joined - Somebody is in the call now.
 * @fires {CustomEvent<PeerRef & {reason: EndReason}>} peer-left - Somebody is not in the call any more.
 * @fires {CustomEvent<{peers: readonly PeerState[]}>} peers-changed - Something in `peers` has changed other than who is in it.
 * @fires {CustomEvent<{peerId: string, quality: Quality}>} quality-changed - The link to a peer has become better (`good`) or worse (`poor`), or nothing gets through for now (`lost`).
 * @fires {CustomEvent<{people: readonly PersonState[]}>} people-changed - Somebody of the directory has come, gone or changed.
 * @fires {CustomEvent<{from: string, data: unknown}>} message-received - A peer called `send()`.
 * @fires {CustomEvent<{error: CallError}>} call-error - A failure that no method's promise has told.
 * @csspart base - The element's own box.
 * @csspart form - The form that creates or joins a room.
 * @csspart prejoin - The card before joining a given room.
 * @csspart card - Every screen outside a call: form, join card, progress, ended, failed.
 * @csspart mark - The icon over a heading.
 * @csspart heading - The heading of a card.
 * @csspart text - A paragraph of a card.
 * @csspart actions - The buttons of a card, a prompt or a message that was not sent.
 * @csspart divider - The words between two ways to begin.
 * @csspart field - A label with its input.
 * @csspart label - The label.
 * @csspart hint - Small words that explain something.
 * @csspart input - A text input.
 * @csspart button - Every button.
 * @csspart button-primary - The button that goes on: Create, Join, Accept, Try again.
 * @csspart button-danger - The button that ends: Leave, Decline.
 * @csspart button-quiet - The Join beside the room name.
 * @csspart button-link - Opens the check before a call.
 * @csspart button-microphone - Turns the microphone on and off.
 * @csspart button-camera - Turns the camera on and off.
 * @csspart button-close - Closes a panel.
 * @csspart button-dismiss - Takes a passing message away.
 * @csspart icon - Every icon.
 * @csspart spinner - What turns while something is awaited.
 * @csspart problem - What is wrong with a field or a message.
 * @csspart stage - The screen of a call.
 * @csspart bar - The bar below the tiles: where one is, and the controls.
 * @csspart where - The room's name with what is said of the connection; over the tiles in a narrow element.
 * @csspart room-name - The room's name on the stage.
 * @csspart signal - What is said while the way to the relay is lost.
 * @csspart tiles - The box that the tiles share.
 * @csspart tile - The picture of one person.
 * @csspart tile-own - The picture of oneself.
 * @csspart video - A video.
 * @csspart avatar - The initials of a person: on a tile while the camera is off, in a prompt, in a list.
 * @csspart name - The name on a tile.
 * @csspart tile-state - The sign before it for a microphone that is off or a weak connection.
 * @csspart veil - What lies over a picture while its connection is lost.
 * @csspart lobby - What is said over the stage while waiting or asking to be let in.
 * @csspart controls - The bar with microphone, camera and Leave.
 * @csspart panel - What opens beside a call, or over it in a narrow element.
 * @csspart panel-head - Its heading with the button that closes it.
 * @csspart badge - A number on a button or beside a heading.
 * @csspart prompt - The question whether to let somebody in, or to take a call.
 * @csspart notices - The passing messages.
 * @csspart notice - One passing message.
 */
export class VideoChatRoom extends CallTalk {
  static override styles = styles;

  static override readonly properties: PropertyDeclarations = {form: {state: true}};

  /**
   * Fetches the call engine. A host that ships it with the page assigns another function.
   * @internal
   */
  static loadEngine: () => Promise<Engine> = () => import('./engine.js');

  protected override readonly controller: CallController = new CallController(this, {
    loadEngine: () => (this.constructor as typeof VideoChatRoom).loadEngine(),
    options: () => this.callOptions(this.#typedName),
    context: () => this.#pageContext(),
    onEngine: (engine) => this.#looks.takeEngine(engine),
    onChunk: (chunk) => this.#looks.add(chunk),
    outcomeTexts: () => this.#looks.loadOutcomeTexts(),
  });
  readonly #looks = new WordsAndLooks(this, styles);
  /** The own name typed into a form, for elements without `display-name`. */
  #typedName = '';
  #check: CheckUi | null = null;
  /** The focus was in here when the rendering under way began. */
  #hadFocus = false;

  private form: FormState = INITIAL_FORM;

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.hasUpdated) return;
    this.#enterDirectory();
    if (this.status === 'idle') this.#autoJoin();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#hadFocus = Boolean(this.shadowRoot?.activeElement);
    if (isActive(this.controller.state)) this.#check = null;
    // A card about the last call would stand in the way of the new room, unless it is about that.
    const isOver = this.status === 'left' || this.status === 'failed';
    const isOld = changed.has('room') && this.currentRoom !== roomNameOf(this.room);
    if (isOld && isOver && !this.controller.isLoading) this.#reset();
  }

  protected override firstUpdated(): void {
    const call = this.rememberedCall;
    // What the page has asked for meanwhile goes first.
    if (!call || this.controller.isLoading) return;
    this.#typedName = call.displayName;
    // Before anything that the page does by itself.
    void this.controller.run(async () => (await this.controller.resume()) || this.#autoJoin());
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.size > 0) this.controller.configure();
    this.#looks.needFor(this.status);
    this.#enterDirectory();
    if (changed.has('autoJoin') || changed.has('room')) this.#autoJoin();
    if (changed.has('form' as keyof VideoChatRoom) && this.form.isCreating && !this.form.problem) {
      this.renderRoot.querySelector<HTMLElement>('#room')?.focus();
    }
    if (this.#hadFocus && isFocusLost(this)) {
      this.renderRoot.querySelector<HTMLElement>('[data-focus]')?.focus();
    }
  }

  /**
   * Joins `room`, by default the attribute's. Resolves once the relay has answered: waiting alone,
   * asking to be let in, or in the call.
   * @throws {CallError} `aborted` if `leave()` or a join for another room comes meanwhile;
   *   `room-required` without a room; `bad-request` if `relay-url` is no http(s) address.
   */
  async join(room: string = this.room): Promise<void> {
    this.#check = null;
    await this.controller.join(roomNameOf(room) || undefined);
  }

  /** Leaves the room, or gives up a knock or a join under way. May be called at any time. */
  async leave(): Promise<void> {
    await this.controller.leave();
  }

  /**
   * Rings a person of the directory. Resolves once the relay has answered: it rings, the call is up
   * (they were calling us), or they are busy. What becomes of it is told by `status-changed` and
   * `call-ended`. A call or room that one is in is left for it.
   * @throws {CallError} `person-not-found` if nobody of that id is in the directory; `aborted` if
   *   `leave()` comes meanwhile.
   */
  async call(personId: string): Promise<void> {
    await this.controller.call(personId);
  }

  /** Lets somebody in, or takes their call; without `id` the one who has waited longest. */
  async accept(id?: string): Promise<void> {
    await this.controller.require().accept(id);
  }

  /** Turns somebody away; without `id` the one who has waited longest. */
  async decline(id?: string): Promise<void> {
    await this.controller.require().decline(id);
  }

  /** At once and in the background: being listed needs no click. */
  #enterDirectory(): void {
    if (this.directory && this.isConnected && this.status === 'idle') this.controller.open();
  }

  #autoJoin(): void {
    const room = roomNameOf(this.room);
    if (!this.autoJoin || !room || !this.isConnected) return;
    if (this.controller.isLoading || isActive(this.controller.state)) return;
    void this.controller.run(() => this.join(room));
  }

  #reset(): void {
    this.form = INITIAL_FORM;
    this.controller.reset();
  }

  /** What the screens outside a call need to know and may do. */
  #pageContext(): PageContext {
    return {
      translate: this.#looks.translate(this.strings),
      room: roomNameOf(this.room),
      hasOwnRoom: roomNameOf(this.room) !== '',
      hasOwnName: Boolean(this.displayName),
      typedName: this.#typedName,
      directory: this.directory ?? '',
      noRingtone: this.noRingtone,
      media: this.controller.session?.carries ?? toMedia(this.media),
      noCamera: this.noCamera,
      noMicrophone: this.noMicrophone,
      isLoading: this.controller.isLoading,
      isResuming: this.controller.isResuming,
      form: this.form,
      setForm: (change) => {
        this.form = {...this.form, ...change};
      },
      setName: (name) => {
        this.#typedName = name;
        this.controller.configure();
        this.requestUpdate();
      },
      join: (room, name) => {
        if (name !== undefined) this.#typedName = name;
        void this.controller.run(() => this.join(room));
      },
      backLabel: this.directory ? 'tryAgain' : 'chooseRoom',
      back: () => this.#reset(),
      check: () =>
        void this.controller.run(async () => {
          const {CheckUi} = await loadChunk(() => import('./check-ui.js'));
          this.#check = new CheckUi(this, this.#looks, () => {
            this.#check = null;
          });
          this.requestUpdate();
        }),
    };
  }

  protected override render(): TemplateResult {
    const call = this.controller.state;
    const {screens} = this.controller;
    const context = this.#pageContext();
    const {language, isAwaiting} = this.#looks;
    return html`<div
      part="base"
      class="base"
      data-status=${call.status}
      ?data-awaiting=${isAwaiting}
      lang=${language.dir ? language.locale : nothing}
      dir=${language.dir ?? nothing}
    >
      ${screens?.aboveMain()}
      <slot name="background"></slot>
      <div class="main">
        ${screens?.render() ?? this.#check?.render() ?? restScreen(call, context)}
      </div>
      ${screens?.besideMain()}
      <p class="visually-hidden" role="status">
        ${screens?.announcement() ?? restAnnouncement(call, context)}
      </p>
    </div>`;
  }
}

/** Listeners on the element know the events' details. */
export interface VideoChatRoom {
  addEventListener: TypedListeners['addEventListener'];
  removeEventListener: TypedListeners['removeEventListener'];
}
