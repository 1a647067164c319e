/**
 * Which panel is open beside the call, the buttons that open them, and where the focus goes when one
 * opens and closes. What a panel shows is its own business; one at a time is open.
 */
import {html, nothing, type TemplateResult} from 'lit';
import {isActive, peersOf} from './call/call-state.js';
import type {CallContext} from './call-surface.js';
import {isFocusLost} from './focus.js';
import {PANEL_TEXTS} from './strings/panel-texts.js';
import {isChosen} from './views/controls.js';
import {filesIcon} from './views/files-icon.js';
import {panelButtons} from './views/panel-button.js';
import {panelView} from './views/panel.js';
import {panelStyles} from './views/panel.styles.js';

export type PanelName = 'people' | 'chat' | 'files' | 'devices';

export interface Badge {
  readonly text: string;
  readonly label: string;
  /** Something to look at, not a mere number. */
  readonly isNews?: boolean;
}

/** One of them, as the frame sees it. */
export interface SidePanel {
  readonly name: PanelName;
  /** Of its button, and its heading. */
  label(): string;
  readonly icon: TemplateResult;
  /** On its button, and in words for those who do not see it; `null`: nothing to tell. */
  readonly badge?: () => Badge | null;
  /** It is reached from another alone. */
  readonly hasNoButton?: boolean;
  /** Absent while it is on its way. */
  readonly content?: () => unknown;
  /** What has the focus when it opens, as soon as it is there; the heading until then, and by default. */
  readonly focus?: string;
}

type Offered = SidePanel | null | undefined;

export class SidePanels {
  static readonly styles = [panelStyles];
  static readonly texts = PANEL_TEXTS;

  /** What the chat, once it has come, has to show of the files. */
  files: Pick<SidePanel, 'badge' | 'content'> = {};
  readonly #context: CallContext;
  /** In the order of their buttons, each in a place of its own. */
  #panels: readonly Offered[] = [];
  #open: PanelName | null = null;
  /** The panel that was there after the last rendering. */
  #shown: PanelName | null = null;
  /** It opened before there was what is to have the focus. */
  #owesFocus = false;
  /** The focus was in it when the rendering under way began. */
  #hadFocus = false;

  constructor(context: CallContext) {
    this.#context = context;
  }

  /** The one that is open. */
  get open(): PanelName | null {
    return this.#open;
  }

  set open(name: PanelName | null) {
    this.#open = name;
    this.#context.host.requestUpdate();
  }

  /** What is new of the files has a button of its own. */
  get hasFilesButton(): boolean {
    const panel = this.#filesPanel;
    return panel !== null && !panel.hasNoButton;
  }

  /** Those that there are at the moment. To be called before every rendering. */
  offer(people: Offered, chat: Offered, devices: Offered): void {
    this.#panels = [people, chat, this.#filesPanel, devices];
    if (!this.#opened) this.#open = null;
    this.#hadFocus = Boolean(this.#context.host.shadowRoot?.activeElement?.closest('#panel'));
  }

  buttons(): unknown {
    return panelButtons(this.#panels, this.#open, ({name}) => {
      this.open = name === this.#open ? null : name;
    });
  }

  /** The buttons at rest, where there is no bar of controls. */
  bar(): TemplateResult {
    return html`<div class="panel-bar">${this.buttons()}</div>`;
  }

  render(): unknown {
    const {translate} = this.#context.page();
    const close = (): void => {
      this.open = null;
    };
    return this.#panels.map((panel) =>
      panel && panel.name === this.#open
        ? panelView(panel, translate, close, panel.name === 'chat' ? this.#wayToFiles() : nothing)
        : nothing,
    );
  }

  updated(): void {
    const before = this.#shown;
    this.#shown = this.#open;
    const {host} = this.#context;
    const root = host.shadowRoot;
    const buttonOf = (name: PanelName | undefined): HTMLElement | null | undefined =>
      root?.querySelector<HTMLElement>(`[data-panel='${name ?? ''}']`);
    if (root) markCrowd(root);
    const opened = this.#opened;
    if (!opened) {
      // Whoever went elsewhere meanwhile is not called back.
      if (before && isFocusLost(host)) {
        const [back] = [before, 'chat' as const].filter((name) =>
          buttonOf(name)?.checkVisibility(),
        );
        buttonOf(back)?.focus();
      }
      return;
    }
    const inside = (selector = 'h2'): HTMLElement | null | undefined =>
      root?.querySelector<HTMLElement>(`#panel ${selector}`);
    const first = opened.focus ? inside(opened.focus) : null;
    const isNew = before !== this.#open;
    if (isNew) {
      this.#owesFocus = opened.focus !== undefined || !opened.content;
      (first ?? inside())?.focus();
    } else if (isFocusLost(host) && (this.#hadFocus || this.#owesFocus)) {
      // What had it in here is gone. The stage, to which it would go else, may be covered.
      (first ?? inside('[role=log]') ?? inside())?.focus();
    } else if (this.#owesFocus && first && root?.activeElement === inside()) {
      first.focus();
    }
    if (first) this.#owesFocus = false;
  }

  get #opened(): Offered {
    return this.#panels.find((panel) => panel?.name === this.#open);
  }

  /**
   * That of the files: in a call as soon as there is somebody to send one to, after it for what was sent.
   * The head of the chat, which has the files as well, leads there. In a call the bar has a button for it
   * only from the beginning, so that none moves under a pointer: where the page has asked for it by name
   * (`controls`), and where the chat is on the stage and has no head.
   */
  get #filesPanel(): SidePanel | null {
    const {session, host, page} = this.#context;
    if (!isChosen(host, 'files')) return null;
    const {state, transfers} = session;
    const isEmpty = transfers.length === 0;
    const isLive = isActive(state);
    const isLasting = typeof host.controls === 'string' || page().media === 'data';
    if (isEmpty && !(isLive && (isLasting || peersOf(state).length > 0))) return null;
    return {
      ...this.files,
      name: 'files',
      icon: filesIcon,
      label: () => page().translate('files'),
      hasNoButton: isLive && !isLasting,
    };
  }

  #wayToFiles(): unknown {
    if (!this.#panels.some((panel) => panel?.name === 'files')) return nothing;
    const label = this.#context.page().translate('filesOfCall');
    return html`<button
      part="button button-to-files"
      class="button close"
      type="button"
      title=${label}
      @click=${() => {
        this.open = 'files';
      }}
    >
      ${filesIcon}<span class="visually-hidden">${label}</span>
    </button>`;
  }
}

/**
 * With that of the files, which the page has asked for, there may be more buttons than one row has room
 * for: then Leave gives up its words. Past every rendering, for which there are is known only then.
 */
function markCrowd(root: ShadowRoot): void {
  const leave = root.querySelector<HTMLElement>('.controls > .leave');
  if (!leave) return;
  const drawn = [...root.querySelectorAll<HTMLElement>('.controls > .control')].filter(
    ({style}) => style.display !== 'none',
  );
  const hasFiles = drawn.some(({dataset}) => dataset['panel'] === 'files');
  leave.toggleAttribute('data-crowded', hasFiles && drawn.length > 5);
  leave.toggleAttribute('data-crushed', hasFiles && drawn.length > 6);
}
