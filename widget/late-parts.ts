/**
 * What a call can begin without, as chunks of their own: the people, the chat, the panels beside a
 * call, and the bells. Fetched as soon as it may be needed, there when it has come. Until then the
 * button of the chat stands here for all of it; a first call in which nobody writes loads no more.
 */
import {html} from 'lit';
import type {Bells} from './bells.js';
import type {ChatDoor} from './chat-door.js';
import {CallError} from './call/call-error.js';
import {isActive} from './call/call-state.js';
import type {CallContext} from './call-surface.js';
import type {NoticeList} from './notice-list.js';
import type {PeopleUi} from './people-ui.js';
import type {SidePanel, SidePanels} from './side-panels.js';
import {chatIcon} from './views/chat-icon.js';
import {panelButton} from './views/panel-button.js';

export class LateParts {
  people: PeopleUi | null = null;
  chat: ChatDoor | null = null;
  panels: SidePanels | null = null;
  bells: Bells | null = null;
  readonly #context: CallContext;
  readonly #signal: AbortSignal;
  readonly #notices: NoticeList;
  readonly #wanted = new Set<string>();
  readonly #closedChat: SidePanel;
  /** The button was pressed before there were panels. */
  #opensChat = false;

  constructor(context: CallContext, notices: NoticeList, signal: AbortSignal) {
    this.#context = context;
    this.#notices = notices;
    this.#signal = signal;
    this.#closedChat = {
      name: 'chat',
      focus: 'textarea',
      icon: chatIcon,
      label: () => context.page().translate('chat'),
      badge: () => null,
      content: () => html`<div class="chat"><span class="spinner"></span></div>`,
    };
    const fetch = (): void => this.#fetchChat(true);
    context.session.addEventListener('chat-changed', fetch, {signal});
    context.session.addEventListener('transfers-changed', fetch, {signal});
    // There is no time to load anything between a file's being dropped and its being gone.
    context.host.addEventListener('dragenter', fetch, {signal});
  }

  /** That of the chat, from the moment at which somebody may come to be written to. */
  get chatPanel(): SidePanel | null {
    if (this.chat) return this.chat.panel;
    const {session, page} = this.#context;
    const {status} = session.state;
    const isInRoom = status === 'in-call' || status === 'waiting';
    return isInRoom && page().media !== 'data' ? this.#closedChat : null;
  }

  /** Those that open a panel. One that stays is the same node before the panels come and after. */
  buttons(): unknown {
    const {chatPanel, panels} = this;
    if (panels) return panels.buttons();
    if (!chatPanel) return chatPanel;
    const press = (): void => {
      this.#opensChat = true;
      this.#fetchChat(true);
    };
    return [panelButton(chatPanel, false, press)];
  }

  /** Also one that is only on its way. */
  closePanel(): void {
    this.#opensChat = false;
    if (this.panels) this.panels.open = null;
  }

  /** After every rendering. */
  update(isAsked: boolean): void {
    const context = this.#context;
    const signal = this.#signal;
    const {directory, media} = context.page();
    if (media === 'data') this.#fetchChat(false);
    if (this.panels?.open === 'chat') this.#fetchChat(true);
    if (directory) {
      this.#fetch(
        'people',
        () => import('./people-ui.js'),
        ({PeopleUi, SidePanels}) => {
          this.#frame(SidePanels);
          context.onChunk(PeopleUi);
          this.people = new PeopleUi(context, {
            notices: this.#notices,
            closePanel: () => this.closePanel(),
          });
        },
        (error) => context.report(error),
      );
    }
    if (directory || isAsked || context.session.state.status === 'waiting') {
      this.#fetch(
        'bells',
        () => import('./bells.js'),
        ({Bells}) => {
          this.bells = new Bells(context, signal);
        },
        // Nobody asked for them; they are tried again on the next occasion.
        () => this.#wanted.delete('bells'),
      );
    }
  }

  /** @param isAsked somebody is told if it cannot be had; else it is tried again after the next rendering */
  #fetchChat(isAsked: boolean): void {
    const context = this.#context;
    if (!isActive(context.session.state)) return;
    this.#fetch(
      'chat',
      () => import('./chat-door.js'),
      ({ChatDoor, SidePanels}) => {
        const panels = this.#frame(SidePanels);
        const surroundings = {notices: this.#notices, panels, signal: this.#signal};
        this.chat = new ChatDoor(context, this.#closedChat, surroundings);
        if (this.#opensChat) panels.open = 'chat';
      },
      (error) => {
        this.#wanted.delete('chat');
        this.#opensChat = false;
        // Left open it would ask again after every rendering.
        if (this.panels?.open === 'chat') this.panels.open = null;
        if (isAsked) context.report(error);
      },
    );
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
    onFailure: (error: CallError) => void,
  ): void {
    if (this.#wanted.has(name)) return;
    this.#wanted.add(name);
    load()
      .then((module) => {
        if (this.#signal.aborted) return;
        use(module);
        this.#context.host.requestUpdate();
      })
      .catch((cause: unknown) => onFailure(new CallError('relay-unreachable', name, {cause})));
  }
}
