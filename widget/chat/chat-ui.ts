/**
 * The conversation of one call, as its people see it: what was said and sent, what is being written,
 * what is new. It remembers what is unfolded, half written and could not be sent; what was said is
 * the session's. Where it stands, in a panel or in place of the stage, is decided outside.
 */
import {html, nothing, type TemplateResult} from 'lit';
import {repeat} from 'lit/directives/repeat.js';
import type {CallContext} from '../call-surface.js';
import {isActive, peersOf} from '../call/call-state.js';
import type {ChatMessage} from '../call/talk-state.js';
import type {NoticeList} from '../notice-list.js';
import type {Badge} from '../side-panels.js';
import {CHAT_TEXTS} from '../strings/chat-texts.js';
import {CallFiles} from './call-files.js';
import {downIcon} from './chat-icons.js';
import {ChatNews, newsBadge} from './chat-news.js';
import {chatStyles} from './chat.styles.js';
import {Composer} from './composer.js';
import {composerStyles} from './composer.styles.js';
import {draftView, liveSwitch} from './draft-view.js';
import {DropZone} from './drop-zone.js';
import {groupsOf, type Entry} from './entries.js';
import {FilesDesk} from './files-desk.js';
import {fileStyles} from './file.styles.js';
import {Formats} from './formats.js';
import {groupView} from './group-view.js';
import {LogScroll} from './log-scroll.js';
import {messageView} from './message-view.js';
import {Outbox, reasonValues} from './outbox.js';
import {typingLine} from './typing-line.js';

/** What the conversation needs to know of where it stands. */
export interface ChatPlace {
  readonly notices: NoticeList;
  /** Somebody can read it right now. */
  isOpen(): boolean;
  /** Or has its files before them, in their own panel. */
  areFilesOpen(): boolean;
  /** Their panel has a button, which tells of what is new of them. */
  hasFilesButton(): boolean;
}

export class ChatUi {
  static readonly styles = [chatStyles, composerStyles, fileStyles];
  static readonly texts = CHAT_TEXTS;

  readonly #context: CallContext;
  readonly #place: ChatPlace;
  readonly #lifetime = new AbortController();
  /** Of its files, for their own panel. */
  readonly desk: FilesDesk;
  readonly #files: CallFiles;
  readonly #scroll: LogScroll;
  readonly #composer: Composer;
  readonly #outbox: Outbox;
  readonly #news: ChatNews;
  readonly #unfolded = new Set<string>();
  #formats: Formats | null = null;
  readonly #drops: DropZone;
  #wasOpen = false;
  #wasLive: boolean;

