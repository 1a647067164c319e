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

export type PanelName = 'people' | 'chat';

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
  badge(): Badge | null;
  content(): TemplateResult;
  /** What has the focus when it opens, within its content; the heading by default. */
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
    if (before === this.#open) return;
    this.#shown = this.#open;
    const {host} = this.#context;
    const root = host.shadowRoot;
    const opened = this.#panels.find(({name}) => name === this.#open);
    if (opened) {
      root?.querySelector<HTMLElement>(`#panel ${opened.focus ?? 'h2'}`)?.focus();
    } else if (isFocusLost(host)) {
      // Whoever went elsewhere meanwhile is not called back.
      root?.querySelector<HTMLElement>(`[data-panel=${before}]`)?.focus();
    }
  }
}
