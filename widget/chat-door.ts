/**
 * The place of the conversation beside a call or (`media="data"`) on its stage, and the loading of
 * `chat/chat-ui.ts`. A chunk of its own that the first click, word or file loads (`late-parts.ts`).
 * Knows nothing of what is said.
 */
import {nothing, type TemplateResult} from 'lit';
import type {CallContext} from './call-surface.js';
import {CallError} from './call/call-error.js';
import {isActive} from './call/call-state.js';
import type {ChatUi} from './chat/chat-ui.js';
import type {NoticeList} from './notice-list.js';
import type {SidePanel, SidePanels} from './side-panels.js';

export {SidePanels} from './side-panels.js';

export interface ChatSurroundings {
  readonly notices: NoticeList;
  readonly panels: SidePanels;
  /** Aborted when the screens are gone. */
  readonly signal: AbortSignal;
}

export class ChatDoor {
  readonly #context: CallContext;
  readonly #notices: NoticeList;
  readonly #panels: SidePanels;
  readonly #closed: SidePanel;
  readonly #panel: SidePanel;
  readonly #signal: AbortSignal;
  #ui: ChatUi | null = null;
  #isLoading = false;
  /** It could not be had; only somebody who asks for it tries again. */
  #hasFailed = false;
  /** The panel opened before there was a field in it to have the focus. */
  #owesFocus = false;

  /** @param closed what stood for its panel so far */
  constructor(
    context: CallContext,
    closed: SidePanel,
    {notices, panels, signal}: ChatSurroundings,
  ) {
    this.#context = context;
    this.#notices = notices;
    this.#panels = panels;
    this.#signal = signal;
    this.#closed = closed;
    this.#panel = {
      ...closed,
      badge: () => this.#ui?.badge() ?? null,
      content: () => this.#content(),
    };
    const {host, session} = context;
    const load = (): void => void this.#load();
    session.addEventListener('chat-changed', load, {signal});
    session.addEventListener('transfers-changed', load, {signal});
    session.addEventListener(
      'status-changed',
      ({detail: {previous}}) => {
        if (previous === 'idle' || previous === 'left' || previous === 'failed') this.reset();
      },
      {signal},
    );
    // There is no time to load anything between a file's being dropped and its being gone.
    host.addEventListener('dragenter', load, {signal});
    for (const type of ['dragenter', 'dragover', 'dragleave', 'drop'] as const) {
      host.addEventListener(type, (event) => this.#ui?.onDrag(event), {signal});
    }
    // Something has been written, dragged here or asked for already.
    load();
  }

  /** The panel, where there is something to read, or a call in which somebody may come to be written to. */
  get panel(): SidePanel | null {
    const {status} = this.#context.session.state;
    const isInRoom = status === 'in-call' || status === 'waiting';
    // On the stage there is no second one beside it.
    const isOffered = isInRoom ? this.#context.page().media !== 'data' : this.#hasContent;
    return isOffered ? this.#panel : null;
  }

  /** What stands on the stage of a call without sound and pictures. */
  stage(): unknown {
    return this.#isOnStage ? this.#content() : nothing;
  }

  dropZone(): unknown {
    return this.#ui?.dropZone();
  }

  updated(): void {
    this.#ui?.updated();
    const isShown = this.#isOnStage || this.#panels.open === 'chat';
    if (isShown && !this.#ui && !this.#hasFailed) void this.#load();
    // Closed and opened again, it is tried again.
    if (!isShown) this.#hasFailed = false;
    if (this.#ui && this.#owesFocus) this.#focus();
  }

  /** What belonged to one call is of no use to the next. */
  reset(): void {
    this.#ui?.dispose();
    this.#ui = null;
  }

  /** A call without sound and pictures is a conversation, as soon as there is somebody to talk to. */
  get #isOnStage(): boolean {
    const {session, page} = this.#context;
    if (page().media !== 'data') return false;
    const {status} = session.state;
    return status === 'in-call' || (status === 'waiting' && this.#hasContent);
  }

  /** There is something to read. */
  get #hasContent(): boolean {
    const {chat, transfers} = this.#context.session;
    return chat.length + transfers.length > 0;
  }

  get #isWanted(): boolean {
    if (this.#signal.aborted) return false;
    return isActive(this.#context.session.state) || this.#hasContent;
  }

  #content(): TemplateResult {
    return this.#ui?.content() ?? this.#closed.content();
  }

  #focus(): void {
    this.#owesFocus = false;
    const root = this.#context.host.shadowRoot;
    // Whoever has gone elsewhere meanwhile is not called back.
    if (root?.activeElement?.matches('[data-panel=chat], #panel *')) {
      root.querySelector<HTMLElement>('#panel textarea')?.focus();
    }
  }

  async #load(): Promise<void> {
    const {host, report, onChunk} = this.#context;
    if (this.#isLoading || this.#ui || !this.#isWanted) return;
    this.#isLoading = true;
    try {
      const {ChatUi} = await import('./chat/chat-ui.js');
      if (!this.#isWanted) return;
      onChunk(ChatUi);
      this.#ui = new ChatUi(this.#context, {
        notices: this.#notices,
        isOpen: () => this.#isOnStage || this.#panels.open === 'chat',
      });
      this.#owesFocus = this.#panels.open === 'chat';
      host.requestUpdate();
    } catch (cause) {
      this.#hasFailed = true;
      report(new CallError('relay-unreachable', 'The chat could not be loaded.', {cause}));
    } finally {
      this.#isLoading = false;
    }
  }
}