  constructor(context: CallContext, place: ChatPlace) {
    this.#context = context;
    this.#place = place;
    this.#wasLive = context.host.liveTyping;
    this.#files = new CallFiles(context, {
      formats: () => this.#format,
      send: (file) => this.#outbox.send(file),
      onChange: this.#update,
    });
    this.#scroll = new LogScroll(this.#update);
    this.#drops = new DropZone({
      onFiles: this.#sendFiles,
      onFolder: () => place.notices.add(context.page().translate('folder'), true),
      onChange: this.#update,
    });
    this.#composer = new Composer({
      onText: (text) => this.#outbox.send(text),
      onFiles: this.#sendFiles,
      onTyping: (isTyping, text) => {
        const isShown = isTyping && context.host.liveTyping && text.trim() !== '';
        context.session.setTyping(isShown ? text : isTyping);
      },
      onChange: this.#update,
    });
    this.#news = new ChatNews({
      isOpen: () => place.isOpen(),
      areFilesOpen: () => place.areFilesOpen(),
      translate: () => context.page().translate,
      formats: () => this.#format,
      notice: (text) => {
        place.notices.add(text);
        const id = place.notices.notices.at(-1)?.id ?? 0;
        return () => place.notices.dismiss(id);
      },
      onChange: this.#update,
    });
    this.#outbox = new Outbox({
      session: context.session,
      onFile: (file, isExpected) => this.#files.expect(file, isExpected),
      onSent: () => this.#scroll.toEnd(),
      onUnsent: (reason, what) => {
        const values = reasonValues(this.#format);
        if (typeof what === 'string') this.#news.say(reason, values);
        else this.#news.sayOfFile(reason, values);
        this.#scroll.toEnd();
      },
      onChange: this.#update,
    });
    this.desk = new FilesDesk({
      files: this.#files,
      outbox: this.#outbox,
      news: this.#news,
      formats: () => this.#format,
      translate: () => context.page().translate,
      send: this.#sendFiles,
    });
    this.#listen();
  }

  /** What its button says; `null`: nothing is unread. */
  badge(): Badge | null {
    const {unread, unseenFiles} = this.#news;
    const count = this.#place.hasFilesButton() ? unread - unseenFiles : unread;
    return newsBadge(this.#context.page().translate, 'unread', count);
  }

  content(): TemplateResult {
    const {session, host} = this.#context;
    const t = this.#context.page().translate;
    const {drafts} = session;
    const groups = groupsOf(session.chat, this.#files.items, drafts);
    const peers = peersOf(session.state);
    // What somebody lets be seen says by itself that they are typing.
    const typing = session.typing.filter((id) => !drafts.some(({from}) => from === id));
    const isEmpty = groups.length === 0 && this.#outbox.unsent.length === 0;
    return html`<div part="chat" class="chat">
      <div
        part="messages"
        class="log"
        role="log"
        aria-live="off"
        aria-label=${t('conversation')}
        tabindex="0"
        @scroll=${this.#scroll.onScroll}
      >
        <div class="log-content">
          ${isEmpty ? html`<p part="text" class="chat-empty">${t('chatEmpty')}</p>` : nothing}
          ${repeat(
            groups,
            ({key}) => key,
            (group) => groupView(group, t, this.#format, this.#entry),
          )}
          ${this.#outbox.view(t, this.#format)}
        </div>
      </div>
      <div class="chat-foot">
        ${
          this.#scroll.hasNews
            ? html`<button
                part="button button-new-messages"
                class="button new-messages"
                type="button"
                @click=${() => this.#scroll.toEnd()}
              >
                ${downIcon} ${t('newMessages')}
              </button>`
            : nothing
        }
        <p part="typing" class="typing" dir="auto">${typingLine(typing, peers, t)}</p>
        ${
          isActive(session.state)
            ? [
                this.#composer.view(t, peers.length > 0 ? '' : t('nobodyToWrite')),
                liveSwitch(t, host),
              ]
            : html`<p part="hint" class="call-over">${t('callIsOver')}</p>`
        }
      </div>
      <div class="visually-hidden" role="status" aria-atomic="false">
        ${repeat(
          this.#news.saidIn('chat'),
          ({key}) => key,
          ({text}) => html`<p>${text}</p>`,
        )}
      </div>
    </div>`;
  }

  dropZone(): unknown {
    const {session, page} = this.#context;
    return this.#drops.view(page().translate, peersOf(session.state).length > 0);
  }

  onDrag(event: DragEvent): void {
    const {session} = this.#context;
    if (isActive(session.state)) this.#drops.on(event, peersOf(session.state).length > 0);
  }

  /** Takes what was dropped before there was a zone for it. */
  drop(files: readonly File[]): void {
    const {session, page} = this.#context;
    if (peersOf(session.state).length > 0) this.#sendFiles(files);
    else this.#place.notices.add(page().translate('nobodyToWrite'), true);
  }

  /** After every rendering. */
  updated(): void {
    const root = this.#context.host.shadowRoot;
    const isOpen = this.#place.isOpen();
    this.#news.settle();
    const {liveTyping} = this.#context.host;
    if (this.#wasOpen && !isOpen) this.#composer.hide();
    else if (isOpen && this.#wasLive !== liveTyping) this.#composer.retell();
    this.#wasOpen = isOpen;
    this.#wasLive = liveTyping;
    this.#scroll.observe(root?.querySelector('.chat .log') ?? null);
    this.#files.updated();
  }

  dispose(): void {
    this.#lifetime.abort();
    this.#news.dispose();
    this.#files.dispose();
    this.#scroll.dispose();
  }

  readonly #update = (): void => {
    this.#context.host.requestUpdate();
  };

  readonly #sendFiles = (files: readonly File[]): void => {
    for (const file of files) this.#outbox.send(file);
  };

  get #format(): Formats {
    const {locale} = this.#context.page().translate.language;
    if (this.#formats?.locale !== locale) this.#formats = null;
    return (this.#formats ??= new Formats(locale));
  }

  readonly #entry = (entry: Entry): TemplateResult => {
    const {translate} = this.#context.page();
    if (entry.kind === 'file') return this.#files.view(entry.item);
    if (entry.kind === 'draft') return draftView(entry.draft.text, translate);
    const {key, message} = entry;
    const isUnfolded = this.#unfolded.has(key);
    return messageView(message, {
      translate,
      isUnfolded,
      toggle: () => {
        if (isUnfolded) this.#unfolded.delete(key);
        else this.#unfolded.add(key);
        this.#update();
      },
    });
  };

  #listen(): void {
    const {session} = this.#context;
    const {signal} = this.#lifetime;
    const onMessage = (message: ChatMessage): void => {
      this.#news.onMessage(message);
      this.#scroll.noteNews();
    };
    const onTransfers = (): void => {
      const news = this.#files.update();
      // What the end of the call ended is not told one by one.
      this.#news.onFiles(isActive(session.state) ? news : {began: [], ended: []});
      if (news.began.some(({from}) => from !== null)) this.#scroll.noteNews();
      this.#update();
    };
    session.addEventListener(
      'chat-changed',
      ({detail}) => {
        this.#news.onDrafts(detail.drafts);
        this.#update();
      },
      {signal},
    );
    session.addEventListener('chat-received', ({detail}) => onMessage(detail.message), {signal});
    session.addEventListener('transfers-changed', onTransfers, {signal});
    // What came before there was anything to show it. Whoever has opened it has all of it before them.
    const early = this.#place.isOpen() ? [] : session.chat;
    for (const message of early) if (message.from !== null) onMessage(message);
    onTransfers();
  }
}
