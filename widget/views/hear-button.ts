/** The button for a browser that plays nothing aloud before somebody presses something. */
import {html, type TemplateResult} from 'lit';
import {icon} from '../icons.js';
import type {Translate} from '../strings/catalogue.js';

const soundIcon = icon(
  'M4 9.5v5h3.5L12.5 19V5L7.5 9.5zM16 9a4.2 4.2 0 0 1 0 6M18.7 6.3a8 8 0 0 1 0 11.4',
);

export function hearButton(t: Translate, unblock: () => void): TemplateResult {
  return html`<button
    part="button button-primary"
    class="button primary hear"
    type="button"
    @click=${unblock}
  >
    ${soundIcon} ${t('tapToHear')}
  </button>`;
}
