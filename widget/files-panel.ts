/**
 * The files of a call in a panel of their own: all of them, the newest first, and the ways to send one
 * (chosen, dropped anywhere on the call, pasted). A chunk of its own, loaded when somebody opens it. Which
 * there are, how each is drawn and what becomes of it is the conversation's, which shows them as well.
 */
import type {TemplateResult} from 'lit';
import type {CallContext} from './call-surface.js';
import {isActive, peersOf} from './call/call-state.js';
import type {FilesDesk} from './chat/files-desk.js';
import {FILES_TEXTS} from './strings/files-texts.js';
import {filesView} from './views/files.js';
import {filesStyles} from './views/files.styles.js';

/** What takes a pasted file itself, or what is meant to be words. */
const FIELDS = 'input, textarea, [contenteditable]:not([contenteditable="false"])';

export class FilesPanel {
  static readonly styles = [filesStyles];
  static readonly texts = FILES_TEXTS;

  readonly #context: CallContext;
  readonly #desk: () => FilesDesk | null;

  /**
   * @param signal aborted when the screens are gone
   * @param desk `null` while the panel is closed
   */
  constructor(context: CallContext, signal: AbortSignal, desk: () => FilesDesk | null) {
    this.#context = context;
    this.#desk = desk;
    // On all of it: where nothing has the focus that can be written in, a browser names what has it.
    context.host.addEventListener('paste', (event) => this.#onPaste(event), {signal});
  }

  content(desk: FilesDesk): TemplateResult {
    const {session, page} = this.#context;
    const {translate: t} = page();
    const problem = this.#canSend ? '' : t('nobodyToWrite');
    return filesView({
      translate: t,
      items: desk.items.toReversed(),
      itemView: (item) => desk.view(item),
      unsent: desk.unsent(),
      problem,
      chooser: isActive(session.state) ? desk.chooser(problem ? 'files-problem' : '') : null,
      said: desk.said,
    });
  }

  get #canSend(): boolean {
    const {state} = this.#context.session;
    return isActive(state) && peersOf(state).length > 0;
  }

  #onPaste(event: ClipboardEvent): void {
    const files = [...(event.clipboardData?.files ?? [])];
    const desk = this.#desk();
    if (!desk || files.length === 0 || event.defaultPrevented || !this.#canSend) return;
    const [target] = event.composedPath();
    if (target instanceof Element && target.closest(FIELDS)) return;
    event.preventDefault();
    desk.send(files);
  }
}
