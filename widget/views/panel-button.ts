/** The button that opens a side panel. It is there before the panels are: their chunk comes when one opens. */
import {html, nothing, type TemplateResult} from 'lit';
import type {SidePanel} from '../side-panels.js';

export function panelButton(panel: SidePanel, isOpen: boolean, press: () => void): TemplateResult {
  const {name} = panel;
  const badge = panel.badge?.();
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
