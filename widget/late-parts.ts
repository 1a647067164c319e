/**
 * What a call can begin without, as chunks of their own: what lies over the screen, the people, the chat, the panels beside
 * a call, the bells, and what is noticed of the devices. Fetched as soon as it may be needed, there when it has come. Until
 * then the button of the chat stands here for all of it; a first call in which nobody writes loads no more.
 */
import type {Bells} from './bells.js';
import type {CallTools} from './call-tools.js';
import type {ChatDoor} from './chat-door.js';
import type {CallError} from './call/call-error.js';
import {isActive, peersOf, type Invitation} from './call/call-state.js';
import {FIRST_PICTURE_MS} from './call/first-picture.js';
import {isLive, isScreenShared, isSeated} from './call/state-questions.js';
import type {CallContext} from './call-surface.js';
import type {DeviceChange} from './call/device-change.js';
import type {DevicePanel} from './device-panel.js';
import type {DeviceUi} from './device-ui.js';
import {EarlyDrops} from './early-drops.js';
import {LateChunks} from './late-chunks.js';
import type {OverlayUi} from './overlay-ui.js';
import type {PeopleUi} from './people-ui.js';
import type {SharedParts} from './shared-parts.js';
import type {PanelName, SidePanel, SidePanels} from './side-panels.js';
import {chatIcon} from './views/chat-icon.js';
import {devicesIcon} from './views/devices-icon.js';
import {panelButtons} from './views/panel-button.js';

/** What can wait longer than what is done with pictures: until those have their full size. */
const CALM_FACTOR = 8;

export class LateParts {
  /** What is done with pictures waits until there can be one. A test need not. */
  static patienceMs = FIRST_PICTURE_MS;

  overlay: OverlayUi | null = null;
  people: PeopleUi | null = null;
  chat: ChatDoor | null = null;
  panels: SidePanels | null = null;
  bells: Bells | null = null;
  devices: DeviceUi | null = null;
  tools: CallTools | null = null;
  deviceDoor: DevicePanel | null = null;
  readonly #context: CallContext;
  readonly #shared: SharedParts;
  readonly #chunks: LateChunks;
  /** The first moments of a call are over. */
  #isCalm = false;
  /** When it was drawn last one waited alone, and nothing was asked or told: what comes then need not be drawn. */
  #isQuiet = false;
  /** Its button was pressed before there were panels. */
  #opening: PanelName | null = null;
  /** Before there was anything that could tell of them. */
  #errors: CallError[] = [];
  #changes: DeviceChange[] = [];
  readonly #drops: EarlyDrops;

