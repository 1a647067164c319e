/** The buttons that open side panels. They are there before the panels are, whose chunk comes when one opens. */
import {html, nothing, type TemplateResult} from 'lit';
import type {SidePanel} from '../side-panels.js';

/** Those of all panels that have one, each at its place. */
export function panelButtons(
  panels: readonly (SidePanel | null | undefined)[],
  open: string | null,
  press: (panel: SidePanel) => void,
): unknown {
  return panels.map((panel) =>
    panel && !panel.hasNoButton
      ? panelButton(panel, panel.name === open, () => press(panel))
      : nothing,
  );
}

/** Its description is there even when it is empty: else the title would be read as one, after the same words as a name. */
function panelButton(panel: SidePanel, isOpen: boolean, press: () => void): TemplateResult {
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
    aria-describedby="${name}-badge"
    @click=${press}
  >
    ${panel.icon}<span class="visually-hidden" id="${name}-badge">${badge?.label}</span>
  </button>`;
}
