/**
 * The screens of a running call and what they remember between two renderings: whether the sound is
 * blocked, what was just copied. It reads the call's state and asks the session for actions; it
 * never holds a second copy of the state. What lies over a screen is `overlay-ui.ts`, what stands
 * beside it `side-panels.ts`: chunks of their own, like the people.
 */
import {html, nothing, type TemplateResult} from 'lit';
import {announcementOf} from './announcement-of.js';
import {CallError} from './call/call-error.js';
import {isActive, peersOf, roomOf, type Invitation, type PeerState} from './call/call-state.js';
import {canShareScreen} from './call/media-permission.js';
import {isSeated, personOf} from './call/state-questions.js';
import type {CallContext, CallScreens} from './call-surface.js';
import {keepPlaces} from './keep-places.js';
import {LateParts} from './late-parts.js';
import {NoticeList} from './notice-list.js';
import {SoundGate} from './sound-gate.js';
import {TileBox} from './tile-box.js';
import {ownTile, peerTile} from './tiles-of.js';
import {controlsView, showChosen} from './views/controls.js';
import {controlsStyles} from './views/controls.styles.js';
import {endedView} from './views/ended.js';
import {knockingView} from './views/knocking.js';
import {overlayView} from './views/overlay.js';
import {progressView, type ProgressContext} from './views/progress.js';
import {stageStyles} from './views/stage.styles.js';
import {stageView} from './views/stage.js';
import {showStreams} from './views/tile.js';
import {tileStyles} from './views/tile.styles.js';
import {isInAddress, waitingView} from './views/waiting.js';

const TOGGLES = {
  camera: 'toggleCamera',
  microphone: 'toggleMicrophone',
  screen: 'toggleScreenShare',
} as const;

/** How long a button says "Copied". */
const COPIED_MS = 2500;

export class CallUi implements CallScreens {
  static readonly styles = [stageStyles, tileStyles, controlsStyles];

