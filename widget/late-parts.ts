/**
 * What a call can begin without, as chunks of their own: what lies over the screen, the people, the chat, the panels beside
 * a call, the bells, and what is noticed of the devices. Fetched as soon as it may be needed, there when it has come. Until
 * then the button of the chat stands here for all of it; a first call in which nobody writes loads no more.
 */
import type {Bells} from './bells.js';
import type {ChatDoor} from './chat-door.js';
import {CallError} from './call/call-error.js';
import {isActive, peersOf, type Invitation} from './call/call-state.js';
import {FIRST_PICTURE_MS} from './call/first-picture.js';
import {loadChunk} from './call/load-chunk.js';
import {isLive, isSeated} from './call/state-questions.js';
import type {CallContext, CallScreens} from './call-surface.js';
import type {DeviceChange} from './call/device-change.js';
import type {DevicePanel} from './device-panel.js';
import type {DeviceUi} from './device-ui.js';
import type {NoticeList} from './notice-list.js';
import type {OverlayUi} from './overlay-ui.js';
import type {PeopleUi} from './people-ui.js';
import type {PanelName, SidePanel, SidePanels} from './side-panels.js';
import type {SoundGate} from './sound-gate.js';
import {chatIcon} from './views/chat-icon.js';
import {devicesIcon} from './views/devices-icon.js';
import {panelButton} from './views/panel-button.js';

/** What the screens have from the first, and share with what comes. */
export interface SharedParts {
  readonly notices: NoticeList;
  readonly sound: SoundGate;
  /** The button was, and what that has begun is under way. */
  readonly isSharePressed: () => boolean;
  /** Which are drawn once more in the call's own window. */
  readonly screens: CallScreens;
  readonly onAccept: (kind: Invitation['kind']) => void;
  /** Aborted when the screens are gone. */
  readonly signal: AbortSignal;
}

export class LateParts {
  /** What is done with pictures waits until there can be one. A test need not. */
  static patienceMs = FIRST_PICTURE_MS;

  overlay: OverlayUi | null = null;
  people: PeopleUi | null = null;
  chat: ChatDoor | null = null;
  panels: SidePanels | null = null;
  bells: Bells | null = null;
  devices: DeviceUi | null = null;
  deviceDoor: DevicePanel | null = null;
  readonly #context: CallContext;
  readonly #shared: SharedParts;
  readonly #wanted = new Set<string>();
  /** Its button was pressed before there were panels. */
  #opening: PanelName | null = null;
  /** Before there was anything that could tell of them. */
  #errors: CallError[] = [];
  #changes: DeviceChange[] = [];
  /** Before there was a chat: there is no time to load anything between a drop and the files' being gone. */
  #dropped: File[] = [];

