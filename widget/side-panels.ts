/**
 * Which panel is open beside the call, the buttons that open them, and where the focus goes when one
 * opens and closes. What a panel shows is its own business; one at a time is open.
 */
import {html, nothing, type TemplateResult} from 'lit';
import type {CallContext} from './call-surface.js';
import {isFocusLost} from './focus.js';
import {panelButton} from './views/panel-button.js';
import {panelView} from './views/panel.js';
import {panelStyles} from './views/panel.styles.js';

export type PanelName = 'people' | 'chat' | 'devices';

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
  icon(): TemplateResult;
  /** On its button, and in words for those who do not see it; `null`: nothing to tell. */
  readonly badge?: () => Badge | null;
  /** Absent while it is on its way. */
  readonly content?: () => unknown;
  /** What has the focus when it opens, as soon as it is there; the heading until then, and by default. */
  readonly focus?: string;
}

export class SidePanels {
  static readonly styles = [panelStyles];
  static readonly texts = {};

  readonly #context: CallContext;
  #panels: readonly SidePanel[] = [];
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

  /** Those that there are at the moment, in the order of their buttons. To be called before every rendering. */
  offer(panels: readonly (SidePanel | null | undefined)[]): void {
    this.#panels = panels.filter((panel) => panel !== null && panel !== undefined);
    if (!this.#panels.some(({name}) => name === this.#open)) this.#open = null;
    this.#hadFocus = Boolean(this.#context.host.shadowRoot?.activeElement?.closest('#panel'));
  }

  buttons(): unknown {
    return this.#panels.map((panel) => {
      const isOpen = panel.name === this.#open;
      return panelButton(panel, isOpen, () => {
        this.open = isOpen ? null : panel.name;
      });
    });
  }

  /** The buttons at rest, where there is no bar of controls. */
  bar(): TemplateResult {
    return html`<div class="panel-bar">${this.buttons()}</div>`;
  }

  render(): unknown {
    return this.#panels.map((panel) =>
      panel.name === this.#open
        ? panelView(panel, this.#context.page().translate, () => {
            this.open = null;
          })
        : nothing,
    );
  }

  updated(): void {
    const before = this.#shown;
    this.#shown = this.#open;
    const {host} = this.#context;
    const root = host.shadowRoot;
    const opened = this.#panels.find(({name}) => name === this.#open);
    if (!opened) {
      // Whoever went elsewhere meanwhile is not called back.
      if (before && isFocusLost(host)) {
        root?.querySelector<HTMLElement>(`[data-panel=${before}]`)?.focus();
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
}