  readonly #context: CallContext;
  readonly #lifetime = new AbortController();
  readonly #notices: NoticeList;
  readonly #late: LateParts;
  readonly #sound: SoundGate;
  readonly #tileBox = new TileBox();
  readonly #busy = new Set<string>();
  #peerPlaces: readonly (PeerState | null)[] = [];
  #videos: readonly HTMLVideoElement[] = [];
  #copiedTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(context: CallContext) {
    const update = (): void => {
      context.host.requestUpdate();
    };
    this.#context = context;
    this.#notices = new NoticeList(update, () =>
      Boolean(context.host.shadowRoot?.querySelector('.notices:is(:hover, :focus-within)')),
    );
    this.#sound = new SoundGate(update, () => {
      context.report(new CallError('audio-blocked', 'play() was refused without a gesture.'));
    });
    const {signal} = this.#lifetime;
    this.#late = new LateParts(context, {
      notices: this.#notices,
      sound: this.#sound,
      isSharePressed: () => this.#busy.has('screen'),
      screens: this,
      onAccept: (kind) => {
        // The click that lets somebody in is also the gesture that lets them be heard.
        this.#sound.unblock();
        if (kind === 'call') this.#late.reset();
      },
      signal,
    });
    context.session.addEventListener(
      'status-changed',
      ({detail: {status}}) => {
        if (status === 'left' || status === 'failed') this.#tidy();
      },
      {signal},
    );
  }

  aboveMain(): TemplateResult {
    const {panels, people, chat, chatPanel, devicePanel, overlay} = this.#late;
    panels?.offer(people?.panel, chatPanel, devicePanel);
    const isAtRest = !isActive(this.#context.session.state);
    const over = overlayView(overlay?.prompt(this.#prompted), overlay?.notices());
    return html`${isAtRest ? panels?.bar() : nothing} ${over} ${chat?.dropZone()}`;
  }

  render(): TemplateResult | null {
    const {state} = this.#context.session;
    if (!isActive(state)) {
      const ended = state.status === 'left' ? endedView(state, this.#context.page()) : null;
      return this.#late.people?.render() ?? ended;
    }
    if (state.status === 'acquiring-media' || state.status === 'joining') {
      return progressView(state, {...this.#progress(), cancel: this.#leave});
    }
    return this.#stage();
  }

  besideMain(): unknown {
    return this.#late.panels?.render();
  }

  updated(): void {
    const {shadowRoot} = this.#context.host;
    showChosen(this.#context.host);
    this.#tileBox.observe(shadowRoot?.querySelector('.tiles') ?? null);
    this.#letGo((video) => !shadowRoot?.contains(video));
    this.#videos = [...(shadowRoot?.querySelectorAll('video') ?? [])];
    const {session} = this.#context;
    showStreams(this.#videos, session);
    this.#late.updated(this.#prompted);
  }

  announcement(): string | null {
    const {session, page} = this.#context;
    const {state} = session;
    const ended = state.status === 'left' ? page().translate(`reason.${state.reason}`) : null;
    return announcementOf(state, this.#progress()) ?? this.#late.people?.announcement() ?? ended;
  }

  showError(error: CallError): void {
    // The button over the stage says it already.
    if (error.code !== 'audio-blocked') this.#late.showError(error);
  }

  dispose(): void {
    this.#lifetime.abort();
    this.#late.people?.dispose();
    this.#late.chat?.reset();
    this.#tidy();
    this.#letGo(() => true);
  }

  /** Those that the person is asked about, oldest first. */
  get #prompted(): readonly Invitation[] {
    const {session, isPrompted} = this.#context;
    return session.state.incoming.filter(({id}) => isPrompted(id));
  }

  /**
   * A video that plays by itself is kept alive by the browser for as long as it has a stream, even
   * out of the document, and with it everything that it can reach: the element and its call.
   */
  #letGo(isGone: (video: HTMLVideoElement) => boolean): void {
    this.#videos.forEach((video) => {
      if (isGone(video)) video.srcObject = null;
    });
  }

  /** Nothing of one call shows up in the next. */
  #tidy(): void {
    this.#notices.clear();
    // A panel, too: in a narrow element it would cover what has become of the call.
    this.#late.reset();
    this.#sound.reset();
    this.#tileBox.observe(null);
    this.#busy.clear();
    clearTimeout(this.#copiedTimer);
    this.#copiedTimer = undefined;
  }

  #stage(): TemplateResult {
    const {session} = this.#context;
    const {translate, media} = this.#context.page();
    const {state} = session;
    const peers = peersOf(state);
    const room = roomOf(state) ?? '';
    const person = personOf(state);
    const {devices, tools} = this.#late;
    this.#peerPlaces = keepPlaces(peers, this.#peerPlaces, ({peerId}) => peerId);
    return stageView({
      translate,
      title: person ? person.displayName || translate('guest') : room,
      isRoom: !person,
      peers: this.#peerPlaces,
      coming: !peers[0] && session.streamOf(''),
      own: ownTile(this.#context, tools),
      viewTools: [devices?.overStage(), tools?.buttons.bar()],
      screens: tools?.screens.render(),
      isRelayLost: state.signaling === 'reconnecting',
      lobby: this.#lobby(room),
      insteadOfTiles: media === 'data' ? (this.#late.chat?.stage() ?? nothing) : null,
      controls: this.#controls(),
      tileOf: (peer) => peerTile(this.#context, peer, tools),
      play: this.#sound.play,
    });
  }

  #lobby(room: string): TemplateResult | null {
    const {session} = this.#context;
    const {translate, hasOwnRoom} = this.#context.page();
    if (session.state.status === 'knocking') {
      return knockingView({translate, room, cancel: this.#leave});
    }
    if (session.state.status === 'calling') return this.#late.people?.calling(this.#leave) ?? null;
    if (session.state.status !== 'waiting') return null;
    const isLinked = hasOwnRoom || isInAddress(room, location.href);
    return waitingView({
      translate,
      room,
      isLinked,
      isCopied: this.#copiedTimer !== undefined,
      copy: () => {
        void this.#copy(isLinked ? location.href : room);
      },
    });
  }

  #controls(): TemplateResult {
    const {session} = this.#context;
    const {translate, media} = this.#context.page();
    return controlsView({
      translate,
      media,
      local: session.state.media,
      canLeave: session.state.status !== 'knocking' && session.state.status !== 'calling',
      canShare: media !== 'data' && isSeated(session.state) && canShareScreen(),
      lateButtons: this.#late.buttons(),
      isBusy: (control) => this.#busy.has(control),
      toggle: (device) => {
        this.#act(device, () => session[TOGGLES[device]]());
      },
      leave: this.#leave,
    });
  }

  #progress(): Omit<ProgressContext, 'cancel'> {
    const {translate, media, noCamera, noMicrophone, isResuming} = this.#context.page();
    const asksFor = media === 'audio' || noCamera ? 'microphone' : noMicrophone ? 'camera' : 'both';
    return {translate, asksFor, isResuming};
  }

  readonly #leave = (): void => {
    this.#act('leave', () => this.#context.session.leave());
  };

  /** One thing at a time per button; a second press while the first is under way is a slip. */
  #act(key: string, action: () => Promise<unknown>): void {
    if (this.#busy.has(key)) return;
    this.#busy.add(key);
    this.#context.host.requestUpdate();
    void this.#context.run(action).finally(() => {
      this.#busy.delete(key);
      this.#context.host.requestUpdate();
    });
  }

  async #copy(text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      clearTimeout(this.#copiedTimer);
      this.#copiedTimer = setTimeout(() => {
        this.#copiedTimer = undefined;
        this.#context.host.requestUpdate();
      }, COPIED_MS);
    } catch {
      // No clipboard outside secure contexts, or the page may not use it.
      this.#notices.add(this.#context.page().translate('copyFailed'), true);
    }
    if (isActive(this.#context.session.state)) this.#context.host.requestUpdate();
  }
}