  constructor(context: CallContext, shared: SharedParts) {
    this.#context = context;
    this.#shared = shared;
    const {signal} = shared;
    const {session, host} = context;
    session.addEventListener('chat-changed', this.#fetchChat, {signal});
    session.addEventListener('transfers-changed', this.#fetchChat, {signal});
    session.addEventListener('device-changed', this.#onDevice, {signal});
    host.addEventListener('dragover', this.#onDrag, {signal});
    host.addEventListener('drop', this.#onDrag, {signal});
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
    return [null, chatPanel, null, devicePanel].map(
      (panel) =>
        panel &&
        panelButton(panel, false, () => {
          this.#opening = panel.name;
          // The frame may have come since this button was drawn.
          this.#openPressed(panel.name);
          this.#fetchOpen(panel.name);
        }),
    );
  }

  /** Also one that is only on its way. */
  readonly closePanel = (): void => {
    this.#opening = null;
    if (this.panels) this.panels.open = null;
  };

  /** Nothing of one call is for another. */
  reset(): void {
    this.#dropped = [];
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
    const {overlay, devices, panels, chat, deviceDoor, people, bells} = this;
    for (const part of [overlay, devices, panels, chat, deviceDoor, people, bells])
      part?.updated(prompted);
    const context = this.#context;
    const {notices, onAccept, signal} = this.#shared;
    const {directory, media} = context.page();
    if (media === 'data') this.#fetchChat();
    this.#fetchOpen(panels?.open);
    if (directory) {
      this.#fetch(
        'people',
        () => import('./people-ui.js'),
        ({PeopleUi, SidePanels}) => {
          this.#frame(SidePanels);
          context.onChunk(PeopleUi);
          this.people = new PeopleUi(context, {notices, closePanel: this.closePanel});
        },
        context.report,
      );
    }
    const {state} = context.session;
    const {screenSharing, cameraProblem, microphoneProblem} = state.media;
    const mayBeAsked = directory || prompted[0] || state.status === 'waiting';
    const isConnected = peersOf(state).some(isLive);
    // Whoever is connected may be joined, or left: that is told when the first moments are over.
    const isCalm = devices || (isConnected && media === 'data');
    // A problem has a mark, too, which stays on its button.
    const isTold = this.#errors[0] || notices.notices[0] || cameraProblem || microphoneProblem;
    if (overlay) for (const error of this.#errors.splice(0)) void overlay.showError(error);
    else if (mayBeAsked || isCalm || isTold) {
      this.#fetch(
        'overlay',
        () => import('./overlay-ui.js'),
        ({OverlayUi}) => {
          context.onChunk(OverlayUi);
          this.overlay = new OverlayUi(context, notices, onAccept, signal);
        },
      );
    }
    if (mayBeAsked) {
      this.#fetch(
        'bells',
        () => import('./bells.js'),
        ({Bells}) => void (this.bells = new Bells(context, signal)),
      );
    }
    if (media !== 'data' && (screenSharing || isConnected || this.#changes[0])) {
      this.#fetch(
        'devices',
        async () => {
          const {patienceMs} = LateParts;
          if (patienceMs) await new Promise((resolve) => setTimeout(resolve, patienceMs));
          return import('./device-ui.js');
        },
        ({DeviceUi, SidePanels}) => {
          this.#frame(SidePanels);
          context.onChunk(DeviceUi);
          this.devices = new DeviceUi(context, this.#shared);
          for (const change of this.#changes.splice(0)) this.devices.changed(change);
        },
      );
    }
  }

  readonly #onDevice = ({detail}: CustomEvent<DeviceChange>): void => {
    if (this.devices) return this.devices.changed(detail);
    // Which loudspeaker it is, is read anew; whoever chooses is told of nothing.
    if (detail.reason !== 'chosen') this.#changes.push(detail);
    this.#context.host.requestUpdate();
  };

  readonly #onDrag = (event: DragEvent): void => {
    const {dataTransfer} = event;
    if (!dataTransfer?.types.includes('Files') || event.defaultPrevented) return;
    if (this.chat || !isActive(this.#context.session.state)) return;
    // Where nothing takes it, the browser opens a dropped file in place of the call.
    event.preventDefault();
    if (event.type === 'drop') this.#dropped.push(...dataTransfer.files);
    this.#fetchChat();
  };

  /** Whoever has opened it is told if it cannot be had; it is tried again on the next occasion. */
  readonly #fetchChat = (): void => {
    const context = this.#context;
    if (!isActive(context.session.state)) return;
    this.#fetch(
      'chat',
      () => import('./chat-door.js'),
      ({ChatDoor, SidePanels}) => {
        const panels = this.#frame(SidePanels);
        // Before there is one: what is open when it comes is read, not told of.
        this.#openPressed('chat');
        const {notices, signal} = this.#shared;
        this.chat = new ChatDoor(context, notices, panels, signal, this.#dropped);
      },
      (error) => {
        if (this.#dropped[0] || this.#isWanted('chat') || this.#isWanted('files'))
          this.#fail(error);
      },
    );
  };

  #fetchDevices(): void {
    const context = this.#context;
    this.#fetch(
      'device-panel',
      () => import('./device-panel.js'),
      ({DevicePanel, SidePanels}) => {
        const panels = this.#frame(SidePanels);
        this.#openPressed('devices');
        this.deviceDoor = new DevicePanel(context, panels, this.#shared.signal);
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
    this.#dropped = [];
    this.#context.report(error);
    // Left open it would ask again after every rendering.
    this.closePanel();
  }

  #frame(Panels: typeof SidePanels): SidePanels {
    if (this.panels === null) {
      this.#context.onChunk(Panels);
      this.panels = new Panels(this.#context);
    }
    return this.panels;
  }

  #fetch<Module>(
    name: string,
    load: () => Promise<Module>,
    use: (module: Module) => void,
    onFailure?: (error: CallError) => unknown,
  ): void {
    if (this.#wanted.has(name)) return;
    this.#wanted.add(name);
    loadChunk(load)
      .then((module) => {
        if (this.#shared.signal.aborted) return;
        use(module);
        this.#context.host.requestUpdate();
      })
      .catch((cause: unknown) => {
        // Whoever is told may be shown it, which asks for the people again.
        if (name !== 'people') this.#wanted.delete(name);
        onFailure?.(new CallError('relay-unreachable', name, {cause}));
      });
  }
}
