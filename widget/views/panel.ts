/** The frame of a side panel. Knows nothing of what is inside. */
import {html, type TemplateResult} from 'lit';
import type {SidePanel} from '../side-panels.js';
import type {Translate} from '../strings/catalogue.js';
import {closeIcon} from './call-icons.js';

/** @param tool Beside the button that closes it. */
export function panelView(
  panel: SidePanel,
  t: Translate,
  close: () => void,
  tool: unknown,
): TemplateResult {
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
    <header part="panel-head" class="panel-head">
      <h2 part="heading" id="panel-title" tabindex="-1">${panel.label()}</h2>
      ${tool}
      <button
        part="button button-close"
        class="button close"
        type="button"
        title=${t('close')}
        @click=${close}
      >
        ${closeIcon}<span class="visually-hidden">${t('close')}</span>
      </button>
    </header>
    ${panel.content?.() ?? html`<div class="panel-wait"><span part="spinner" class="spinner"></span></div>`}
  </aside>`;
}