  constructor(context: CallContext, shared: SharedParts) {
    this.#context = context;
    this.#shared = shared;
    const {signal} = shared;
    const {session} = context;
    session.addEventListener('chat-changed', this.#fetchChat, {signal});
    session.addEventListener('transfers-changed', this.#fetchChat, {signal});
    session.addEventListener('device-changed', this.#onDevice, {signal});
    this.#chunks = new LateChunks(context.host, signal);
    this.#drops = new EarlyDrops(
      context.host,
      () => !this.chat && isActive(session.state),
      this.#fetchChat,
      signal,
    );
  }

  /** That of the chat, from the moment at which somebody may come to be written to. */
  get chatPanel(): SidePanel | null {
    return this.chat ? this.chat.panel : this.#closed('chat', chatIcon);
  }

  /** That of the devices, in a call that has some. */
  get devicePanel(): SidePanel | null {
    const closed = this.#closed('devices', devicesIcon);
    return closed && (this.deviceDoor?.panel ?? closed);
  }

  /** What stands for a panel until its chunk has come, in a call with sound or pictures. */
  #closed(name: PanelName, icon: SidePanel['icon']): SidePanel | null {
    const {translate, media} = this.#context.page();
    if (media === 'data' || !isSeated(this.#context.session.state)) return null;
    return {name, icon, label: () => translate(name)};
  }

  /** Those that open a panel. One that stays is the same node before the panels come and after. */
  buttons(): unknown {
    const {chatPanel, devicePanel, panels} = this;
    if (panels) return panels.buttons();
    // Where the panels have others, too.
    return panelButtons([null, chatPanel, null, devicePanel], null, ({name}) => {
      this.#opening = name;
      // The frame may have come since this button was drawn.
      this.#openPressed(name);
      this.#fetchOpen(name);
    });
  }

  /** Also one that is only on its way. */
  readonly closePanel = (): void => {
    this.#opening = null;
    if (this.panels) this.panels.open = null;
  };

  /** Nothing of one call is for another. */
  reset(): void {
    this.#drops.files = [];
    this.#errors = [];
    this.#changes = [];
    this.closePanel();
  }

  showError(error: CallError): void {
    this.#errors.push(error);
    this.#context.host.requestUpdate();
  }

  /** After every rendering. @param prompted those that the person is asked about */
  updated(prompted: readonly Invitation[]): void {
    const {overlay, devices, tools, panels, chat, deviceDoor, people, bells} = this;
    [overlay, devices, tools, panels, chat, deviceDoor, people, bells].forEach((part) =>
      part?.updated(prompted),
    );
    const {directory, media} = this.#context.page();
    const {state} = this.#context.session;
    if (media === 'data') this.#fetchChat();
    this.#fetchOpen(panels?.open);
    if (directory) this.#fetchPeople();
    const {screenSharing, cameraProblem, microphoneProblem} = state.media;
    const mayBeAsked = directory || prompted[0] || state.status === 'waiting';
    const isConnected = peersOf(state).some(isLive);
    // Whoever is connected may be joined, or left: that is told when the first moments are over.
    const isCalm = devices || (isConnected && media === 'data');
    const notice = this.#shared.notices.notices[0];
    // A problem has a mark, too, which stays on its button.
    const isTold = this.#errors[0] || notice || cameraProblem || microphoneProblem;
    this.#isQuiet = state.status === 'waiting' && !prompted[0] && !isTold;
    if (overlay) this.#errors.splice(0).forEach((error) => void overlay.showError(error));
    else if (mayBeAsked || isCalm || isTold) this.#fetchOverlay();
    if (mayBeAsked) this.#fetchBells();
    if (media !== 'data' && (screenSharing || isConnected || this.#changes[0]))
      this.#fetchDeviceUi();
    if (devices && (this.#isCalm || isScreenShared(state))) this.#fetchTools(devices);
  }

  readonly #onDevice = ({detail}: CustomEvent<DeviceChange>): void => {
    if (this.devices) return this.devices.changed(detail);
    // Which loudspeaker it is, is read anew; whoever chooses is told of nothing.
    if (detail.reason === 'chosen') return;
    this.#changes.push(detail);
    this.#context.host.requestUpdate();
  };

  #fetchPeople(): void {
    const context = this.#context;
    this.#chunks.fetch(
      'people',
      () => import('./people-ui.js'),
      ({PeopleUi, SidePanels}) => {
        this.#frame(SidePanels);
        context.onChunk(PeopleUi);
        const {notices} = this.#shared;
        this.people = new PeopleUi(context, {notices, closePanel: this.closePanel});
      },
      context.report,
    );
  }

  #fetchOverlay(): void {
    this.#chunks.fetch(
      'overlay',
      () => import('./overlay-ui.js'),
      ({OverlayUi}) => {
        this.#context.onChunk(OverlayUi);
        const {notices, onAccept, signal} = this.#shared;
        this.overlay = new OverlayUi(this.#context, notices, onAccept, signal);
        if (this.#isQuiet) this.overlay.updated([]);
        return !this.#isQuiet;
      },
    );
  }

  #fetchBells(): void {
    this.#chunks.fetch(
      'bells',
      () => import('./bells.js'),
      ({Bells}) => {
        this.bells = new Bells(this.#context, this.#shared.signal);
        return !this.#isQuiet;
      },
    );
  }

  #fetchDeviceUi(): void {
    const {patienceMs} = LateParts;
    this.#chunks.fetch(
      'devices',
      async () => {
        if (patienceMs) await new Promise((resolve) => setTimeout(resolve, patienceMs));
        return import('./device-ui.js');
      },
      ({DeviceUi}) => {
        this.#context.onChunk(DeviceUi);
        this.devices = new DeviceUi(this.#context, this.#shared);
        this.#changes.splice(0).forEach((change) => this.devices?.changed(change));
        const calm = setTimeout(() => {
          this.#isCalm = true;
          this.#context.host.requestUpdate();
        }, CALM_FACTOR * patienceMs);
        this.#shared.signal.addEventListener('abort', () => clearTimeout(calm), {once: true});
      },
    );
  }

  #fetchTools({stage}: DeviceUi): void {
    this.#chunks.fetch(
      'tools',
      () => import('./call-tools.js'),
      ({CallTools, SidePanels}) => {
        this.#frame(SidePanels);
        this.#context.onChunk(CallTools);
        this.tools = new CallTools(this.#context, stage, this.#shared);
      },
    );
  }

  /** Whoever has opened it is told if it cannot be had; it is tried again on the next occasion. */
  readonly #fetchChat = (): void => {
    const context = this.#context;
    if (!isActive(context.session.state)) return;
    this.#chunks.fetch(
      'chat',
      () => import('./chat-door.js'),
      ({ChatDoor, SidePanels}) => {
        const panels = this.#frame(SidePanels);
        // Before there is one: what is open when it comes is read, not told of.
        this.#openPressed('chat');
        const {notices, signal} = this.#shared;
        this.chat = new ChatDoor(context, notices, panels, signal, this.#drops.files);
      },
      (error) => {
        if (this.#drops.files[0] || this.#isWanted('chat') || this.#isWanted('files'))
          this.#fail(error);
      },
    );
  };

  #fetchDevices(): void {
    this.#chunks.fetch(
      'device-panel',
      () => import('./device-panel.js'),
      ({DevicePanel, SidePanels}) => {
        const panels = this.#frame(SidePanels);
        this.#openPressed('devices');
        this.deviceDoor = new DevicePanel(this.#context, panels, this.#shared.signal);
      },
      (error) => {
        if (this.#isWanted('devices')) this.#fail(error);
      },
    );
  }

  #fetchOpen(name: PanelName | null | undefined): void {
    // Which has the files, too.
    if (name === 'chat' || name === 'files') this.#fetchChat();
    if (name === 'devices') this.#fetchDevices();
  }

  #isWanted(name: PanelName): boolean {
    return this.#opening === name || this.panels?.open === name;
  }

  /** As soon as there is a frame to open it in. */
  #openPressed(name: PanelName): void {
    if (this.#opening !== name || !this.panels) return;
    this.#opening = null;
    this.panels.open = name;
  }

  #fail(error: CallError): void {
    this.#drops.files = [];
    this.#context.report(error);
    // Left open it would ask again after every rendering.
    this.closePanel();
  }

  #frame(Panels: typeof SidePanels): SidePanels {
    if (this.panels) return this.panels;
    this.#context.onChunk(Panels);
    return (this.panels = new Panels(this.#context));
  }
}
