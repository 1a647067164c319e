/** The frame of a side panel, and the button that opens it. Knows nothing of what is inside. */
import {html, nothing, type TemplateResult} from 'lit';
import type {SidePanel} from '../side-panels.js';
import type {Translate} from '../strings/catalogue.js';
import {closeIcon} from './call-icons.js';

export function panelView(panel: SidePanel, t: Translate, close: () => void): TemplateResult {
  return html`<aside
    part="panel panel-${panel.name}"
    class="panel"
    id="panel"
    aria-labelledby="panel-title"
    @keydown=${(event: KeyboardEvent) => {
      // One that something inside has understood is not meant for the panel.
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      event.stopPropagation();
      close();
    }}
  >
    <header class="panel-head">
      <h2 part="heading" class="panel-title" id="panel-title" tabindex="-1">${panel.label()}</h2>
      <button
        part="button button-close"
        class="button close"
        type="button"
        aria-label=${t('close')}
        title=${t('close')}
        @click=${close}
      >
        ${closeIcon()}
      </button>
    </header>
    ${panel.content()}
  </aside>`;
}

export function panelButton(panel: SidePanel, isOpen: boolean, press: () => void): TemplateResult {
  const {name} = panel;
  const badge = panel.badge();
  return html`<button
    part="button button-${name}"
    class="button control"
    type="button"
    data-panel=${name}
    data-badge=${badge?.text ?? nothing}
    ?data-news=${badge?.isNews}
    aria-label=${panel.label()}
    title=${panel.label()}
    aria-expanded=${isOpen}
    aria-controls=${isOpen ? 'panel' : nothing}
    aria-describedby=${badge ? `${name}-badge` : nothing}
    @click=${press}
  >
    ${panel.icon()}
    ${
      badge ? html`<span class="visually-hidden" id="${name}-badge">${badge.label}</span>` : nothing
    }
  </button>`;
}
