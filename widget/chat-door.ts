/**
 * The place of the conversation beside a call or (`media="data"`) on its stage, and how long it
 * lives. With `chat/` a chunk of its own that the first click, word or file loads, or a call that is
 * some seconds old (`late-parts.ts`). Its files have a panel of their own as well, which is fetched when
 * it opens. Knows nothing of what is said.
 */
import {nothing} from 'lit';
import type {CallContext} from './call-surface.js';
import {CallError} from './call/call-error.js';
import {isActive} from './call/call-state.js';
import {loadChunk} from './call/load-chunk.js';
import {ChatUi} from './chat/chat-ui.js';
import type {FilesPanel} from './files-panel.js';
import type {NoticeList} from './notice-list.js';
import type {SidePanel, SidePanels} from './side-panels.js';
import {chatIcon} from './views/chat-icon.js';

export {SidePanels} from './side-panels.js';

type FilesChunk = typeof import('./files-panel.js');

const loadFilesPanel = (): Promise<FilesChunk> => loadChunk(() => import('./files-panel.js'));

export class ChatDoor {
  readonly #context: CallContext;
  readonly #notices: NoticeList;
  readonly #panels: SidePanels;
  readonly #panel: SidePanel;
  readonly #signal: AbortSignal;
  #ui: ChatUi | null = null;
  #filesPanel: FilesPanel | null = null;
  #isFetched = false;
  readonly #loadFiles: () => Promise<FilesChunk>;

  /**
   * @param signal aborted when the screens are gone
   * @param dropped files that came before there was a chat
   * @param loadFiles gets the panel of the files
   */
  constructor(
    context: CallContext,
    notices: NoticeList,
    panels: SidePanels,
    signal: AbortSignal,
    dropped: readonly File[],
    loadFiles: () => Promise<FilesChunk> = loadFilesPanel,
  ) {
    this.#loadFiles = loadFiles;
    this.#context = context;
    this.#notices = notices;
    this.#panels = panels;
    this.#signal = signal;
    this.#panel = {
      name: 'chat',
      icon: chatIcon,
      label: () => context.page().translate('chat'),
      focus: 'textarea',
      badge: () => this.#ui?.badge() ?? null,
      content: () => this.#ui?.content() ?? nothing,
    };
    const {host, session, onChunk} = context;
    onChunk(ChatUi);
    panels.files = {
      badge: () => this.#ui?.desk.badge() ?? null,
      content: () => this.#ui && this.#filesPanel?.content(this.#ui.desk),
    };
    const update = (): void => host.requestUpdate();
    session.addEventListener('chat-changed', update, {signal});
    session.addEventListener('transfers-changed', update, {signal});
    session.addEventListener(
      'status-changed',
      ({detail: {previous}}) => {
        if (previous === 'idle' || previous === 'left' || previous === 'failed') this.reset();
      },
      {signal},
    );
    for (const type of ['dragenter', 'dragover', 'dragleave', 'drop'] as const) {
      host.addEventListener(
        type,
        (event) => {
          this.#begin();
          this.#ui?.onDrag(event);
        },
        {signal},
      );
    }
    this.#begin();
    if (dropped.length > 0) this.#ui?.drop(dropped);
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
    return this.#isOnStage ? (this.#ui?.content() ?? nothing) : nothing;
  }

  dropZone(): unknown {
    return this.#ui?.dropZone();
  }

  updated(): void {
    // Not at the event itself: what it tells would be told a second time by what is there early.
    if (this.#begin()) this.#context.host.requestUpdate();
    this.#ui?.updated();
    if (this.#panels.open === 'files') this.#fetchFiles();
  }

  /** What belonged to one call is of no use to the next. */
  reset(): void {
    this.#ui?.dispose();
    this.#ui = null;
  }

  #fetchFiles(): void {
    const context = this.#context;
    const signal = this.#signal;
    if (this.#isFetched) return;
    this.#isFetched = true;
    this.#loadFiles().then(
      ({FilesPanel}) => {
        if (signal.aborted) return;
        context.onChunk(FilesPanel);
        this.#filesPanel = new FilesPanel(context, signal, () =>
          this.#panels.open === 'files' ? (this.#ui?.desk ?? null) : null,
        );
        context.host.requestUpdate();
      },
      (cause: unknown) => {
        // Tried again at the next press.
        this.#isFetched = false;
        // Whoever has closed it meanwhile, or has gone, misses nothing.
        if (signal.aborted || this.#panels.open !== 'files') return;
        context.report(new CallError('relay-unreachable', 'files-panel', {cause}));
        this.#panels.open = null;
      },
    );
  }

  /** A call without sound and pictures is a conversation, as soon as there is somebody to talk to. */
  get #isOnStage(): boolean {
    const {session, page} = this.#context;
    if (page().media !== 'data') return false;
    const {status} = session.state;
    return status === 'in-call' || (status === 'waiting' && this.#hasContent);
  }

  /** In a narrow element a panel covers the stage, and what is under it can be neither read nor heard. */
  get #isSeenOnStage(): boolean {
    if (!this.#isOnStage || !this.#panels.open) return this.#isOnStage;
    const main = this.#context.host.shadowRoot?.querySelector('.main');
    return main ? getComputedStyle(main).visibility === 'visible' : false;
  }

  /** There is something to read. */
  get #hasContent(): boolean {
    const {chat, transfers} = this.#context.session;
    return chat.length + transfers.length > 0;
  }

  /** The conversation of this call, as soon as there is one. */
  #begin(): boolean {
    const {session} = this.#context;
    if (this.#ui || this.#signal.aborted) return false;
    if (!isActive(session.state) && !this.#hasContent) return false;
    this.#ui = new ChatUi(this.#context, {
      notices: this.#notices,
      isOpen: () => this.#isSeenOnStage || this.#panels.open === 'chat',
      hasFilesButton: () => this.#panels.hasFilesButton,
      areFilesOpen: () => this.#filesPanel !== null && this.#panels.open === 'files',
    });
    return true;
  }
}
